//! Times an index of reports outside the program: `report_lookup FOLDER HOW_MANY`: fills the index
//! with the reports of the folder, learns, then asks about that many of them as if they were new,
//! each with its ten best fits explained.

use std::collections::HashMap;
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use tessera_linkage::reports::{Asking, Piece, ReportIndex, ReportModel, Seen};

type Rows = Vec<csv::StringRecord>;

fn read(folder: &str, name: &str) -> Result<(HashMap<String, usize>, Rows), Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(Path::new(folder).join(name))?;
    let head = reader.headers()?.iter().map(str::to_owned).zip(0..).collect();
    Ok((head, reader.records().collect::<Result<_, _>>()?))
}

#[allow(clippy::disallowed_methods, reason = "a measurement is what a clock is for")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let folder = args.next().ok_or("FOLDER HOW_MANY")?;
    let many: usize = args.next().ok_or("FOLDER HOW_MANY")?.parse()?;
    let (heads, reports) = read(&folder, "reports.csv")?;
    let (columns, mentions) = read(&folder, "mentions.csv")?;
    let cell = |head: &HashMap<String, usize>, row: &csv::StringRecord, name: &str| {
        head.get(name).and_then(|place| row.get(*place)).unwrap_or_default().to_owned()
    };
    let mut of: HashMap<String, Vec<[String; 4]>> = HashMap::new();
    for row in &mentions {
        let cells = ["type", "value", "attr1", "attr2"].map(|name| cell(&columns, row, name));
        of.entry(cell(&columns, row, "report_id")).or_default().push(cells);
    }
    let mut index = ReportIndex::new(ReportModel::default());
    let mut pieces = Vec::with_capacity(reports.len());
    for row in &reports {
        let id = cell(&heads, row, "report_id");
        let own = of.remove(&id).unwrap_or_default();
        pieces.push((cell(&heads, row, "date"), cell(&heads, row, "area"), own));
    }
    let start = Instant::now();
    for (key, (date, area, own)) in (0u128..).zip(&pieces) {
        let mentions: Vec<Seen<'_>> = own.iter().map(mention).collect();
        index.add(&Piece { key, date, area, mentions: &mentions });
    }
    let filled = start.elapsed();
    index.learn();
    let mut took: Vec<Duration> = Vec::with_capacity(many);
    let (step, mut found) = ((pieces.len() / many.max(1)).max(1), 0);
    for (key, (date, area, own)) in (0u128..).zip(&pieces).step_by(step).take(many) {
        index.remove(key);
        let mentions: Vec<Seen<'_>> = own.iter().map(mention).collect();
        let start = Instant::now();
        index.add(&Piece { key, date, area, mentions: &mentions });
        found += index.similar(key, &Asking { least: -2.0, ..Asking::default() }).len();
        took.push(start.elapsed());
    }
    took.sort_unstable();
    let at = |share: usize| took.get(took.len().saturating_sub(1) * share / 1000);
    writeln!(
        std::io::stdout(),
        "{} reports taken in, {:?} each; {} asked about, {found} fits explained: p50 {:?} p99 {:?} p99.9 {:?}",
        pieces.len(),
        filled / u32::try_from(pieces.len().max(1))?,
        took.len(),
        at(500),
        at(990),
        at(999)
    )?;
    Ok(())
}

fn mention([kind, value, attr1, attr2]: &[String; 4]) -> Seen<'_> {
    Seen { kind, value, attr1, attr2 }
}
