//! Stopping a clock: only by a named person's recorded decision. A clock never pauses because
//! somebody has not answered.

use serde::Deserialize;
use tessera_core::{errors::FieldErrors, reference::Reference};
use tessera_policy::{Actor, rules::concern::TriageConcern};
use tessera_store::concern::triage;

use super::reason;
use crate::{App, AppError, language::store_checked};

/// A wish to stop a clock.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawStop {
    /// The version of the page.
    pub version: i64,
    /// The rule.
    pub rule: String,
    /// Why.
    pub stop_reason: String,
}

impl App {
    /// Stops a running clock of a concern.
    pub async fn stop_clock(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawStop,
    ) -> Result<(), AppError> {
        let (permit, concern_id) = self.may_concern::<TriageConcern>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let why = reason(&mut e, "stop_reason", &raw.stop_reason);
        let why = e.into_result(why)?;
        let checked = self.checked(actor, &[&why]).await?;
        let (rule, by) = (raw.rule.clone(), actor.name.clone());
        self.change_concern(&permit, concern_id, raw.version, move |tx, id| {
            Box::pin(async move {
                tx.note("stopped", rule.clone());
                store_checked(checked.as_ref(), tx, "clock", id).await?;
                if triage::stop_clock(tx, id, &rule, &by, &why).await? {
                    return Ok(());
                }
                Err(FieldErrors::one("stop_reason", "This clock is not running").into())
            })
        })
        .await
    }
}
