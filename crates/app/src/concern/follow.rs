//! The person who told us follows it up: sees where it stands in safe words, adds, corrects,
//! answers, takes back, challenges.

use serde::Deserialize;
use tessera_core::{
    chance::Draw,
    concern::{Concern, ConcernChild, Entry, EntryKind},
    decision::{Challenge, Decision},
    errors::{FieldErrors, required_text},
    ids::{ChallengeId, ConcernId, EntryId, UserId},
    msg,
    reference::{Code, Reference},
    t,
    time::Timestamp,
    user::Role,
};
use tessera_linkage::normalise::name::fold as search_form;
use tessera_policy::{
    Actor, Permit,
    rules::concern::{AddToConcern, ChallengeOutcome, FollowConcern},
};
use tessera_store::{
    Tx,
    concern::{
        insert, read, rights,
        triage::{self, NewEntry},
    },
    notice, user,
};

use crate::{App, AppError, language::store_checked};

/// How a sender without an account is named beside what they added.
pub const SENDER: &str = msg!("The sender");
/// The clock a challenge starts.
const CHALLENGE_CLOCK: &str = "challenge_answer";

/// A concern as its sender sees it: their own words, and ours in safe ones.
pub struct Followed {
    /// What they told us.
    pub concern: Concern,
    /// The children they named.
    pub children: Vec<ConcernChild>,
    /// What was said since, between them and us.
    pub entries: Vec<Entry>,
    /// What was decided, as told to them: for each child in the order they named them.
    pub told: Vec<(Decision, String)>,
    /// Their challenges.
    pub challenges: Vec<Challenge>,
    /// When somebody decides at the latest, while nobody has.
    pub due_at: Option<Timestamp>,
    /// Whether this reader may add to it: a safeguarding lead reads what a colleague sent.
    pub may_add: bool,
}

/// Something to add.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawEntry {
    /// `addition`, `correction`, `answer` or `withdrawal`.
    pub kind: String,
    /// The words.
    pub body: String,
}

/// A challenge as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawChallenge {
    /// Why the sender disagrees.
    pub reason: String,
}

impl App {
    /// The party that a reference and its code stand for; `None` when they do not fit together.
    pub async fn sender(
        &self,
        reference: &Reference,
        code: &Code,
        request: Option<tessera_core::ids::RequestId>,
    ) -> Result<Option<Actor>, AppError> {
        let found = rights::follow(&self.db, reference, code).await?;
        Ok(found.map(|id| Actor::sender(id, request)))
    }

    /// Where a concern stands, for its sender.
    pub async fn follow(&self, actor: &Actor, reference: &Reference) -> Result<Followed, AppError> {
        let (_, id) = self.open_concern::<FollowConcern>(actor, reference).await?;
        let whole = read::whole(&mut self.db.read().await?.conn(), id).await?;
        let mine = |d: &Decision| {
            let child = whole.children.iter().find(|c| c.id == d.child);
            child.map(|c| c.name.clone()).unwrap_or_default()
        };
        let told = newest(&whole.decisions).into_iter().map(|d| {
            let name = mine(&d);
            (d, name)
        });
        let due_at = whole.clocks.iter().find(|c| c.met_at.is_none() && c.stopped_at.is_none());
        Ok(Followed {
            told: told.collect(),
            due_at: due_at.map(|c| c.due_at).filter(|_| whole.concern.status.is_open()),
            may_add: actor.user().is_none() || whole.concern.submitted_by == actor.user(),
            entries: whole.entries.into_iter().filter(|e| e.kind.for_sender()).collect(),
            concern: whole.concern,
            children: whole.children,
            challenges: whole.challenges,
        })
    }

    /// Adds to a concern one sent.
    pub async fn add_entry(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawEntry,
    ) -> Result<(), AppError> {
        let (permit, id) = self.may_concern::<AddToConcern>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let kind = match raw.kind.as_str() {
            "addition" => EntryKind::Addition,
            "correction" => EntryKind::Correction,
            "answer" => EntryKind::Answer,
            "withdrawal" => EntryKind::Withdrawal,
            _ => {
                e.add("kind", t!("Choose what you want to do"));
                EntryKind::Addition
            }
        };
        let body =
            required_text(&mut e, "body", &raw.body, 20_000, &t!("Write what you want to say"));
        let body = e.into_result(body)?;
        self.store_entry(&permit, id, kind, body).await
    }

