//! Stewardship: emergency openings are reviewed by somebody else, and two files that may be for one
//! child are settled.

use serde::Deserialize;
use tessera_core::errors::{FieldErrors, required_text};
use tessera_policy::{Actor, Refusal, Resource, rules::child::Steward};
use tessera_store::child::access::{self, Opening, Reconciliation};

use crate::{App, AppError};

/// What waits for a steward.
pub struct Stewardship {
    /// Emergency openings to review.
    pub openings: Vec<Opening>,
    /// Files that may belong together.
    pub reconciliations: Vec<Reconciliation>,
}

/// A review, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawReview {
    /// The opening.
    pub opening: i64,
    /// What the reviewer found.
    pub review: String,
}

/// A verdict, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawSettle {
    /// The pair.
    pub pair: i64,
    /// `same` or `different`.
    pub verdict: String,
    /// Why.
    pub reason: String,
}

impl App {
    /// Everything that waits.
    pub async fn stewardship(&self, actor: &Actor) -> Result<Stewardship, AppError> {
        self.ask::<Steward>(actor, vec![]).await?;
        let me = actor.user().ok_or(Refusal::Refused)?;
        let mut read = self.db.read().await?;
        let openings = access::to_review(&mut read.conn(), me).await?;
        let reconciliations = access::reconciliations(&mut read.conn(), me).await?;
        Ok(Stewardship { openings, reconciliations })
    }

    /// Reviews an emergency opening that somebody else made.
    pub async fn review_opening(&self, actor: &Actor, raw: &RawReview) -> Result<(), AppError> {
        let permit = self.may::<Steward>(actor, Resource::None).await?;
        let mut e = FieldErrors::default();
        let missing = "Write what you found";
        let words = required_text(&mut e, "review", &raw.review, 4_000, missing);
        let words = e.into_result(words)?;
        let me = actor.user().ok_or(Refusal::Refused)?;
        let version = self.checker().await?.version().to_owned();
        let (id, by) = (raw.opening, actor.name.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("reviewed", id.to_string());
                    tx.note("lexicon", version);
                    access::review(tx, id, &words, me, &by).await.map_err(AppError::from)
                })
            })
            .await
    }

    /// Says whether two files are for one child. Both files stay as they are; the verdict is on
    /// record for those who work with them.
    pub async fn settle(&self, actor: &Actor, raw: &RawSettle) -> Result<(), AppError> {
        let permit = self.may::<Steward>(actor, Resource::None).await?;
        let mut e = FieldErrors::default();
        let why = required_text(&mut e, "reason", &raw.reason, 4_000, "Give your reason");
        if !["same", "different"].contains(&raw.verdict.as_str()) {
            e.add("verdict", "Say whether it is the same child");
        }
        let why = e.into_result(why)?;
        let version = self.checker().await?.version().to_owned();
        let (id, verdict, by) = (raw.pair, raw.verdict.clone(), actor.name.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("settled", verdict.clone());
                    tx.note("lexicon", version);
                    access::settle(tx, id, &verdict, &why, &by).await.map_err(AppError::from)
                })
            })
            .await
    }
}
