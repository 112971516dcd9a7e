//! Same, not the same, not sure: a named person says so, with a reason, and can undo it. Nothing is
//! joined by itself.

use serde::Deserialize;
use tessera_core::{
    errors::{FieldErrors, required_text},
    reference::Reference,
};
use tessera_policy::{Actor, Refusal, rules::report::LinkReport};
use tessera_store::report::{
    desk,
    link::{self, NewLink},
    read,
};

use crate::{App, AppError, language::store_checked};

const LONG: usize = 2_000;

/// A decision as chosen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawVerdict {
    /// The mention of this report.
    pub ours: i64,
    /// The mention of the other one.
    pub theirs: i64,
    /// `same`, `not_same` or `not_sure`.
    pub verdict: String,
    /// Code of list `intelligence_grade`; empty for the weaker of the two reports.
    pub link_grade: String,
    /// Why.
    pub verdict_reason: String,
}

/// A decision to be undone.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawUndo {
    /// Its number.
    pub link: i64,
}

impl App {
    /// Decides about two mentions.
    pub async fn decide_mentions(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawVerdict,
    ) -> Result<(), AppError> {
        let (permit, report) = self.may_report::<LinkReport>(actor, reference).await?;
        let mut e = FieldErrors::default();
        if !["same", "not_same", "not_sure"].contains(&raw.verdict.as_str()) {
            e.add("verdict", "Choose same, not the same or not sure");
        }
        let missing = "Give your reason";
        let why = required_text(&mut e, "verdict_reason", &raw.verdict_reason, LONG, missing);
        let assigned = raw.link_grade.as_str();
        if !assigned.is_empty() && self.codes.find("intelligence_grade", assigned).is_none() {
            e.add("link_grade", "Choose a grade of the list");
        }
        let why = e.into_result(why)?;
        let checked = self.checked(actor, &[&why]).await?;
        let (reader, keys) = (self.reader(actor)?, self.db.keys());
        let mut read = self.db.read().await?;
        let ours = link::mention(&mut read.conn(), keys, raw.ours, reader).await?;
        let theirs = link::mention(&mut read.conn(), keys, raw.theirs, reader).await?;
        let (Some(ours), Some(theirs)) = (ours, theirs) else {
            return Err(Refusal::Absent.into());
        };
        if ours.report != report
            || ours.said.kind != theirs.said.kind
            || ours.report == theirs.report
        {
            return Err(Refusal::Absent.into());
        }
        let grades = [ours.report, theirs.report].map(|id| (id, keys));
        let mut grade = String::new();
        for (id, keys) in grades {
            let piece = read::piece(&mut read.conn(), keys, id).await?;
            grade = grade.max(piece.intelligence_grade.unwrap_or_default());
        }
        drop(read);
        if !assigned.is_empty() {
            assigned.clone_into(&mut grade);
        }
        let (one, other) =
            if ours.number < theirs.number { (ours, theirs) } else { (theirs, ours) };
        let (verdict, by) = (raw.verdict.clone(), actor.name.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    store_checked(checked.as_ref(), tx, "verdict", report).await?;
                    tx.note("verdict", verdict.clone());
                    let new = NewLink {
                        one: (one.number, one.report),
                        other: other.number,
                        verdict: &verdict,
                        grade: &grade,
                        reason: &why,
                        by: &by,
                    };
                    let id = link::insert(tx, &new).await?;
                    tx.note("link", id.to_string());
                    Ok::<_, AppError>(())
                })
            })
            .await
    }

    /// Undoes a decision: everything is as if it had never been made, and the decision stays on
    /// record as undone.
    pub async fn undo_decision(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawUndo,
    ) -> Result<(), AppError> {
        let (permit, report) = self.may_report::<LinkReport>(actor, reference).await?;
        let (reader, keys) = (self.reader(actor)?, self.db.keys());
        let mut read = self.db.read().await?;
        let all = link::all(&mut read.conn(), keys, reader).await?;
        drop(read);
        if !all.iter().any(|l| l.id == raw.link && l.undone.is_none()) {
            return Err(Refusal::Absent.into());
        }
        let (id, by) = (raw.link, actor.name.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("undone", id.to_string());
                    if link::undo(tx, id, &by).await? {
                        let words = format!("Decision {id} was undone");
                        desk::add_entry(tx, report, "note", &words, &by).await?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await
    }
}
