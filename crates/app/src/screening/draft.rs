//! Keeping a screening on the server, sealed, on every page.

use std::sync::Arc;

use tessera_core::{
    ids::DraftId,
    reference::{Code, Reference},
    time::{Date, Timestamp, day_in_london},
};
use tessera_policy::{
    Act, Actor, Permit, Resource, decide,
    rules::screening::{DraftFacts, SaveScreening},
};
use tessera_screening::{Instrument, Sheet};
use tessera_store::{
    audit::{Attempt, Outcome},
    screening::draft::{self, Belongs},
};

use crate::{App, AppError, screening::RawScreening};

/// A draft that its holder opened.
pub struct OpenScreening {
    /// Its id.
    pub id: DraftId,
    /// Where it belongs.
    pub belongs: Belongs,
    /// What was answered so far.
    pub raw: RawScreening,
    /// The instrument.
    pub instrument: Arc<Instrument>,
    /// When it was last kept.
    pub changed_at: Timestamp,
    /// When it is deleted if it is not sent.
    pub expires_at: Timestamp,
    /// The screening it became.
    pub sent_as: Option<Reference>,
    /// Today, in London.
    pub today: Date,
}

/// When something was kept.
#[derive(Debug, Clone, Copy)]
pub struct Saved(pub Timestamp);

impl OpenScreening {
    /// The answers laid out for the engine, as of today.
    pub fn sheet(&self) -> Result<Sheet, AppError> {
        Sheet::new(&self.instrument, &self.raw.screening(self.today))
            .map_err(|fault| AppError::Content(fault.to_string()))
    }
}

impl App {
    /// A permit for a draft: whoever has its code or a link that can be used, or works with
    /// children. A refusal is written down.
    pub(super) async fn may_draft<A: Act<Facts = DraftFacts>>(
        &self,
        actor: &Actor,
        resource: Resource,
        opened: bool,
    ) -> Result<Permit<A>, AppError> {
        let decided = decide::<A>(actor, resource, &DraftFacts { opened });
        if decided.is_err() {
            let refused = Attempt {
                actor: actor.clone(),
                action: A::ACTION,
                resource,
                outcome: Outcome::Refused,
                detail: vec![],
            };
            self.db.record(refused).await?;
        }
        Ok(decided?)
    }

    /// The draft of a code, or `None` when there is none (or no longer).
    pub async fn open_screening(&self, code: &Code) -> Result<Option<OpenScreening>, AppError> {
        let Some(found) = draft::find(&self.db, code).await? else { return Ok(None) };
        let instrument = self.instrument(found.belongs.instrument).await?;
        Ok(Some(OpenScreening {
            id: found.id,
            belongs: found.belongs,
            raw: serde_json::from_slice(&found.body).unwrap_or_default(),
            instrument,
            changed_at: found.changed_at,
            expires_at: found.expires_at,
            sent_as: found.sent_as,
            today: day_in_london(self.db.now()),
        }))
    }

    /// Keeps what was answered. It is on the disk before this returns.
    pub async fn save_screening(
        &self,
        actor: &Actor,
        open: &OpenScreening,
        raw: &RawScreening,
    ) -> Result<Saved, AppError> {
        let permit = self.may_draft::<SaveScreening>(actor, Resource::Draft(open.id), true).await?;
        let (id, body) = (open.id, as_json(raw)?);
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    draft::update(tx, id, &body).await?;
                    Ok(Saved(tx.now()))
                })
            })
            .await
    }

    /// Deletes a draft at its writer's wish.
    pub async fn delete_screening(
        &self,
        actor: &Actor,
        open: &OpenScreening,
    ) -> Result<(), AppError> {
        let permit = self.may_draft::<SaveScreening>(actor, Resource::Draft(open.id), true).await?;
        let id = open.id;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("deleted", "yes");
                    draft::delete(tx, id).await.map_err(AppError::from)
                })
            })
            .await
    }
}

pub(super) fn as_json(raw: &RawScreening) -> Result<Vec<u8>, AppError> {
    serde_json::to_vec(raw).map_err(|error| AppError::Content(error.to_string()))
}
