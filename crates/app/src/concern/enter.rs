//! The hub types in what came by telephone, e-mail or on paper, with the same questions.

use tessera_core::{
    chance::Draw,
    concern::{Channel, RawConcern},
    errors::FieldErrors,
    ids::{ConcernId, DraftId},
};
use tessera_policy::{Actor, Resource, rules::concern::EnterConcern};

use crate::{
    App, AppError,
    concern::submit::{Receipt, SendKey, Sender, Submission},
};

impl App {
    /// Enters a concern for someone.
    pub async fn enter(
        &self,
        actor: &Actor,
        raw: &RawConcern,
        channel: Channel,
        draft: DraftId,
    ) -> Result<Receipt, AppError> {
        let id: ConcernId = self.db.chance().id(self.db.now());
        let permit = self.may::<EnterConcern>(actor, Resource::Concern(id)).await?;
        if !matches!(channel, Channel::Telephone | Channel::Email | Channel::Paper) {
            let message = "Say how it came: by telephone, e-mail or on paper";
            return Err(FieldErrors::one("channel", message).into());
        }
        let checked = raw.check(&self.codes)?;
        let sender = Sender { user: None, agency: None, entered_by: actor.user() };
        let submission = Submission { raw, channel, key: SendKey::Draft(draft) };
        self.receive(permit.authority(), id, checked, sender, &submission).await
    }
}
