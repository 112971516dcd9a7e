//! Links a folder of reports outside the program, for measuring:
//! `reports FOLDER MENTIONS LINKS NETWORKS [THREADS [MODEL [FLOOR]]]`.

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use tessera_linkage::reports::{
    Settings, link, read_reports, write_links, write_mentions, write_networks,
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let mut next = || args.next().ok_or("FOLDER MENTIONS LINKS NETWORKS [THREADS]");
    let (folder, mentions, links, networks) = (next()?, next()?, next()?, next()?);
    let threads = next().map_or(Ok(1), |text| text.parse())?;
    let next_model = next().ok();
    let threshold = next().map_or(Ok(0.5), |text| text.parse())?;
    let open = |name: &str| File::open(Path::new(&folder).join(name));
    let reports = read_reports(open("reports.csv")?, open("mentions.csv")?)?;
    let found = link(&reports, &Settings { threads, threshold, ..Settings::default() });
    writeln!(std::io::stderr(), "compared {}, links {}", found.compared, found.links.len())?;
    if let Some(path) = next_model {
        std::fs::write(path, serde_json::to_string(&found.model)?)?;
    }
    write_mentions(BufWriter::new(File::create(mentions)?), &reports, &found)?;
    write_links(BufWriter::new(File::create(links)?), &reports, &found)?;
    write_networks(BufWriter::new(File::create(networks)?), &reports, &found)?;
    Ok(())
}
