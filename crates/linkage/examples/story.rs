use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use tessera_linkage::reports::{Asking, Piece, ReportIndex, Seen, published};
type Rows = Vec<csv::StringRecord>;
fn read(folder: &str, name: &str) -> Result<Rows, Box<dyn Error>> {
    Ok(csv::Reader::from_path(Path::new(folder).join(name))?.records().collect::<Result<_, _>>()?)
}
fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("folder")?;
    let reports = read(&folder, "reports.csv")?;
    let mentions = read(&folder, "mentions.csv")?;
    let mut index = ReportIndex::new(published());
    let mut own: HashMap<&str, Vec<&csv::StringRecord>> = HashMap::new();
    for m in &mentions { own.entry(&m[1]).or_default().push(m); }
    for (key, row) in (0u128..).zip(&reports) {
        let seen: Vec<Seen> = own.get(&row[0]).map(|v| v.iter().map(|m| Seen { kind: &m[2], value: &m[3], attr1: &m[4], attr2: &m[5] }).collect()).unwrap_or_default();
        index.add(&Piece { key, date: &row[1], area: &row[2], mentions: &seen });
    }
    for (key, row) in (0u128..).zip(&reports) {
        println!("{}", &row[0]);
        for f in index.similar(key, &Asking { least: -4.0, most: 20, ..Asking::default() }) {
            print!("   {} {:.2}:", &reports[f.key as usize][0], f.odds);
            let start = f.rows.iter().find(|r| r.mentions.is_none()).map(|r| r.bits).unwrap_or(0.0);
            for s in &f.shared {
                let rows: f32 = f.rows.iter().filter(|r| r.mentions == Some(*s)).map(|r| r.bits).sum();
                let rest = f.odds - rows; let q = rows + rest.min(start.max(-6.625));
                print!(" [{} ~ {} w {:.1} q {:.2}]", &own[&row[0]][s.0 as usize][3], &own[&reports[f.key as usize][0]][s.1 as usize][3], rows, q);
            }
            println!();
        }
    }
    Ok(())
}
