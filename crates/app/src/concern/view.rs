//! Opening a concern: its words, its earlier neighbours, and who sent it.

use tessera_core::{concern::Reporter, reference::Reference};
use tessera_policy::{
    Actor, Refusal,
    rules::concern::{ViewConcern, ViewSource},
};
use tessera_store::concern::{
    insert,
    read::{self, Whole},
    search::{self, Earlier},
};

use crate::{App, AppError};

/// A concern as an officer sees it.
pub struct Seen {
    /// The concern with all that belongs to it.
    pub whole: Whole,
    /// Earlier concerns that may belong beside it. The hub sees them; a reader with one concern
    /// only does not learn of others.
    pub earlier: Vec<Earlier>,
    /// Whether this person may work on it.
    pub may_work: bool,
    /// Which version of which help stood beside the questions.
    pub help: Vec<crate::guidance::HelpShown>,
}

impl App {
    /// Opens a concern.
    pub async fn view_concern(
        &self,
        actor: &Actor,
        reference: &Reference,
    ) -> Result<Seen, AppError> {
        let (_, id) = self.open_concern::<ViewConcern>(actor, reference).await?;
        let mut read = self.db.read().await?;
        let whole = read::whole(&mut read.conn(), id).await?;
        let reader = actor.user().ok_or(Refusal::Absent)?;
        let may_work = actor.is_hub();
        let earlier = if may_work {
            search::earlier(&mut read.conn(), id, reader, self.db.now()).await?
        } else {
            Vec::new()
        };
        drop(read);
        let help = self.help_shown(id).await?;
        Ok(Seen { whole, earlier, may_work, help })
    }

    /// Who sent a concern: written down each time, apart from opening it.
    pub async fn view_source(
        &self,
        actor: &Actor,
        reference: &Reference,
    ) -> Result<Option<Reporter>, AppError> {
        let (_, id) = self.open_concern::<ViewSource>(actor, reference).await?;
        Ok(insert::source(&self.db, id).await?)
    }
}