    async fn store_entry(
        &self,
        permit: &Permit<AddToConcern>,
        concern: ConcernId,
        kind: EntryKind,
        body: String,
    ) -> Result<(), AppError> {
        let id: EntryId = self.db.chance().id(self.db.now());
        let (user, name) = (permit.actor().user(), sender_name(permit.actor()));
        let checked = self.checked(permit.actor(), &[&body]).await?;
        let officers = self.hub_officers().await?;
        // Told here, in the sender's language: a transaction may run elsewhere.
        let none_open = t!("There is no open question. Add to it instead");
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("kind", kind.id());
                    let entry =
                        NewEntry { id, concern, kind, by: user, by_name: &name, body: &body };
                    triage::add_entry(tx, &entry).await?;
                    store_checked(checked.as_ref(), tx, "entry", id).await?;
                    insert::add_words(tx, concern, &search_form(&body)).await?;
                    if kind == EntryKind::Answer && !triage::answered(tx, concern).await? {
                        return Err(FieldErrors::one("kind", none_open).into());
                    }
                    if kind == EntryKind::Withdrawal {
                        triage::withdrawn(tx, concern).await?;
                    }
                    let reference = triage::reference(&mut tx.conn(), concern).await?;
                    for officer in told(tx, concern, officers).await? {
                        let words = format!("The sender added to {reference}");
                        let link = format!("/queue/{reference}");
                        notice::insert(tx, officer, &words, Some(&link)).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Challenges the outcome; a hub manager who did not decide it answers, within a clock.
    pub async fn challenge(
        &self,
        actor: &Actor,
        reference: &Reference,
        raw: &RawChallenge,
    ) -> Result<(), AppError> {
        let (permit, concern) = self.may_concern::<ChallengeOutcome>(actor, reference).await?;
        let mut e = FieldErrors::default();
        let why = t!("Say why you think the outcome should be looked at again");
        let reason = required_text(&mut e, "reason", &raw.reason, 20_000, &why);
        let whole = read::whole(&mut self.db.read().await?.conn(), concern).await?;
        if whole.decisions.is_empty() {
            e.add("reason", t!("Nothing has been decided yet. You can add information instead"));
        }
        let reason = e.into_result(reason)?;
        let clock = self.due(CHALLENGE_CLOCK, self.db.now())?;
        let waits = t!("A challenge waits for its answer. You can add to it instead");
        let id: ChallengeId = self.db.chance().id(self.db.now());
        let name = sender_name(actor);
        let mut read = self.db.read().await?;
        let managers = user::with_role(&mut read.conn(), Role::HubManager, self.db.now()).await?;
        drop(read);
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    if triage::open_challenges(&mut tx.conn(), concern).await? > 0 {
                        return Err(FieldErrors::one("reason", waits).into());
                    }
                    triage::add_challenge(tx, id, concern, &name, &reason, clock.at).await?;
                    triage::start_clock(
                        tx,
                        concern,
                        CHALLENGE_CLOCK,
                        clock.started,
                        clock.at,
                        &clock.explained,
                    )
                    .await?;
                    let reference = triage::reference(&mut tx.conn(), concern).await?;
                    for manager in told(tx, concern, managers).await? {
                        let words = format!("The outcome of {reference} is challenged");
                        let link = format!("/queue/{reference}");
                        notice::insert(tx, manager, &words, Some(&link)).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    async fn hub_officers(&self) -> Result<Vec<UserId>, AppError> {
        let mut read = self.db.read().await?;
        Ok(user::with_role(&mut read.conn(), Role::HubOfficer, self.db.now()).await?)
    }
}

/// Those from whom the concern is not hidden. Whoever may not see it hears nothing of it either.
pub(super) async fn told(
    tx: &mut Tx,
    concern: ConcernId,
    people: Vec<UserId>,
) -> Result<Vec<UserId>, AppError> {
    let now = tx.now();
    Ok(rights::may_know(&mut tx.conn(), concern, people, now).await?)
}

/// The newest decision about each child, in the order they were first decided.
pub(super) fn newest(decisions: &[Decision]) -> Vec<Decision> {
    let mut newest: Vec<Decision> = Vec::new();
    for decision in decisions {
        if let Some(known) = newest.iter_mut().find(|d| d.child == decision.child) {
            *known = decision.clone();
        } else {
            newest.push(decision.clone());
        }
    }
    newest
}

fn sender_name(actor: &Actor) -> String {
    if actor.user().is_some() { actor.name.clone() } else { SENDER.to_owned() }
}
