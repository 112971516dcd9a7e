//! The partnership's own lexicon, kept by practitioners: try, propose, and let another person
//! publish. A published change holds at once, and every record says which release it was checked by.

use serde::Deserialize;
use tessera_core::{
    chance::Draw,
    errors::{FieldErrors, required_text},
    ids::LexiconChangeId,
    time::Timestamp,
};
use tessera_policy::{
    Actor, Refusal, Resource,
    rules::language::{ChangeFacts, EditLexicon},
};
pub use tessera_store::language::lexicon::LexiconChange as Change;
use tessera_store::language::lexicon::{self, NewChange};

use super::{RawTerm, Term, Trial, lexicon::entry, trial::Tried};
use crate::{App, AppError};

const LONG: usize = 2_000;
/// The most characters of sentences taken at once.
const MOST_PRACTICE: usize = 100_000;

/// A proposed change with everything another person needs to settle it.
pub struct Proposal {
    /// The change.
    pub change: Change,
    /// The entry as it would be; `None` when it would go.
    pub term: Option<Term>,
    /// What it does to the sentences it is tried on, or why it cannot be used any more.
    pub trial: Result<Trial, String>,
    /// Whether the reader may settle it.
    pub may_settle: bool,
}

/// How a change is settled, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawVerdict {
    /// `publish` or `turn_down`.
    pub verdict: String,
    /// Why.
    pub verdict_reason: String,
}

/// Sentences to try changes on, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawPractice {
    /// One sentence a line.
    pub sentences: String,
    /// How they came about.
    pub origin: String,
}

impl App {
    /// The changes to the lexicon, the newest first, and where the practice sentences come from.
    pub async fn lexicon_changes(
        &self,
        actor: &Actor,
    ) -> Result<(Vec<Change>, Vec<(String, String, Timestamp)>), AppError> {
        self.ask::<EditLexicon>(actor, vec![]).await?;
        let mut read = self.db.read().await?;
        let changes = lexicon::all(&mut read.conn()).await?;
        let mut origins = lexicon::origins(&mut read.conn()).await?;
        // A long text comes in several parts.
        origins.dedup_by(|a, b| (&a.0, &a.1) == (&b.0, &b.1));
        Ok((changes, origins))
    }

    /// An entry that holds now, as it would be typed; an empty form for no id.
    pub async fn term_to_edit(&self, actor: &Actor, id: &str) -> Result<RawTerm, AppError> {
        self.ask::<EditLexicon>(actor, vec![]).await?;
        if id.is_empty() {
            return Ok(RawTerm {
                allow: vec!["quote".into(), "mention".into()],
                ..RawTerm::default()
            });
        }
        let checker = self.checker().await?;
        let found = checker.entry(id).ok_or(Refusal::Absent)?;
        Ok(RawTerm::of(found))
    }

    /// Tries an entry as typed; nothing is stored.
    pub async fn try_term(&self, actor: &Actor, raw: &RawTerm) -> Result<Trial, AppError> {
        self.ask::<EditLexicon>(actor, vec![]).await?;
        Ok(self.checked_term(raw).await?.1)
    }

    /// The entry that was typed, tried: a list it does not fit into is an error beside its words.
    async fn checked_term(
        &self,
        raw: &RawTerm,
    ) -> Result<(tessera_language::Entry, Trial), AppError> {
        let checker = self.checker().await?;
        let old = if raw.entry.is_empty() {
            None
        } else {
            Some(checker.entry(&raw.entry).ok_or(Refusal::Absent)?)
        };
        let new = raw.check(old)?;
        if old.is_none() && checker.entry(&new.id).is_some() {
            let message = "There is an entry of these words already: change that one";
            return Err(FieldErrors::one("forms", message).into());
        }
        match self.try_change(Tried::Entry(Box::new(new.clone()))).await? {
            Ok(trial) => Ok((new, trial)),
            Err(problem) => Err(FieldErrors::one("forms", problem).into()),
        }
    }

    /// Proposes an entry as typed.
    pub async fn propose_term(
        &self,
        actor: &Actor,
        raw: &RawTerm,
    ) -> Result<LexiconChangeId, AppError> {
        self.may::<EditLexicon>(actor, Resource::None).await?;
        let mut e = FieldErrors::default();
        let missing = "Say why this is proposed";
        let reason = required_text(&mut e, "term_reason", &raw.term_reason, LONG, missing);
        let new = match self.checked_term(raw).await {
            Ok((new, _)) => Some(new),
            Err(AppError::Fields(wrong)) => {
                e.0.extend(wrong.0);
                None
            }
            Err(error) => return Err(error),
        };
        e.into_result(())?;
        let new = new.ok_or(Refusal::Absent)?;
        let body = serde_json::to_string(&new).map_err(|e| AppError::Content(e.to_string()))?;
        self.propose(actor, new.id, Some(body), reason).await
    }

