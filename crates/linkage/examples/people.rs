//! Links a file of people outside the program, for measuring: `people INPUT PAIRS CLUSTERS [N]`
//! with N threads.

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};

use tessera_linkage::people::{Settings, link, read_people, write_clusters, write_pairs};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let mut next = || args.next().ok_or("INPUT PAIRS CLUSTERS [THREADS]");
    let (input, pairs, clusters) = (next()?, next()?, next()?);
    let threads = next().map_or(Ok(1), |text| text.parse())?;
    let table = read_people(File::open(input)?)?;
    let linked = link(&table, &Settings { threads, ..Settings::default() }, |_| {});
    writeln!(std::io::stderr(), "compared {}", linked.compared)?;
    write_pairs(BufWriter::new(File::create(pairs)?), &table, &linked)?;
    write_clusters(BufWriter::new(File::create(clusters)?), &table, &linked)?;
    Ok(())
}
