//! One-use links, for a volunteer without an account.

use serde::Deserialize;
use tessera_core::{
    chance::Draw,
    errors::{FieldErrors, required_text},
    ids::LinkId,
    time::{SignedDuration, Timestamp},
};
use tessera_policy::{Actor, Refusal, Resource, rules::screening::OfferScreening};
use tessera_store::screening::link::{self, Made, NewLink};

use crate::{App, AppError};

/// For how many days a link may be used.
const DAYS: [i64; 3] = [1, 3, 7];

/// A link to make, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawLinkTo {
    /// For whom: it becomes the first answer of the screening.
    pub made_for: String,
    /// For how many days.
    pub days: String,
}

/// What the holder of a link is told first.
pub struct Landing {
    /// For whom it was made.
    pub made_for: String,
    /// Who made it.
    pub made_by: String,
    /// The agency that checks what comes.
    pub agency: String,
    /// Until when it can be used.
    pub expires_at: Timestamp,
    /// A screening was begun by it.
    pub begun: bool,
}

impl App {
    /// Makes a link; its token is shown once and kept as a hash.
    pub async fn offer_screening(
        &self,
        actor: &Actor,
        raw: &RawLinkTo,
    ) -> Result<([u8; 32], Timestamp), AppError> {
        let id: LinkId = self.db.chance().id(self.db.now());
        let permit = self.may::<OfferScreening>(actor, Resource::ScreeningLink(id)).await?;
        let mut e = FieldErrors::default();
        let who = required_text(&mut e, "made_for", &raw.made_for, 200, "Say who it is for");
        let days = raw.days.parse().ok().filter(|days| DAYS.contains(days));
        if days.is_none() {
            e.add("days", "Choose how long it can be used");
        }
        let who = e.into_result(who)?;
        let until = self.db.now() + SignedDuration::from_hours(24 * days.unwrap_or(1));
        let token = self.db.chance().secret();
        let (agency, user) =
            (actor.agency.ok_or(Refusal::Refused)?, actor.user().ok_or(Refusal::Refused)?);
        let by_name = actor.name.clone();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    let new = NewLink {
                        id,
                        token: &token,
                        made_for: &who,
                        agency,
                        by: user,
                        by_name: &by_name,
                        until,
                    };
                    link::insert(tx, &new).await.map_err(AppError::from)
                })
            })
            .await?;
        Ok((token, until))
    }

    /// The links somebody made.
    pub async fn own_links(&self, actor: &Actor) -> Result<Vec<Made>, AppError> {
        self.may::<OfferScreening>(actor, Resource::None).await?;
        let user = actor.user().ok_or(Refusal::Refused)?;
        Ok(link::of_maker(&mut self.db.read().await?.conn(), user).await?)
    }

    /// Ends a link that was not used.
    pub async fn end_link(&self, actor: &Actor, id: LinkId) -> Result<(), AppError> {
        let permit = self.may::<OfferScreening>(actor, Resource::ScreeningLink(id)).await?;
        let user = actor.user().ok_or(Refusal::Refused)?;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("ended", "yes");
                    if link::end(tx, id, user).await? {
                        Ok(())
                    } else {
                        Err(Refusal::Absent.into())
                    }
                })
            })
            .await
    }

    /// What a link is for; `None` when it cannot be used (any more).
    pub async fn landing(&self, token: &[u8; 32]) -> Result<Option<Landing>, AppError> {
        Ok(link::find(&self.db, token).await?.map(|found| Landing {
            made_for: found.made_for,
            made_by: found.made_by,
            agency: found.agency_name,
            expires_at: found.expires_at,
            begun: found.code.is_some(),
        }))
    }
}
