//! Who may see a file: reasons, restriction to named people, people who must never see it, and the
//! way in for an emergency.

use serde::Deserialize;
use tessera_core::{
    errors::{FieldErrors, required_text},
    ids::UserId,
    reference::Reference,
};
use tessera_policy::{
    Actor, Refusal,
    rules::child::{GiveReason, OverrideRestriction, RestrictChild},
};
use tessera_store::{
    child::access::{self, Access, EMERGENCY_HOLDS, Kind},
    notice, user,
};

use crate::{App, AppError, language::store_checked};

const LONG: usize = 4_000;

/// A reason, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawReason {
    /// Why the file is opened.
    pub reason: String,
}

/// A change of who may see a file, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawAccess {
    /// `name`, `unname`, `exclude`, `unexclude`, `restrict` or `open`.
    pub change: String,
    /// The person; not for `restrict` and `open`.
    pub person: String,
    /// Why.
    pub reason: String,
}

impl App {
    /// Gives the reason for opening a file outside one's own work. The child's workers are told.
    pub async fn give_reason(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawReason,
    ) -> Result<(), AppError> {
        let (permit, child) = self.may_child::<GiveReason>(actor, reference).await?;
        let why = read_reason(raw)?;
        let user = actor.user().ok_or(Refusal::Absent)?;
        let checked = self.checked(actor, &[&why]).await?;
        let now = self.db.now();
        let workers = access::workers(&mut self.db.read().await?.conn(), child, user, now).await?;
        let file = reference.clone();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    access::give_reason(tx, child, user, &why).await?;
                    store_checked(checked.as_ref(), tx, "reason", child).await?;
                    for worker in workers {
                        let words = format!("Someone outside the team opened {file}");
                        let link = format!("/children/{file}");
                        notice::insert(tx, worker, &words, Some(&link)).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Opens a restricted file in an emergency: for a few hours, and reviewed by somebody else.
    pub async fn override_restriction(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawReason,
    ) -> Result<(), AppError> {
        let (permit, child) = self.may_child::<OverrideRestriction>(actor, reference).await?;
        let why = read_reason(raw)?;
        let user = actor.user().ok_or(Refusal::Absent)?;
        let checked = self.checked(actor, &[&why]).await?;
        let by = actor.name.clone();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    let until = tx.now() + EMERGENCY_HOLDS;
                    access::add(tx, child, user, Kind::Emergency, &why, &by, Some(until)).await?;
                    store_checked(checked.as_ref(), tx, "emergency", child).await
                })
            })
            .await
    }

    /// Who may see a file besides its workers, and who may not.
    pub async fn access_of(
        &self,
        actor: &Actor,
        reference: &Reference,
    ) -> Result<Vec<Access>, AppError> {
        let (_, id) = self.open_child::<RestrictChild>(actor, reference, vec![]).await?;
        Ok(access::of_child(&mut self.db.read().await?.conn(), id).await?)
    }

    /// Changes who may see a file.
    pub async fn change_access(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawAccess,
    ) -> Result<(), AppError> {
        let (permit, child) = self.may_child::<RestrictChild>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let missing = "Give your reason";
        let why = required_text(&mut e, "reason", &raw.reason, LONG, missing);
        let known = ["name", "unname", "exclude", "unexclude", "restrict", "open"];
        if !known.contains(&raw.change.as_str()) {
            e.add("change", "Choose what to change");
        }
        let person = self.person(&raw.person).await?;
        let about_person = !["restrict", "open"].contains(&raw.change.as_str());
        if about_person && person.is_none() {
            e.add("person", "Choose the person");
        }
        let why = e.into_result(why)?;
        let me = actor.user().ok_or(Refusal::Absent)?;
        let checked = self.checked(actor, &[&why]).await?;
        let (change, by) = (raw.change.clone(), actor.name.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("change", change.clone());
                    store_checked(checked.as_ref(), tx, "access", child).await?;
                    match (change.as_str(), person) {
                        ("name", Some(user)) => {
                            access::add(tx, child, user, Kind::Named, &why, &by, None).await?;
                        }
                        ("unname", Some(user)) => {
                            access::end(tx, child, user, Kind::Named).await?;
                        }
                        ("exclude", Some(user)) => {
                            access::add(tx, child, user, Kind::Excluded, &why, &by, None).await?;
                        }
                        ("unexclude", Some(user)) => {
                            access::end(tx, child, user, Kind::Excluded).await?;
                        }
                        // Whoever restricts a file is named on it, so that it is not lost.
                        ("restrict", _) => {
                            access::set_restricted(tx, child, true).await?;
                            access::add(tx, child, me, Kind::Named, &why, &by, None).await?;
                        }
                        _ => access::set_restricted(tx, child, false).await?,
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await
    }

    async fn person(&self, id: &str) -> Result<Option<UserId>, AppError> {
        let Ok(id) = id.parse::<UserId>() else { return Ok(None) };
        let mut read = self.db.read().await?;
        Ok(user::by_id(&mut read.conn(), id, self.db.now()).await?.map(|u| u.id))
    }
}

/// A reason that says something: a few words, not a dot.
fn read_reason(raw: &RawReason) -> Result<String, FieldErrors> {
    let mut e = FieldErrors::default();
    let missing = "Say why you need to open this file";
    let why = required_text(&mut e, "reason", &raw.reason, LONG, missing);
    if !why.is_empty() && why.chars().filter(|c| c.is_alphabetic()).count() < 10 {
        e.add("reason", "Say a little more: a few words that others will understand");
    }
    e.into_result(why)
}
