//! `tessera link train` and `tessera link specification`, and reading a model.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use tessera_linkage::people::{Effort, Model, ModelDocument, from_splink, learn, specification};

use tessera_linkage::reports::ReportModel;

use super::failure::{Failure, open};
use super::people::table;

/// Learns a model from a file of people, without any decided pair, and prints it as JSON.
#[derive(Debug, Args)]
pub(crate) struct Train {
    /// A file of people as `tessera link people` reads it
    input: PathBuf,
    /// Rounds of learning
    #[arg(long, default_value_t = Effort::default().rounds)]
    rounds: u32,
    /// A model that Splink saved: what it learnt takes the place of what is learnt here, where the
    /// comparisons are the same
    #[arg(long, value_name = "FILE")]
    splink: Option<PathBuf>,
}

impl Train {
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<(), Failure> {
        let table = table(&self.input)?;
        let mut model = learn(&table, Effort { rounds: self.rounds, ..Effort::default() });
        if let Some(path) = &self.splink {
            let text = std::io::read_to_string(open(path)?)?;
            let why = |why| Failure::Splink { path: path.clone(), why };
            let (carried, left_out) = from_splink(&text, &model).map_err(why)?;
            model = carried;
            if !left_out.is_empty() {
                let names = left_out.join(", ");
                writeln!(std::io::stderr(), "not compared here, learnt anew: {names}")?;
            }
        }
        serde_json::to_writer_pretty(&mut *out, &model.to_document())?;
        writeln!(out)?;
        Ok(())
    }
}

/// Prints how people are linked: normalisers, keys, levels, classes, and a model's shares.
#[derive(Debug, Args)]
pub(crate) struct Specification {
    /// A model to print with it
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

impl Specification {
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<(), Failure> {
        let model = self.model.as_deref().map(read_model).transpose()?;
        serde_json::to_writer_pretty(&mut *out, &specification(model.as_ref()))?;
        writeln!(out)?;
        Ok(())
    }
}

/// Reads and checks a model.
pub(crate) fn read_model(path: &Path) -> Result<Model, Failure> {
    let file = std::io::BufReader::new(open(path)?);
    let document: ModelDocument = serde_json::from_reader(file)
        .map_err(|why| Failure::Document { path: path.to_owned(), why })?;
    Model::from_document(&document).map_err(|why| Failure::Model { path: path.to_owned(), why })
}

/// Reads and checks a model of reports.
pub(crate) fn read_report_model(path: &Path) -> Result<ReportModel, Failure> {
    let file = std::io::BufReader::new(open(path)?);
    let model: ReportModel = serde_json::from_reader(file)
        .map_err(|why| Failure::Document { path: path.to_owned(), why })?;
    model.check().map_err(|why| Failure::ReportModel { path: path.to_owned(), why })?;
    Ok(model)
}
