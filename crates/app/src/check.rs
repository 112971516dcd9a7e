//! Partner checks: an agency answers what it holds.

use serde::Deserialize;
use tessera_core::{
    check::{Answer, PartnerCheck},
    errors::{FieldErrors, optional_text},
    ids::CheckId,
};
use tessera_policy::{
    Actor, Refusal,
    rules::check::{AnswerCheck, ListChecks, ViewCheck},
};
use tessera_store::check;

use crate::{App, AppError, language::store_checked};

/// An answer, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawCheckAnswer {
    /// `nothing_held`, `held` or `withheld`.
    pub answer: String,
    /// What is held.
    pub held: String,
    /// Why it is withheld.
    pub reason: String,
}

impl App {
    /// The checks one's agency was asked for.
    pub async fn checks(&self, actor: &Actor) -> Result<Vec<PartnerCheck>, AppError> {
        self.ask::<ListChecks>(actor, vec![]).await?;
        let agency = actor.agency.ok_or(Refusal::Refused)?;
        let reader = actor.user().ok_or(Refusal::Refused)?;
        let mut read = self.db.read().await?;
        Ok(check::of_agency(&mut read.conn(), agency, reader).await?)
    }

    /// Opens a check.
    pub async fn view_check(&self, actor: &Actor, id: CheckId) -> Result<PartnerCheck, AppError> {
        self.open_check::<ViewCheck>(actor, id).await?;
        let found = check::by_id(&mut self.db.read().await?.conn(), id).await?;
        found.ok_or_else(|| Refusal::Absent.into())
    }

    /// Answers a check, once.
    pub async fn answer_check(
        &self,
        actor: &Actor,
        id: CheckId,
        raw: &RawCheckAnswer,
    ) -> Result<(), AppError> {
        let permit = self.open_check::<AnswerCheck>(actor, id).await?;
        let mut e = FieldErrors::default();
        let answer = Answer::from_id(&raw.answer);
        if answer.is_none() {
            e.add("answer", "Choose what your agency answers");
        }
        let held = optional_text(&mut e, "held", &raw.held, 8_000);
        let reason = optional_text(&mut e, "reason", &raw.reason, 8_000);
        match answer {
            Some(Answer::Held) if held.is_none() => e.add("held", "Write what you hold"),
            Some(Answer::Withheld) if reason.is_none() => {
                e.add("reason", "Say why you do not share it");
            }
            _ => {}
        }
        let (held, reason) = e.into_result((held, reason))?;
        let answer = answer.ok_or(Refusal::Absent)?;
        let words = [held.as_deref().unwrap_or_default(), reason.as_deref().unwrap_or_default()];
        let checked = self.checked(actor, &words).await?;
        let by = actor.name.clone();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("answer", answer.id());
                    let (held, reason) = (held.as_deref(), reason.as_deref());
                    check::answer(tx, id, answer, held, reason, &by).await?;
                    store_checked(checked.as_ref(), tx, "check_answer", id).await
                })
            })
            .await
    }
}
