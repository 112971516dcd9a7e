//! Setting up an empty partnership: a one-use link makes the first administrator.

use serde::Deserialize;
use tessera_core::{
    agency::AgencyKind,
    chance::Draw,
    emergency::Contacts,
    errors::{FieldErrors, required_text},
    ids::{AgencyId, UserId},
    user::Role,
};
use tessera_policy::{Actor, Refusal, Resource, decide, rules::admin::SetUp};
use tessera_store::{
    agency, setting,
    user::{self, NewUser, Purpose},
};

use crate::{
    App, AppError,
    person::admin::{LINK_HOLDS, ROLE_HOLDS},
    settings,
};

/// What is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawSetUp {
    /// The partnership's name.
    pub partnership: String,
    /// The front door's name.
    pub hub: String,
    /// The first administrator's name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
}

impl App {
    /// Whether nobody can sign in yet.
    pub async fn is_empty(&self) -> Result<bool, AppError> {
        Ok(user::count(&mut self.db.read().await?.conn()).await? == 0)
    }

    /// Makes the one-use link that sets up an empty partnership.
    pub async fn offer_set_up(&self) -> Result<[u8; 32], AppError> {
        let permit = decide::<SetUp>(&Actor::system("set up"), Resource::None, &())?;
        let token = self.db.chance().secret();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    let until = tx.now() + LINK_HOLDS;
                    user::invite(tx, &token, None, Purpose::SetUp, until)
                        .await
                        .map_err(AppError::from)
                })
            })
            .await?;
        Ok(token)
    }

    /// Whether a set-up link can be used.
    pub async fn can_set_up(&self, token: &[u8; 32]) -> Result<bool, AppError> {
        let found = user::find_invitation(&self.db, token, Purpose::SetUp).await?;
        Ok(found.is_some() && self.is_empty().await?)
    }

    /// Sets up: the partnership's name, its hub agency, its first administrator, whose own one-use
    /// link is returned.
    pub async fn set_up(&self, token: [u8; 32], raw: &RawSetUp) -> Result<[u8; 32], AppError> {
        if !self.can_set_up(&token).await? {
            return Err(Refusal::Absent.into());
        }
        let mut e = FieldErrors::default();
        let missing = "Enter the partnership's name";
        let partnership = required_text(&mut e, "partnership", &raw.partnership, 200, missing);
        let hub = required_text(&mut e, "hub", &raw.hub, 200, "Enter the front door's name");
        let name = required_text(&mut e, "name", &raw.name, 200, "Enter your name");
        let email = required_text(&mut e, "email", &raw.email, 200, "Enter your e-mail address");
        if !email.is_empty() && !email.contains('@') {
            e.add("email", "Check the e-mail address: it needs an @ sign");
        }
        let email = e.into_result(email)?.to_lowercase();
        let permit = decide::<SetUp>(&Actor::system("set up"), Resource::None, &())?;
        let now = self.db.now();
        let (agency_id, user_id): (AgencyId, UserId) =
            (self.db.chance().id(now), self.db.chance().id(now));
        let link = self.db.chance().secret();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    if !user::use_invitation(tx, &token).await? {
                        return Err(Refusal::Absent.into());
                    }
                    let contacts = Contacts { partnership, hub, ..Contacts::not_yet_set() };
                    for (key, value) in settings::rows(&contacts) {
                        setting::set(tx, key, value, &name).await?;
                    }
                    agency::insert(tx, agency_id, &contacts.hub, AgencyKind::Hub).await?;
                    let new = NewUser {
                        id: user_id,
                        agency: agency_id,
                        name: &name,
                        email: &email,
                        job_title: "Administrator",
                    };
                    user::insert(tx, &new).await?;
                    let until = tx.now();
                    user::grant(tx, user_id, Role::Administrator, "set up", until + ROLE_HOLDS)
                        .await?;
                    let until = until + LINK_HOLDS;
                    user::invite(tx, &link, Some(user_id), Purpose::Credentials, until).await?;
                    Ok::<_, AppError>(())
                })
            })
            .await?;
        Ok(link)
    }
}
