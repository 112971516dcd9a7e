//! A person's notices.

use tessera_policy::{Actor, Refusal, Resource, rules::session::ReadNotices};
use tessera_store::notice::{self, Notice};

use crate::{App, AppError};

impl App {
    /// The notices of a person, newest first; from then on they count as read.
    pub async fn read_notices(&self, actor: &Actor) -> Result<Vec<Notice>, AppError> {
        let permit = self.may::<ReadNotices>(actor, Resource::None).await?;
        let me = actor.user().ok_or(Refusal::Refused)?;
        let found = notice::of_user(&mut self.db.read().await?.conn(), me).await?;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move { notice::mark_read(tx, me).await.map_err(AppError::from) })
            })
            .await?;
        Ok(found)
    }

    /// How many notices wait, for the number beside the link.
    pub async fn unread_notices(&self, actor: &Actor) -> Result<i64, AppError> {
        let Some(me) = actor.user() else { return Ok(0) };
        Ok(notice::unread(&mut self.db.read().await?.conn(), me).await?)
    }
}
