//! `tessera link explain`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use tessera_linkage::people::{Explainer, Settings, link};

use super::failure::Failure;
use super::model::read_model;
use super::people::{table, threads};

/// Explains one pair of records by rows that add up.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// A file of people as `tessera link people` reads it
    input: PathBuf,
    /// The identifier of one record
    left: String,
    /// The identifier of the other
    right: String,
    /// A model to use; without one, a model is learnt from the records
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

impl Explain {
    pub(crate) fn run(&self, out: &mut impl Write) -> Result<(), Failure> {
        let model = self.model.as_deref().map(read_model).transpose()?;
        let table = table(&self.input)?;
        let find = |id: &String| table.find(id).ok_or_else(|| Failure::NoRecord(id.clone()));
        let (left, right) = (find(&self.left)?, find(&self.right)?);
        let settings = Settings { model, threads: threads(None), ..Settings::default() };
        let linked = link(&table, &settings, |_| {});
        let reckoning = Explainer::new(&table, &linked.model).explain_in(&linked, left, right);
        for reason in &reckoning.reasons {
            writeln!(out, "{:>10.3}  {:<20} {}", reason.bits, reason.about, reason.words)?;
        }
        let odds = f64::from(reckoning.odds);
        let probability = 1.0 / (1.0 + (-odds).exp2());
        writeln!(out, "{odds:>10.3}  {:<20} probability {probability:.7}", "together")?;
        Ok(())
    }
}
