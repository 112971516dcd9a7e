//! Setting up agencies and people: an administrator does all of it in the browser and reads no case
//! content.

use serde::Deserialize;
use tessera_core::{
    agency::{Agency, AgencyKind},
    chance::Draw,
    errors::{FieldErrors, required_text},
    ids::{AgencyId, UserId},
    time::{SignedDuration, Timestamp},
    user::{Role, Standing, User},
};
use tessera_policy::{
    Actor, Refusal, Resource,
    rules::admin::{ManageAgencies, ManageUsers},
};
use tessera_store::{
    StoreError, agency, session,
    user::{self, NewUser, Purpose},
};

use crate::{App, AppError};

/// A role holds this long unless it is given again.
pub(super) const ROLE_HOLDS: SignedDuration = SignedDuration::from_hours(24 * 365);
/// A one-use link holds this long.
pub(super) const LINK_HOLDS: SignedDuration = SignedDuration::from_hours(24 * 7);

/// An agency, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawAgency {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
}

/// A person, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawUser {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// What they do.
    pub job_title: String,
    /// Their agency.
    pub agency: String,
    /// Their roles.
    pub roles: Vec<String>,
}

/// A change of roles or standing, as sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawRoles {
    /// The roles to hold from now on.
    pub roles: Vec<String>,
    /// `active`, `suspended` or `left`.
    pub standing: String,
}

impl App {
    /// Every agency.
    pub async fn agencies(&self, actor: &Actor) -> Result<Vec<Agency>, AppError> {
        self.ask::<ManageAgencies>(actor, vec![]).await?;
        Ok(agency::all(&mut self.db.read().await?.conn()).await?)
    }

    /// Names of agencies, to choose from; not a secret among those who sign in.
    pub async fn agency_names(&self) -> Result<Vec<Agency>, AppError> {
        let mut all = agency::all(&mut self.db.read().await?.conn()).await?;
        all.retain(|agency| agency.suspended_at.is_none());
        Ok(all)
    }

    /// Names of active people with a role that works with children, to choose from in the hub.
    pub async fn colleague_names(&self) -> Result<Vec<User>, AppError> {
        let mut all = user::all(&mut self.db.read().await?.conn(), self.db.now()).await?;
        all.retain(|user| user.standing == Standing::Active);
        Ok(all)
    }

