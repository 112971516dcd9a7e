//! The lawful basis for sharing, and apart from it whether support was agreed to.

use serde::Deserialize;
use tessera_core::{errors::FieldErrors, reference::Reference};
use tessera_policy::{Actor, rules::concern::TriageConcern};
use tessera_store::concern::triage;

use super::{reason, required_code};
use crate::{App, AppError, language::store_checked};

/// Basis and agreement as chosen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawSharing {
    /// The version of the page.
    pub version: i64,
    /// Code of list `sharing_basis`.
    pub basis: String,
    /// Code of list `agreement`.
    pub agreement: String,
    /// Why.
    pub sharing_reason: String,
}

impl App {
    /// Records how sharing is justified.
    pub async fn record_sharing(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawSharing,
    ) -> Result<(), AppError> {
        let (permit, concern_id) = self.may_concern::<TriageConcern>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let missing = "Choose the lawful basis for sharing";
        required_code(&mut e, &self.codes, "sharing_basis", "basis", &raw.basis, missing);
        let missing = "Say whether the family agreed to support";
        required_code(&mut e, &self.codes, "agreement", "agreement", &raw.agreement, missing);
        let why = reason(&mut e, "sharing_reason", &raw.sharing_reason);
        let why = e.into_result(why)?;
        let checked = self.checked(actor, &[&why]).await?;
        let (basis, agreement, by) = (raw.basis.clone(), raw.agreement.clone(), actor.name.clone());
        self.change_concern(&permit, concern_id, raw.version, move |tx, id| {
            Box::pin(async move {
                tx.note("basis", basis.clone());
                triage::add_sharing(tx, id, &basis, &agreement, &why, &by).await?;
                store_checked(checked.as_ref(), tx, "sharing", id).await
            })
        })
        .await
    }
}
