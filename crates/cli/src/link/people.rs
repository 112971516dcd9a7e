//! `tessera link people`.

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::Args;
use tessera_linkage::people::{
    Settings, Table, doubts, link, read_people, write_clusters, write_doubts, write_pairs,
};

use super::decisions;
use super::failure::{Failure, create, open};
use super::model::read_model;
use super::progress::Progress;

/// Links a file of people.
#[derive(Debug, Args)]
pub(crate) struct People {
    /// Comma-separated text, or a Parquet file (.parquet), with the columns `record_id`, `given_name`, `surname`, aliases, dob,
    /// sex, postcode, address, phone, `nhs_number`, `recorded_on`; all but the first may be missing
    input: PathBuf,
    /// Where to write the pairs found, as l,r,score; as Parquet if the name ends in .parquet
    #[arg(long, value_name = "FILE")]
    out_pairs: PathBuf,
    /// Where to write the cluster of every record, as `record_id,cluster_id`; likewise
    #[arg(long, value_name = "FILE")]
    out_clusters: PathBuf,
    /// A model to use; without one, a model is learnt from the records
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Records are one person at this probability or better
    #[arg(long, value_name = "P", default_value_t = 0.5, value_parser = probability)]
    threshold: f64,
    /// Write pairs that were not linked too, down to this probability
    #[arg(long, value_name = "P", value_parser = probability)]
    floor: Option<f64>,
    /// What people have decided, as left,right,verdict in the order decided: same, `not_same`,
    /// `not_sure`, or undo; obeyed whatever the records say
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// Where to write the clusters whose records contradict each other, as `cluster_id,doubt,l,r`
    #[arg(long, value_name = "FILE")]
    out_doubts: Option<PathBuf>,
    /// How many threads share the work; as many as there are cores, unless said
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

impl People {
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<(), Failure> {
        let model = self.model.as_deref().map(read_model).transpose()?;
        let progress = Progress::start();
        let table = table(&self.input)?;
        let (pairs, clusters) = (create(&self.out_pairs)?, create(&self.out_clusters)?);
        let ids = (0..u32::try_from(table.len()).unwrap_or(u32::MAX)).map(|place| table.id(place));
        let settings = Settings {
            decisions: decisions::read(self.decisions.as_deref(), ids, out)?,
            model,
            threshold: self.threshold,
            floor: self.floor,
            threads: threads(self.threads),
            ..Settings::default()
        };
        let linked = link(&table, &settings, |step| progress.at(step));
        #[cfg(feature = "parquet")]
        let (pairs, clusters) = (
            super::parquet::pairs(&self.out_pairs, pairs, &table, &linked)?,
            super::parquet::clusters(&self.out_clusters, clusters, &table, &linked)?,
        );
        #[cfg(not(feature = "parquet"))]
        let (pairs, clusters) = (Some(pairs), Some(clusters));
        if let Some(pairs) = pairs {
            write_pairs(pairs, &table, &linked)?;
        }
        if let Some(clusters) = clusters {
            write_clusters(clusters, &table, &linked)?;
        }
        if let Some(path) = &self.out_doubts {
            write_doubts(create(path)?, &table, &doubts(&table, &linked))?;
        }
        progress.end();
        let people = (0u32..).zip(&linked.clusters).filter(|(place, of)| place == *of).count();
        writeln!(
            out,
            "{} records, {} pairs compared, {} pairs written, {people} people",
            table.len(),
            linked.compared,
            linked.pairs.len()
        )?;
        Ok(())
    }
}

/// The records of a file: Parquet if its name ends so, comma-separated text otherwise.
pub(crate) fn table(path: &Path) -> Result<Table, Failure> {
    #[cfg(feature = "parquet")]
    if super::parquet::is_parquet(path) {
        return super::parquet::people(path);
    }
    read_people(open(path)?).map_err(|why| Failure::Read { path: path.to_owned(), why })
}

/// As many threads as asked for, or as there are cores.
pub(crate) fn threads(asked: Option<NonZeroUsize>) -> usize {
    let cores = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    asked.map_or_else(cores, NonZeroUsize::get)
}

/// A number above 0 and below 1.
pub(crate) fn probability(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    let inside = number > 0.0 && number < 1.0;
    if inside { Ok(number) } else { Err("must be above 0 and below 1".to_owned()) }
}
