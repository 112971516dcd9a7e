//! The screenings of a signed-in person: their own, those they check, those at the hub.

use tessera_core::user::Role;
use tessera_policy::{Actor, Refusal, rules::screening::ListScreenings};
use tessera_store::screening::record::{self, Screening};

use crate::{App, AppError};

/// The lists.
pub struct Lists {
    /// What they completed.
    pub own: Vec<Screening>,
    /// What their agency checks, waiting first; for a safeguarding lead.
    pub to_check: Vec<Screening>,
    /// What reached the hub, for the hub.
    pub at_hub: Vec<Screening>,
}

impl App {
    /// The screenings that belong to a signed-in person.
    pub async fn screenings(&self, actor: &Actor) -> Result<Lists, AppError> {
        self.ask::<ListScreenings>(actor, vec![]).await?;
        let user = actor.user().ok_or(Refusal::Refused)?;
        let now = self.db.now();
        let mut read = self.db.read().await?;
        let own = record::sent_by(&mut read.conn(), user).await?;
        let to_check = match actor.agency {
            Some(agency) if actor.is(Role::AgencyLead) => {
                record::of_agency(&mut read.conn(), agency, user, now).await?
            }
            _ => Vec::new(),
        };
        let at_hub = if actor.is_hub() {
            record::at_hub(&mut read.conn(), user, now).await?
        } else {
            Vec::new()
        };
        Ok(Lists { own, to_check, at_hub })
    }
}
