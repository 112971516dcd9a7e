//! What somebody sent, and what was routed to them.

use tessera_core::user::Role;
use tessera_policy::{Actor, Refusal, rules::concern::ListOwnConcerns};
use tessera_store::concern::list::{self, Line};

use crate::{App, AppError};

/// The lists of a signed-in person.
pub struct Lists {
    /// What they sent.
    pub own: Vec<Line>,
    /// What colleagues sent, for a safeguarding lead.
    pub colleagues: Vec<Line>,
    /// What was routed to police, for the intelligence unit.
    pub routed: Vec<Line>,
}

impl App {
    /// The concerns that belong to a signed-in person.
    pub async fn own_concerns(&self, actor: &Actor) -> Result<Lists, AppError> {
        self.ask::<ListOwnConcerns>(actor, vec![]).await?;
        let user = actor.user().ok_or(Refusal::Refused)?;
        let mut read = self.db.read().await?;
        let own = list::sent_by(&mut read.conn(), user).await?;
        let mut colleagues = match actor.agency {
            Some(agency) if actor.is(Role::AgencyLead) => {
                list::sent_from(&mut read.conn(), agency, user).await?
            }
            _ => Vec::new(),
        };
        colleagues.retain(|line| !own.iter().any(|mine| mine.id == line.id));
        let routed = if actor.is(Role::PoliceIntelligence) {
            list::routed_to_police(&mut read.conn(), user, self.db.now()).await?
        } else {
            Vec::new()
        };
        Ok(Lists { own, colleagues, routed })
    }
}
