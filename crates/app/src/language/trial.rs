//! Trying a change to the lexicon on sentences before it is published.

use std::ops::Range;

use tessera_language::{Checker, Entry, Lexicon};
use tessera_store::language::lexicon;

use super::lexicon::merged;
use crate::{App, AppError};

/// So many sentences a change is tried on: the newest ones.
pub const MOST_SENTENCES: usize = 10_000;
/// So many flagged sentences are shown.
const MOST_SHOWN: usize = 40;

/// A sentence that a change would flag, or would no longer flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flagged {
    /// The sentence.
    pub sentence: String,
    /// The words in it, in bytes.
    pub words: Vec<Range<usize>>,
}

/// What a change does to the sentences it is tried on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trial {
    /// How many sentences it was tried on.
    pub sentences: usize,
    /// How many of them it flags; of a change that retires an entry, how many are flagged now.
    pub flagged: usize,
    /// How many of those the lexicon that holds now flags at the same entry.
    pub before: usize,
    /// The first of them.
    pub shown: Vec<Flagged>,
}

/// What is tried: an entry as it would be, or the id of one that would go.
pub(super) enum Tried {
    Entry(Box<Entry>),
    Retired(String),
}

impl App {
    /// Tries a change on the newest sentences. A list that cannot be used gives the reason.
    pub(super) async fn try_change(&self, tried: Tried) -> Result<Result<Trial, String>, AppError> {
        let mut read = self.db.read().await?;
        let sentences = lexicon::practice(&mut read.conn(), MOST_SENTENCES).await?;
        let mut changes = lexicon::published(&mut read.conn()).await?;
        drop(read);
        let now = self.checker().await?;
        // Thousands of sentences take a while: other requests go on meanwhile.
        let run = tokio::task::spawn_blocking(move || {
            let (id, then) = match &tried {
                Tried::Retired(id) => (id.clone(), None),
                Tried::Entry(entry) => {
                    let lexicon = with(&mut changes, entry)?;
                    let checker = Checker::new(&lexicon).map_err(|error| error.to_string())?;
                    (entry.id.clone(), Some(checker))
                }
            };
            Ok(tried_on(&sentences, &id, &now, then.as_ref().unwrap_or(&now)))
        });
        run.await.map_err(|error| AppError::Content(error.to_string()))
    }
}

/// The lexicon as it would be with one entry more.
fn with(
    changes: &mut Vec<tessera_store::language::lexicon::LexiconChange>,
    entry: &Entry,
) -> Result<Lexicon, String> {
    changes.retain(|change| change.entry != entry.id);
    let kept = merged(changes).map_err(|error| error.to_string())?;
    let whole = serde_json::json!({
        "meta": { "name": "", "version": "try", "language": "en-GB", "compiled": "" },
        "entries": [entry],
    });
    let one: Lexicon = serde_json::from_value(whole).map_err(|error| error.to_string())?;
    kept.with_local(one).map_err(|error| error.to_string())
}

fn tried_on(sentences: &[String], id: &str, now: &Checker, then: &Checker) -> Trial {
    let mut trial = Trial { sentences: sentences.len(), ..Trial::default() };
    for sentence in sentences {
        let found = then.check(sentence).findings;
        let words: Vec<Range<usize>> =
            found.into_iter().filter(|f| f.entry == id).map(|f| f.span.bytes).collect();
        if now.check(sentence).findings.iter().any(|finding| finding.entry == id) {
            trial.before += 1;
        }
        if words.is_empty() {
            continue;
        }
        trial.flagged += 1;
        if trial.shown.len() < MOST_SHOWN {
            trial.shown.push(Flagged { sentence: sentence.clone(), words });
        }
    }
    trial
}
