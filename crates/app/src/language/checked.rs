//! Checking the words of a record as they are saved: the version of the lexicon is stored with the
//! record, and which listed terms it still holds, for the trend of a team. Nobody's name is.

use std::collections::BTreeMap;

use tessera_policy::Actor;
use tessera_store::{Tx, language::checked::Checked};
use uuid::Uuid;

use crate::{App, AppError};

impl App {
    /// Checks the words of a record about to be saved. Words of people without an account are not
    /// checked: whoever tells us something is not taught how to say it.
    pub(crate) async fn checked(
        &self,
        actor: &Actor,
        texts: &[&str],
    ) -> Result<Option<Checked>, AppError> {
        if actor.user().is_none() {
            return Ok(None);
        }
        let checker = self.checker().await?;
        let mut found: BTreeMap<String, i64> = BTreeMap::new();
        for text in texts {
            for finding in checker.check(text).findings {
                *found.entry(finding.entry).or_default() += 1;
            }
        }
        Ok(Some(Checked {
            agency: actor.agency,
            version: checker.version().to_owned(),
            found: found.into_iter().collect(),
        }))
    }
}

/// Stores the outcome, if there was a check, beside the record in the record's own transaction.
pub(crate) async fn store_checked(
    checked: Option<&Checked>,
    tx: &mut Tx,
    kind: &str,
    record: impl Into<Uuid>,
) -> Result<(), AppError> {
    match checked {
        Some(checked) => Ok(checked.store(tx, kind, record).await?),
        None => Ok(()),
    }
}
