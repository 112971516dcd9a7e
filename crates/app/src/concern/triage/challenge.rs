//! A manager who did not take the decision answers a challenge to it.

use serde::Deserialize;
use tessera_core::{
    errors::{FieldErrors, required_text},
    ids::ChallengeId,
    reference::Reference,
};
use tessera_policy::{Actor, Refusal, rules::concern::AnswerChallenge};
use tessera_store::concern::triage;

use super::{LONG, ask::tell_sender};
use crate::{App, AppError, language::store_checked};

/// An answer as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawAnswer {
    /// The version of the page.
    pub version: i64,
    /// The challenge.
    pub challenge: String,
    /// `changed` when the decision is taken again, `upheld` otherwise.
    pub verdict: String,
    /// The answer, as the sender reads it.
    pub answer: String,
}

impl App {
    /// Answers a challenge.
    pub async fn answer_challenge(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawAnswer,
    ) -> Result<(), AppError> {
        let (permit, concern_id) = self.may_concern::<AnswerChallenge>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let missing = "Write the answer; the sender will read it";
        let answer = required_text(&mut e, "answer", &raw.answer, LONG, missing);
        if !["changed", "upheld"].contains(&raw.verdict.as_str()) {
            e.add("verdict", "Say whether the decision stands or is taken again");
        }
        let answer = e.into_result(answer)?;
        let id: ChallengeId = raw.challenge.parse().map_err(|_| Refusal::Absent)?;
        let checked = self.checked(actor, &[&answer]).await?;
        let (changed, by) = (raw.verdict == "changed", actor.name.clone());
        self.change_concern(&permit, concern_id, raw.version, move |tx, concern| {
            Box::pin(async move {
                tx.note("verdict", if changed { "changed" } else { "upheld" });
                triage::answer_challenge(tx, concern, id, &answer, changed, &by).await?;
                store_checked(checked.as_ref(), tx, "challenge", id).await?;
                triage::meet_clock(tx, concern, "challenge_answer", &by).await?;
                if changed {
                    let again = tessera_core::concern::Status::BeingAssessed;
                    triage::set_status(tx, concern, again).await?;
                }
                tell_sender(tx, concern, "There is an answer to your challenge of").await
            })
        })
        .await
    }
}
