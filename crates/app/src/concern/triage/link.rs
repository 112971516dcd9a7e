//! Joining a child of a concern to a file, or parting them again. A person decides, with a reason;
//! every link stays on record.

use serde::Deserialize;
use tessera_core::{
    errors::FieldErrors,
    ids::{ChildId, ConcernChildId},
    reference::Reference,
};
use tessera_policy::{
    Actor, Refusal,
    rules::{child::ViewChild, concern::TriageConcern},
};
use tessera_store::concern::{read, triage};

use super::reason;
use crate::{App, AppError, child::chronicle, language::store_checked};

/// A link as chosen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawLink {
    /// The version of the page.
    pub version: i64,
    /// The child of the concern.
    pub link_child: String,
    /// The reference of the file, or empty to part them.
    pub file: String,
    /// Why.
    pub link_reason: String,
}

impl App {
    /// Joins or parts. The officer must be able to see the file they join to; that they may is
    /// asked as for opening it, so a hidden file and one that does not exist are the same here too.
    pub async fn link_child(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawLink,
    ) -> Result<(), AppError> {
        let (permit, concern_id) = self.may_concern::<TriageConcern>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let why = reason(&mut e, "link_reason", &raw.link_reason);
        let concern_child = raw.link_child.parse::<ConcernChildId>().ok();
        if concern_child.is_none() {
            e.add("link_child", "Choose the child of this concern");
        }
        let file = self.file_to_link(actor, &raw.file, &mut e).await?;
        let why = e.into_result(why)?;
        let concern_child = concern_child.ok_or(Refusal::Absent)?;
        let checked = self.checked(actor, &[&why]).await?;
        let (user, by) = (actor.user().ok_or(Refusal::Refused)?, actor.name.clone());
        self.change_concern(&permit, concern_id, raw.version, move |tx, concern| {
            Box::pin(async move {
                let children = read::children(&mut tx.conn(), concern).await?;
                if !children.iter().any(|c| c.id == concern_child) {
                    let message = "Choose a child of this concern";
                    return Err(FieldErrors::one("link_child", message).into());
                }
                store_checked(checked.as_ref(), tx, "link", concern_child).await?;
                tx.note("linked", if file.is_some() { "yes" } else { "parted" });
                triage::link_child(tx, concern_child, file, &why, user, &by).await?;
                if let Some(file) = file {
                    chronicle::concern_joined(tx, file, concern, &by).await?;
                }
                Ok(())
            })
        })
        .await
    }

    async fn file_to_link(
        &self,
        actor: &Actor,
        text: &str,
        e: &mut FieldErrors,
    ) -> Result<Option<ChildId>, AppError> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let Ok(file) = text.parse::<Reference>() else {
            e.add("file", "Check the reference: it should look like CHD-7K42-9MXR");
            return Ok(None);
        };
        // A file whose opening asks for a reason may be joined: joining is the reason.
        match self.may_child::<ViewChild>(actor, &file).await {
            Ok((_, id)) => Ok(Some(id)),
            Err(AppError::Refused(Refusal::ReasonNeeded)) => {
                let permit = self
                    .may_child::<tessera_policy::rules::child::GiveReason>(actor, &file)
                    .await?;
                Ok(Some(permit.1))
            }
            Err(AppError::Refused(_)) => {
                e.add("file", "There is no file with this reference");
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}
