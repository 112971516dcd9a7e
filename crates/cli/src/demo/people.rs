//! The agencies and people of the demo.

use std::collections::BTreeMap;

use serde::Deserialize;
use tessera_app::{
    App,
    person::{RawAgency, RawRoles, RawSetUp, RawUser},
};
use tessera_core::{
    emergency::Contacts,
    ids::{AgencyId, UserId},
    user::User,
};
use tessera_policy::{Actor, Who};

use crate::{demo::play::told, failure::Failure};

/// `content/demo/people.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct People {
    contacts: Contacts,
    administrator: RawUser,
    agencies: BTreeMap<String, RawAgency>,
    #[serde(rename = "people")]
    users: BTreeMap<String, RawUser>,
}

/// Who is who, by the keys that the stories use.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    agencies: BTreeMap<String, AgencyId>,
    actors: BTreeMap<String, Actor>,
}

impl Cast {
    /// A person.
    pub(crate) fn actor(&self, key: &str) -> Result<&Actor, Failure> {
        self.actors.get(key).ok_or_else(|| told(format!("there is no person {key}")))
    }

    /// A person's id, as forms send it.
    pub(crate) fn user(&self, key: &str) -> Result<String, Failure> {
        let user = self.actor(key)?.user();
        Ok(user.map(|id| id.to_string()).unwrap_or_default())
    }

    /// An agency.
    pub(crate) fn agency(&self, key: &str) -> Result<AgencyId, Failure> {
        self.agencies.get(key).copied().ok_or_else(|| told(format!("there is no agency {key}")))
    }
}

impl People {
    /// Sets the partnership up as an administrator does.
    pub(crate) async fn settle(&self, app: &App) -> Result<Cast, Failure> {
        let admin = self.set_up(app).await?;
        app.change_contacts(&admin, self.contacts.clone()).await?;
        let mut cast = Cast::default();
        for agency in app.agencies(&admin).await? {
            cast.agencies.insert("hub".into(), agency.id);
        }
        for (key, raw) in &self.agencies {
            cast.agencies.insert(key.clone(), app.add_agency(&admin, raw).await?);
        }
        for (key, raw) in &self.users {
            let agency = cast.agency(&raw.agency)?.to_string();
            let (id, _) = app.invite(&admin, &RawUser { agency, ..raw.clone() }).await?;
            activate(app, &admin, id, &raw.roles).await?;
            let user = app.user(&admin, id).await?;
            cast.actors.insert(key.clone(), actor(&user));
        }
        Ok(cast)
    }

    async fn set_up(&self, app: &App) -> Result<Actor, Failure> {
        let link = app.offer_set_up().await?;
        let raw = RawSetUp {
            partnership: self.contacts.partnership.clone(),
            hub: self.contacts.hub.clone(),
            name: self.administrator.name.clone(),
            email: self.administrator.email.clone(),
        };
        app.set_up(link, &raw).await?;
        let mut read = app.db.read().await?;
        let all = tessera_store::user::all(&mut read.conn(), app.db.now()).await?;
        drop(read);
        let user = all.into_iter().next().ok_or_else(|| told("nobody was set up"))?;
        let admin = actor(&user);
        activate(app, &admin, user.id, &self.administrator.roles).await?;
        Ok(admin)
    }
}

/// In a demo nobody chooses a password: an account is active because an administrator says so.
async fn activate(app: &App, admin: &Actor, id: UserId, roles: &[String]) -> Result<(), Failure> {
    let raw = RawRoles { roles: roles.to_vec(), standing: "active".into() };
    Ok(app.change_user(admin, id, &raw).await?)
}

fn actor(user: &User) -> Actor {
    Actor {
        who: Who::User(user.id),
        name: user.name.clone(),
        agency: Some(user.agency),
        roles: user.roles.iter().copied().collect(),
        request: None,
    }
}
