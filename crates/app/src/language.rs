//! The words of records: the lexicon that holds now, advice on a text, rewriting it, the
//! partnership's own entries, and what is counted of them.

mod checked;
mod edit;
mod lexicon;
mod rewrite;
mod term;
mod trend;
mod trial;

use std::sync::Arc;

pub(crate) use checked::store_checked;
pub use edit::{Change, Proposal, RawPractice, RawVerdict};
pub(crate) use lexicon::Live;
pub use rewrite::{Chosen, Swap, instead, rewrite};
pub use term::{RawTerm, Term};
pub use tessera_language::{Checker, Finding, Severity};
pub use trend::{FEWEST_PEOPLE, FEWEST_TEXTS, Month, Shown, TeamLine, Trend};
pub use trial::{Flagged, MOST_SENTENCES, Trial};

use crate::{App, AppError};

/// The longest text that is checked at once, in characters.
pub const LONGEST: usize = 50_000;

impl App {
    /// What the lexicon that holds now finds in a text. Nothing of the text is kept or logged.
    pub async fn findings(&self, text: &str) -> Result<Vec<Finding>, AppError> {
        Ok(self.checker().await?.check(text).findings)
    }

    /// Rewrites a text at one place by the person's choice; the text as it was when what they chose
    /// is no longer there.
    pub async fn rewritten(&self, text: &str, chosen: &Chosen) -> Result<String, AppError> {
        let checker: Arc<Checker> = self.checker().await?;
        Ok(rewrite(&checker, text, chosen).unwrap_or_else(|| text.to_owned()))
    }

    /// The terms of the lexicon that holds now, and its version.
    pub async fn terms(&self) -> Result<(Vec<Term>, String), AppError> {
        let checker = self.checker().await?;
        let terms = checker.entries().iter().map(Term::from).collect();
        Ok((terms, checker.version().to_owned()))
    }
}
