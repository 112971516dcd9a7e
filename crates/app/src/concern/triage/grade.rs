//! Setting the urgency.

use serde::Deserialize;
use tessera_core::{errors::FieldErrors, reference::Reference};
use tessera_policy::{Actor, rules::concern::TriageConcern};
use tessera_store::concern::triage;

use super::{reason, required_code};
use crate::{App, AppError, language::store_checked};

/// Urgency as chosen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawUrgency {
    /// The version of the page.
    pub version: i64,
    /// Code of list `urgency`.
    pub urgency: String,
    /// Why.
    pub urgency_reason: String,
}

impl App {
    /// Sets the urgency, with a reason. It may go up or down as information arrives.
    pub async fn set_urgency(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawUrgency,
    ) -> Result<(), AppError> {
        let (permit, concern_id) = self.may_concern::<TriageConcern>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let (list, field) = ("urgency", "urgency");
        required_code(&mut e, &self.codes, list, field, &raw.urgency, "Choose how urgent it is");
        let why = reason(&mut e, "urgency_reason", &raw.urgency_reason);
        let why = e.into_result(why)?;
        let checked = self.checked(actor, &[&why]).await?;
        let (urgency, by) = (raw.urgency.clone(), actor.name.clone());
        self.change_concern(&permit, concern_id, raw.version, move |tx, id| {
            Box::pin(async move {
                tx.note("urgency", urgency.clone());
                triage::set_urgency(tx, id, &urgency, &why, &by).await?;
                store_checked(checked.as_ref(), tx, "urgency", id).await
            })
        })
        .await
    }
}
