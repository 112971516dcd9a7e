//! Times an index of people outside the program: `lookup INPUT HOW_MANY`: builds the index over
//! the file, then takes in that many of its records again as new ones, each ranked and its best
//! match explained.

use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::time::{Duration, Instant};

use tessera_linkage::people::{Effort, Index, TableBuilder, each_record, learn};

#[allow(clippy::disallowed_methods, reason = "a measurement is what a clock is for")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let input = args.next().ok_or("INPUT HOW_MANY")?;
    let many: usize = args.next().ok_or("INPUT HOW_MANY")?.parse()?;
    let (mut builder, mut again) = (TableBuilder::default(), TableBuilder::default());
    each_record(File::open(&input)?, |raw| {
        builder.push(raw);
        again.push(raw);
    })?;
    let model = learn(&again.finish(), Effort::default());
    let mut index = Index::new(builder, model);
    let mut took: Vec<Duration> = Vec::with_capacity(many);
    let (mut place, mut found) = (0, 0);
    let step = (index.table().len() / many.max(1)).max(1);
    each_record(File::open(&input)?, |raw| {
        place += 1;
        if place % step != 0 || took.len() >= many {
            return;
        }
        let start = Instant::now();
        let record = index.insert(raw);
        let ranked = index.ranked(record, 0.0, 20);
        for pair in &ranked {
            found += usize::from(!index.explain(pair.left, pair.right).reasons.is_empty());
        }
        took.push(start.elapsed());
        index.remove(record);
    })?;
    took.sort_unstable();
    let at = |share: usize| took.get(took.len().saturating_sub(1) * share / 1000);
    writeln!(
        std::io::stdout(),
        "{} look-ups, {found} explained: p50 {:?} p99 {:?} p99.9 {:?}",
        took.len(),
        at(500),
        at(990),
        at(999)
    )?;
    Ok(())
}
