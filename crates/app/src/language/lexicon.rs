//! The lexicon that holds now: the one that ships, with the partnership's published changes. It
//! changes without a restart.

use std::sync::Arc;

use serde_json::json;
use tessera_core::time::{SignedDuration, Timestamp};
use tessera_language::{Checker, Entry, Lexicon, LexiconError};
use tessera_store::language::lexicon::{self, LexiconChange};

use crate::{App, AppError};

/// A release made on one server is used by the others within this time.
const FRESH: SignedDuration = SignedDuration::from_secs(10);

/// The checker in use, and when it was last compared with the published releases.
#[derive(Clone)]
pub(crate) struct Live {
    at: Timestamp,
    release: i64,
    checker: Arc<Checker>,
}

impl App {
    /// The checker of the lexicon that holds now.
    pub async fn checker(&self) -> Result<Arc<Checker>, AppError> {
        let now = self.db.now();
        let kept = self.lexicon.lock().ok().and_then(|kept| kept.clone());
        if let Some(live) = &kept
            && live.at + FRESH > now
            && live.at <= now
        {
            return Ok(live.checker.clone());
        }
        let mut read = self.db.read().await?;
        let release = lexicon::release(&mut read.conn()).await?;
        let checker = match kept {
            Some(live) if live.release == release => live.checker,
            _ => {
                let changes = lexicon::published(&mut read.conn()).await?;
                Arc::new(made(&changes)?)
            }
        };
        drop(read);
        self.keep(Live { at: now, release, checker: checker.clone() });
        Ok(checker)
    }

    /// Forgets the checker in use, so that the next check reads the releases.
    pub(crate) fn forget_lexicon(&self) {
        if let Ok(mut kept) = self.lexicon.lock() {
            *kept = None;
        }
    }

    fn keep(&self, live: Live) {
        if let Ok(mut kept) = self.lexicon.lock() {
            *kept = Some(live);
        }
    }
}

/// The checker of the published changes. A list that no longer fits the lexicon that ships must not
/// keep anyone from saving: then the one that ships holds alone, and the log says so.
fn made(changes: &[LexiconChange]) -> Result<Checker, AppError> {
    let ready = merged(changes).and_then(|lexicon| Checker::new(&lexicon));
    let checker = ready.or_else(|error| {
        tracing::error!(%error, "the partnership's lexicon cannot be used");
        Checker::new(&Lexicon::builtin())
    });
    checker.map_err(|error| AppError::Content(error.to_string()))
}

/// The lexicon that ships with changes applied in their order. Its version names both.
pub(super) fn merged(changes: &[LexiconChange]) -> Result<Lexicon, LexiconError> {
    let Some(newest) = changes.last() else { return Ok(Lexicon::builtin()) };
    let mut local: Vec<Entry> = Vec::new();
    let mut retired: Vec<String> = Vec::new();
    for change in changes {
        local.retain(|entry| entry.id != change.entry);
        retired.retain(|id| *id != change.entry);
        match &change.body {
            Some(body) => local.push(entry(body)?),
            None => retired.push(change.entry.clone()),
        }
    }
    let release = newest.release.map_or_else(|| "try".to_owned(), |n| n.to_string());
    Lexicon::builtin().without(&retired).with_local(list(&local, &format!("local.{release}"))?)
}

/// An entry as stored.
pub(super) fn entry(body: &str) -> Result<Entry, LexiconError> {
    serde_json::from_str(body).map_err(|error| LexiconError::Read(error.to_string()))
}

/// Entries as a lexicon of their own.
fn list(entries: &[Entry], version: &str) -> Result<Lexicon, LexiconError> {
    let whole = json!({
        "meta": {
            "name": "the partnership's own entries",
            "version": version,
            "language": "en-GB",
            "compiled": "",
        },
        "entries": entries,
    });
    serde_json::from_value(whole).map_err(|error| LexiconError::Read(error.to_string()))
}
