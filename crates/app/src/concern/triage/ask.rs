//! Asking the sender, and notes between officers.

use serde::Deserialize;
use tessera_core::{
    chance::Draw,
    concern::{EntryKind, Status},
    errors::{FieldErrors, required_text},
    ids::EntryId,
    reference::Reference,
};
use tessera_linkage::normalise::name::fold as search_form;
use tessera_policy::{Actor, rules::concern::TriageConcern};
use tessera_store::{
    concern::{
        insert,
        triage::{self, NewEntry},
    },
    notice,
};

use super::LONG;
use crate::{App, AppError, language::store_checked};

/// A question or a note as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawAsk {
    /// The version of the page.
    pub version: i64,
    /// `question` to the sender, or `note` between officers.
    pub entry_kind: String,
    /// The words.
    pub entry_body: String,
}

impl App {
    /// Asks the sender something, or keeps a note.
    pub async fn write_entry(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawAsk,
    ) -> Result<(), AppError> {
        let (permit, concern_id) = self.may_concern::<TriageConcern>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let kind = match raw.entry_kind.as_str() {
            "question" => EntryKind::Question,
            "note" => EntryKind::Note,
            _ => {
                e.add("entry_kind", "Choose whether this goes to the sender or stays here");
                EntryKind::Note
            }
        };
        let missing = "Write the question or the note";
        let body = required_text(&mut e, "entry_body", &raw.entry_body, LONG, missing);
        let body = e.into_result(body)?;
        let id: EntryId = self.db.chance().id(self.db.now());
        let checked = self.checked(actor, &[&body]).await?;
        let (user, name) = (actor.user(), actor.name.clone());
        self.change_concern(&permit, concern_id, raw.version, move |tx, concern| {
            Box::pin(async move {
                tx.note("kind", kind.id());
                let entry = NewEntry { id, concern, kind, by: user, by_name: &name, body: &body };
                triage::add_entry(tx, &entry).await?;
                store_checked(checked.as_ref(), tx, "entry", id).await?;
                insert::add_words(tx, concern, &search_form(&body)).await?;
                if kind == EntryKind::Question {
                    triage::set_status(tx, concern, Status::MoreWanted).await?;
                    tell_sender(tx, concern, "There is a question for you about").await?;
                }
                Ok(())
            })
        })
        .await
    }
}

/// A notice to the sender who has an account; others see it when they follow up.
pub(super) async fn tell_sender(
    tx: &mut tessera_store::Tx,
    concern: tessera_core::ids::ConcernId,
    words: &str,
) -> Result<(), AppError> {
    if let Some(sender) = triage::sender(&mut tx.conn(), concern).await? {
        let reference = triage::reference(&mut tx.conn(), concern).await?;
        let link = format!("/concerns/{reference}");
        notice::insert(tx, sender, &format!("{words} {reference}"), Some(&link)).await?;
    }
    Ok(())
}