    /// Proposes that an entry goes.
    pub async fn propose_retiring(
        &self,
        actor: &Actor,
        id: &str,
        reason: &str,
    ) -> Result<LexiconChangeId, AppError> {
        self.may::<EditLexicon>(actor, Resource::None).await?;
        let mut e = FieldErrors::default();
        let missing = "Say why this entry should go";
        let reason = required_text(&mut e, "retire_reason", reason, LONG, missing);
        let reason = e.into_result(reason)?;
        if self.checker().await?.entry(id).is_none() {
            return Err(Refusal::Absent.into());
        }
        self.propose(actor, id.to_owned(), None, reason).await
    }

    async fn propose(
        &self,
        actor: &Actor,
        entry: String,
        body: Option<String>,
        reason: String,
    ) -> Result<LexiconChangeId, AppError> {
        let permit = self.may::<EditLexicon>(actor, Resource::None).await?;
        let id: LexiconChangeId = self.db.chance().id(self.db.now());
        let base = self.checker().await?.version().to_owned();
        let (by, name) = (actor.user().ok_or(Refusal::Refused)?, actor.name.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("proposed", id.to_string());
                    let new = NewChange {
                        id,
                        entry: &entry,
                        body: body.as_deref(),
                        reason: &reason,
                        base_version: &base,
                        by_name: &name,
                        by,
                    };
                    lexicon::propose(tx, &new).await?;
                    Ok::<_, AppError>(())
                })
            })
            .await?;
        Ok(id)
    }

    /// One change, tried anew on the sentences there are now.
    pub async fn lexicon_change(
        &self,
        actor: &Actor,
        id: LexiconChangeId,
    ) -> Result<Proposal, AppError> {
        self.ask::<EditLexicon>(actor, vec![("asked", id.to_string())]).await?;
        let mut read = self.db.read().await?;
        let change = lexicon::by_id(&mut read.conn(), id).await?.ok_or(Refusal::Absent)?;
        drop(read);
        let new = change.body.as_deref().map(entry).transpose();
        let new = new.map_err(|error| AppError::Content(error.to_string()))?;
        let term = new.as_ref().map(Term::from);
        let tried = match new {
            Some(new) => Tried::Entry(Box::new(new)),
            None => Tried::Retired(change.entry.clone()),
        };
        let trial = self.try_change(tried).await?;
        let may_settle = change.settled.is_none() && Some(change.proposer) != actor.user();
        Ok(Proposal { change, term, trial, may_settle })
    }

    /// Publishes a change that somebody else proposed, or turns it down.
    pub async fn settle_lexicon(
        &self,
        actor: &Actor,
        id: LexiconChangeId,
        raw: &RawVerdict,
    ) -> Result<(), AppError> {
        let mut read = self.db.read().await?;
        let change = lexicon::by_id(&mut read.conn(), id).await?;
        drop(read);
        let own = change.as_ref().is_some_and(|change| Some(change.proposer) == actor.user());
        let facts = ChangeFacts { exists: change.is_some(), own };
        let permit = self.may_settle_lexicon(actor, &facts, id.to_string()).await?;
        let mut e = FieldErrors::default();
        let missing = "Give your reason";
        let reason = required_text(&mut e, "verdict_reason", &raw.verdict_reason, LONG, missing);
        let publish = match raw.verdict.as_str() {
            "publish" => true,
            "turn_down" => false,
            _ => {
                e.add("verdict", "Choose whether it is published");
                false
            }
        };
        let reason = e.into_result(reason)?;
        if publish && let Some(body) = change.and_then(|change| change.body) {
            // Other changes may have been published since it was proposed.
            let new = entry(&body).map_err(|error| AppError::Content(error.to_string()))?;
            if let Err(problem) = self.try_change(Tried::Entry(Box::new(new))).await? {
                return Err(FieldErrors::one("verdict", problem).into());
            }
        }
        let by = actor.name.clone();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("change", id.to_string());
                    tx.note("verdict", if publish { "published" } else { "turned_down" });
                    lexicon::settle(tx, id, publish, &reason, &by).await?;
                    Ok::<_, AppError>(())
                })
            })
            .await?;
        self.forget_lexicon();
        Ok(())
    }

    /// Adds sentences to try changes on. They are invented or anonymised: records are never used,
    /// because a term could then be tried to learn whether a name stands in one.
    pub async fn add_practice(&self, actor: &Actor, raw: &RawPractice) -> Result<(), AppError> {
        let permit = self.may::<EditLexicon>(actor, Resource::None).await?;
        let mut e = FieldErrors::default();
        let missing = "Type or paste sentences, one a line";
        let body = required_text(&mut e, "sentences", &raw.sentences, MOST_PRACTICE, missing);
        let missing = "Say how these sentences came about";
        let origin = required_text(&mut e, "origin", &raw.origin, 300, missing);
        let (body, origin) = e.into_result((body, origin))?;
        let by = actor.name.clone();
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("sentences", body.lines().count().to_string());
                    lexicon::add_practice(tx, &by, &origin, &body).await?;
                    Ok::<_, AppError>(())
                })
            })
            .await
    }
}