    /// Adds an agency.
    pub async fn add_agency(&self, actor: &Actor, raw: &RawAgency) -> Result<AgencyId, AppError> {
        let id: AgencyId = self.db.chance().id(self.db.now());
        let permit = self.may::<ManageAgencies>(actor, Resource::Agency(id)).await?;
        let mut e = FieldErrors::default();
        let name = required_text(&mut e, "name", &raw.name, 200, "Enter the agency's name");
        let kind = AgencyKind::from_id(&raw.kind);
        if kind.is_none() {
            e.add("kind", "Choose what sort of agency it is");
        }
        let name = e.into_result(name)?;
        let kind = kind.unwrap_or(AgencyKind::Voluntary);
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    match agency::insert(tx, id, &name, kind).await {
                        Err(StoreError::AlreadyThere) => {
                            let message = "There is an agency with this name";
                            Err(FieldErrors::one("name", message).into())
                        }
                        other => other.map_err(AppError::from),
                    }
                })
            })
            .await?;
        Ok(id)
    }

    /// Stops or restores the access of everyone in an agency, from the next request on.
    pub async fn suspend_agency(
        &self,
        actor: &Actor,
        id: AgencyId,
        suspended: bool,
    ) -> Result<(), AppError> {
        let permit = self.may::<ManageAgencies>(actor, Resource::Agency(id)).await?;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("suspended", if suspended { "yes" } else { "no" });
                    agency::set_suspended(tx, id, suspended).await.map_err(AppError::from)
                })
            })
            .await
    }

    /// Every person.
    pub async fn users(&self, actor: &Actor) -> Result<Vec<User>, AppError> {
        self.ask::<ManageUsers>(actor, vec![]).await?;
        Ok(user::all(&mut self.db.read().await?.conn(), self.db.now()).await?)
    }

    /// One person.
    pub async fn user(&self, actor: &Actor, id: UserId) -> Result<User, AppError> {
        self.ask::<ManageUsers>(actor, vec![("user", id.to_string())]).await?;
        let found = user::by_id(&mut self.db.read().await?.conn(), id, self.db.now()).await?;
        found.ok_or_else(|| Refusal::Absent.into())
    }

    /// Invites a person; the token of their one-use link is returned once and kept only as a hash.
    pub async fn invite(
        &self,
        actor: &Actor,
        raw: &RawUser,
    ) -> Result<(UserId, [u8; 32]), AppError> {
        let id: UserId = self.db.chance().id(self.db.now());
        let permit = self.may::<ManageUsers>(actor, Resource::User(id)).await?;
        let mut e = FieldErrors::default();
        let name = required_text(&mut e, "name", &raw.name, 200, "Enter the person's name");
        let missing = "Enter the e-mail address they sign in with";
        let email = required_text(&mut e, "email", &raw.email, 200, missing).to_lowercase();
        if !email.is_empty() && !email.contains('@') {
            e.add("email", "Check the e-mail address: it needs an @ sign");
        }
        let job = required_text(&mut e, "job_title", &raw.job_title, 200, "Enter what they do");
        let roles = read_roles(&mut e, &raw.roles);
        let agency_id = raw.agency.parse::<AgencyId>().ok();
        let known = agency::all(&mut self.db.read().await?.conn()).await?;
        if !known.iter().any(|a| Some(a.id) == agency_id) {
            e.add("agency", "Choose the agency");
        }
        let (name, email, job, roles) = e.into_result((name, email, job, roles))?;
        let agency = agency_id.ok_or(Refusal::Absent)?;
        let (token, by) = (self.db.chance().secret(), actor.name.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    let (name, email, job_title) = (name.as_str(), email.as_str(), job.as_str());
                    let new = NewUser { id, agency, name, email, job_title };
                    match user::insert(tx, &new).await {
                        Err(StoreError::AlreadyThere) => {
                            let message = "Somebody has this e-mail address already";
                            return Err(FieldErrors::one("email", message).into());
                        }
                        other => other?,
                    }
                    let until = tx.now();
                    for role in roles {
                        user::grant(tx, id, role, &by, until + ROLE_HOLDS).await?;
                    }
                    let purpose = Purpose::Credentials;
                    user::invite(tx, &token, Some(id), purpose, until + LINK_HOLDS).await?;
                    Ok::<_, AppError>(())
                })
            })
            .await?;
        Ok((id, token))
    }

    /// A new one-use link for someone who lost theirs, or their second factor.
    pub async fn invite_again(&self, actor: &Actor, id: UserId) -> Result<[u8; 32], AppError> {
        let permit = self.may::<ManageUsers>(actor, Resource::User(id)).await?;
        let token = self.db.chance().secret();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("link", "new");
                    let until: Timestamp = tx.now() + LINK_HOLDS;
                    user::invite(tx, &token, Some(id), Purpose::Credentials, until)
                        .await
                        .map_err(AppError::from)
                })
            })
            .await?;
        Ok(token)
    }

    /// Changes roles and standing; what is lost is lost at the person's next request.
    pub async fn change_user(
        &self,
        actor: &Actor,
        id: UserId,
        raw: &RawRoles,
    ) -> Result<(), AppError> {
        let permit = self.may::<ManageUsers>(actor, Resource::User(id)).await?;
        let mut e = FieldErrors::default();
        let wanted = read_roles(&mut e, &raw.roles);
        let standing = Standing::from_id(&raw.standing);
        if !Standing::ALL.iter().any(|known| known.id() == raw.standing) {
            e.add("standing", "Choose whether the account may be used");
        }
        if actor.user() == Some(id)
            && (standing != Standing::Active || !wanted.contains(&Role::Administrator))
        {
            e.add("standing", "You cannot take your own access away; ask another administrator");
        }
        let wanted = e.into_result(wanted)?;
        let found = user::by_id(&mut self.db.read().await?.conn(), id, self.db.now()).await?;
        let held = found.ok_or(Refusal::Absent)?;
        let by = actor.name.clone();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    let codes: Vec<&str> = wanted.iter().map(|role| role.id()).collect();
                    tx.note("roles", codes.join(" "));
                    tx.note("standing", standing.id());
                    for role in held.roles.iter().filter(|role| !wanted.contains(role)) {
                        user::revoke(tx, id, *role).await?;
                    }
                    let until = tx.now() + ROLE_HOLDS;
                    for role in wanted {
                        user::grant(tx, id, role, &by, until).await?;
                    }
                    if standing != held.standing {
                        user::set_standing(tx, id, standing).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await
    }

    /// Ends every session of a person, for example when a telephone was lost.
    pub async fn end_sessions(&self, actor: &Actor, id: UserId) -> Result<(), AppError> {
        let permit = self.may::<ManageUsers>(actor, Resource::User(id)).await?;
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("sessions", "ended");
                    session::end_all(tx, id).await.map_err(AppError::from)
                })
            })
            .await
    }
}

fn read_roles(e: &mut FieldErrors, ids: &[String]) -> Vec<Role> {
    let roles: Vec<Role> = ids.iter().filter_map(|id| id.parse().ok()).collect();
    if roles.is_empty() || roles.len() != ids.len() {
        e.add("roles", "Choose at least one role");
    }
    roles
}
