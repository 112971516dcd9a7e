//! The decision about one child: outcome, level of need, reason, and what the sender is told.

use serde::Deserialize;
use tessera_core::{
    chance::Draw,
    concern::Status,
    errors::{FieldErrors, required_text},
    ids::{ConcernChildId, DecisionId},
    reference::Reference,
};
use tessera_policy::{Actor, Refusal, rules::concern::TriageConcern};
use tessera_store::concern::{
    read,
    triage::{self, NewDecision},
};

use super::{LONG, ask::tell_sender, reason, required_code};
use crate::{
    App, AppError, child::chronicle, concern::submit::FIRST_CLOCK, language::store_checked,
};

/// A decision as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawDecision {
    /// The version of the page.
    pub version: i64,
    /// The child of the concern.
    pub decision_child: String,
    /// Code of list `outcome`.
    pub outcome: String,
    /// Code of list `need_level`.
    pub need_level: String,
    /// Why.
    pub decision_reason: String,
    /// What the sender is told; empty takes the words that belong to the outcome.
    pub told: String,
}

impl App {
    /// Decides about one child. When every child has a decision the sender is told, and the clock
    /// that started with the concern has met its event.
    pub async fn decide(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawDecision,
    ) -> Result<(), AppError> {
        let (permit, concern_id) = self.may_concern::<TriageConcern>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let missing = "Choose the outcome";
        required_code(&mut e, &self.codes, "outcome", "outcome", &raw.outcome, missing);
        let missing = "Choose the level of need";
        required_code(&mut e, &self.codes, "need_level", "need_level", &raw.need_level, missing);
        let why = reason(&mut e, "decision_reason", &raw.decision_reason);
        let outcome = self.codes.find("outcome", &raw.outcome).cloned();
        let standard = outcome.as_ref().map(|code| code.told.clone()).unwrap_or_default();
        let told = if raw.told.trim().is_empty() { &standard } else { &raw.told };
        let told = required_text(&mut e, "told", told, LONG, "Write what the sender is told");
        let child = raw.decision_child.parse::<ConcernChildId>().ok();
        if child.is_none() {
            e.add("decision_child", "Choose the child this decision is about");
        }
        let (why, told) = e.into_result((why, told))?;
        let (Some(child), Some(outcome)) = (child, outcome) else {
            return Err(Refusal::Absent.into());
        };
        let started = (!outcome.starts.is_empty())
            .then(|| self.due(&outcome.starts, self.db.now()))
            .transpose()?;
        let id: DecisionId = self.db.chance().id(self.db.now());
        let (by, by_name) = (actor.user().ok_or(Refusal::Refused)?, actor.name.clone());
        let checked = self.checked(actor, &[&why, &told]).await?;
        let (level, codes_version) = (raw.need_level.clone(), self.codes.version.clone());
        self.change_concern(&permit, concern_id, raw.version, move |tx, concern| {
            Box::pin(async move {
                let whole = read::whole(&mut tx.conn(), concern).await?;
                let Some(named) = whole.children.iter().find(|c| c.id == child) else {
                    let message = "Choose a child of this concern";
                    return Err(FieldErrors::one("decision_child", message).into());
                };
                if outcome.shares && whole.sharing.is_empty() {
                    let message = "Record the lawful basis for sharing before this outcome";
                    return Err(FieldErrors::one("outcome", message).into());
                }
                tx.note("outcome", outcome.id.clone());
                let new = NewDecision {
                    id,
                    concern,
                    child,
                    outcome: &outcome.id,
                    need_level: &level,
                    reason: &why,
                    told: &told,
                    codes_version: &codes_version,
                    by,
                    by_name: &by_name,
                };
                triage::add_decision(tx, &new).await?;
                store_checked(checked.as_ref(), tx, "decision", id).await?;
                if let Some(file) = named.child {
                    let label = &outcome.label;
                    chronicle::decided(tx, file, concern, label, &why, &by_name).await?;
                }
                if let Some(due) = started {
                    let (rule, from) = (due.rule.clone(), due.started);
                    triage::start_clock(tx, concern, &rule, from, due.at, &due.explained).await?;
                }
                if triage::undecided(tx, concern).await? == 0 {
                    triage::set_status(tx, concern, Status::Decided).await?;
                    triage::meet_clock(tx, concern, FIRST_CLOCK, &by_name).await?;
                    tell_sender(tx, concern, "There is an outcome for").await?;
                }
                Ok(())
            })
        })
        .await
    }
}
