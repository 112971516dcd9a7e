//! A report that identifies a child: recorded on the child's file.

use serde::Deserialize;
use tessera_core::{
    chance::Draw,
    errors::{FieldErrors, required_text},
    ids::ChildId,
    partial_date::PartialDate,
    reference::Reference,
    report::LONG,
    time::day_in_london,
};
use tessera_policy::{
    Actor, Refusal,
    rules::{
        child::{GiveReason, ViewChild},
        report::LinkReport,
    },
};
use tessera_store::{
    Tx,
    child::file::{self, NewEvent},
    report::{child, desk, read, share},
};

use crate::{App, AppError, language::store_checked};

/// A child whom a report identifies.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawChildOf {
    /// The version of the page.
    pub version: i64,
    /// The reference of the file.
    pub file: String,
    /// Why it is this child.
    pub child_reason: String,
}

impl App {
    /// Records on a child's file that a report identifies the child. The file shows a sanitised
    /// version, where there is one, and otherwise only that the desk holds a report.
    pub async fn report_identifies(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawChildOf,
    ) -> Result<(), AppError> {
        let (permit, id) = self.may_report::<LinkReport>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let missing = "Say why it is this child";
        let why = required_text(&mut e, "child_reason", &raw.child_reason, LONG, missing);
        let file = raw.file.parse::<Reference>().ok();
        let Some(file) = file else {
            e.add("file", "Check the reference: it should look like CHD-7K42-9MXR");
            return Err(e.into());
        };
        let child = match self.may_child::<ViewChild>(actor, &file).await {
            Err(AppError::Refused(Refusal::ReasonNeeded)) => {
                Some(self.may_child::<GiveReason>(actor, &file).await?.1)
            }
            Ok((_, child)) => Some(child),
            Err(AppError::Refused(_)) => None,
            Err(error) => return Err(error),
        };
        if child.is_none() {
            e.add("file", "There is no file with this reference");
        }
        let why = e.into_result(why)?;
        let checked = self.checked(actor, &[&why]).await?;
        let child = child.ok_or(Refusal::Absent)?;
        let keys = self.db.keys();
        let mut read = self.db.read().await?;
        let piece = read::piece(&mut read.conn(), keys, id).await?;
        let shown = share::sanitised(&mut read.conn(), keys, id).await?;
        drop(read);
        let open = piece.handling.as_deref() == Some("P");
        let held = format!("The intelligence desk holds report {reference}. Ask the desk.");
        let fact = shown.last().filter(|_| open).map_or(held, |version| version.words.clone());
        let (version, by, reference) = (raw.version, actor.name.clone(), reference.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    desk::touch(tx, id, version).await?;
                    tx.note("child", child.to_string());
                    let known = child::of_report(&mut tx.conn(), id).await?;
                    if known.iter().any(|(known, _)| *known == child) {
                        return Ok(());
                    }
                    child::insert(tx, id, child, &by).await?;
                    store_checked(checked.as_ref(), tx, "child", id).await?;
                    let words = format!("Recorded on file {file}: {why}");
                    desk::add_entry(tx, id, "note", &words, &by).await?;
                    on_file(tx, child, &reference, &fact, &by).await
                })
            })
            .await
    }
}

/// Writes to the chronology of a file.
pub(super) async fn on_file(
    tx: &mut Tx,
    child: ChildId,
    reference: &Reference,
    fact: &str,
    by: &str,
) -> Result<(), AppError> {
    let now = tx.now();
    let id = tx.chance().id(now);
    let source = format!("Intelligence report {reference}");
    let new = NewEvent {
        id,
        child,
        happened_on: Some(PartialDate::day(day_in_london(now))),
        kind: "police",
        fact,
        opinion: None,
        source: &source,
        concern: None,
        audience: "hub",
        by,
        corrects: None,
    };
    Ok(file::add_event(tx, &new).await?)
}
