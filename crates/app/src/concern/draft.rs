//! Keeping a draft on the server from the first words.

use tessera_core::{
    chance::Draw, concern::RawConcern, ids::DraftId, reference::Code, time::Timestamp,
};
use tessera_policy::{Actor, Resource, rules::concern::SaveDraft};
use tessera_store::draft;

use crate::{App, AppError};

/// A draft that its holder opened.
pub struct OpenDraft {
    /// Its id.
    pub id: DraftId,
    /// What was typed so far.
    pub raw: RawConcern,
    /// When it is deleted if it is not sent.
    pub expires_at: Timestamp,
    /// Whether it was sent.
    pub sent: bool,
}

impl App {
    /// Keeps a new draft; its code opens it again.
    pub async fn start_draft(&self, actor: &Actor, raw: &RawConcern) -> Result<Code, AppError> {
        let id: DraftId = self.db.chance().id(self.db.now());
        let permit = self.may::<SaveDraft>(actor, Resource::Draft(id)).await?;
        let code = Code::draw(self.db.chance());
        let (body, user, kept) = (as_json(raw)?, actor.user(), code.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move { draft::insert(tx, id, &kept, user, &body).await })
            })
            .await?;
        Ok(code)
    }

    /// The draft of a code, or `None` when there is none (or no longer).
    pub async fn open_draft(&self, code: &Code) -> Result<Option<OpenDraft>, AppError> {
        let Some(found) = draft::find(&self.db, code).await? else { return Ok(None) };
        let raw = serde_json::from_slice(&found.body).unwrap_or_default();
        let sent = found.sent_as.is_some();
        Ok(Some(OpenDraft { id: found.id, raw, expires_at: found.expires_at, sent }))
    }

    /// Keeps what was changed.
    pub async fn save_draft(
        &self,
        actor: &Actor,
        id: DraftId,
        raw: &RawConcern,
    ) -> Result<(), AppError> {
        let permit = self.may::<SaveDraft>(actor, Resource::Draft(id)).await?;
        let body = as_json(raw)?;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move { draft::update(tx, id, &body).await.map_err(AppError::from) })
            })
            .await
    }

    /// Deletes a draft at its writer's wish.
    pub async fn delete_draft(&self, actor: &Actor, id: DraftId) -> Result<(), AppError> {
        let permit = self.may::<SaveDraft>(actor, Resource::Draft(id)).await?;
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

fn as_json(raw: &RawConcern) -> Result<Vec<u8>, AppError> {
    serde_json::to_vec(raw).map_err(|error| AppError::Content(error.to_string()))
}
