//! A network that may meet the definition of group-based exploitation: put to a named person, who
//! decides with a reason. Nobody sees one of which they may not see all the evidence, and nobody
//! counts it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use tessera_core::{
    errors::{FieldErrors, optional_text, required_text},
    ids::{CandidateId, UserId},
    user::{Role, Standing},
};
use tessera_policy::{
    Act, Actor, Permit, Refusal, Resource, decide,
    rules::explore::{CandidateFacts, DecideCandidate, PutCandidate, ViewCandidate, ViewPicture},
};
use tessera_store::{
    Conn,
    explore::{
        candidate::{self, Candidate, RestsOn},
        whole,
    },
    notice,
    report::list::Reader,
    user,
};

use crate::{App, AppError};

const LONG: usize = 2_000;

/// Something to be put to a person, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawPut {
    /// A mention of what holds it together.
    pub mention: i64,
    /// The account it is put to.
    pub person: String,
    /// Why.
    pub put_reason: String,
}

/// A decision, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawVerdict {
    /// `meets`, `does_not` or `not_known`.
    pub verdict: String,
    /// Why.
    pub verdict_reason: String,
}

/// A candidate with its reports.
#[derive(Clone)]
pub struct CandidateView {
    /// The candidate.
    pub candidate: Candidate,
    /// Its reports: the reference of each, and whether it still stands.
    pub reports: Vec<(String, bool)>,
    /// It waits for the reader.
    pub mine: bool,
}

/// How many candidates there are that the reader may see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub put: usize,
    /// Not decided yet.
    pub waiting: usize,
    /// Decided: it meets the definition.
    pub meets: usize,
    /// Decided: it does not.
    pub does_not: usize,
    /// Decided: too little is known.
    pub not_known: usize,
}

impl Counts {
    fn of(all: &[CandidateView]) -> Self {
        let with = |verdict: &str| {
            let is = |c: &&CandidateView| {
                c.candidate.decided.as_ref().is_some_and(|decided| decided.verdict == verdict)
            };
            all.iter().filter(is).count()
        };
        let (meets, does_not, not_known) = (with("meets"), with("does_not"), with("not_known"));
        let put = all.len();
        Self { put, waiting: put - meets - does_not - not_known, meets, does_not, not_known }
    }
}

impl App {
    /// Every candidate that the reader may see, and their numbers.
    pub async fn candidates(
        &self,
        actor: &Actor,
    ) -> Result<(Vec<CandidateView>, Counts), AppError> {
        self.ask::<ViewPicture>(actor, vec![("shown", "candidates".to_owned())]).await?;
        let all = self.visible_candidates(actor).await?;
        let counts = Counts::of(&all);
        Ok((all, counts))
    }

    async fn visible_candidates(&self, actor: &Actor) -> Result<Vec<CandidateView>, AppError> {
        let Some(me) = actor.user() else { return Ok(Vec::new()) };
        let reader = self.reader(actor)?;
        let mut read = self.db.read().await?;
        let seen = whole::seen(&mut read.conn(), reader).await?;
        let all = candidate::all(&mut read.conn(), self.db.keys()).await?;
        let view = |candidate: Candidate| {
            let of = |number: &i64| seen.get(number).cloned();
            let reports: Option<Vec<_>> = candidate.rests_on.reports.iter().map(of).collect();
            let mine = candidate.put_to == me && candidate.decided.is_none();
            Some(CandidateView { reports: reports?, mine, candidate })
        };
        Ok(all.into_iter().filter_map(view).collect())
    }

    async fn candidate_permit<A: Act<Facts = CandidateFacts>>(
        &self,
        actor: &Actor,
        id: CandidateId,
        reading: bool,
    ) -> Result<(Permit<A>, CandidateView), AppError> {
        let works = actor.is(Role::PoliceIntelligence) || actor.is_hub();
        let all = if works { self.visible_candidates(actor).await? } else { Vec::new() };
        let found = all.into_iter().find(|view| view.candidate.id == id);
        let facts = found.as_ref().map_or_else(CandidateFacts::default, |view| CandidateFacts {
            exists: true,
            put_to_actor: actor.user() == Some(view.candidate.put_to),
            decided: view.candidate.decided.is_some(),
        });
        let decided = decide::<A>(actor, Resource::None, &facts);
        if reading || decided.is_err() {
            let detail = vec![("candidate", id.to_string())];
            self.write_down(actor, Resource::None, &decided, detail).await?;
        }
        Ok((decided?, found.ok_or(Refusal::Absent)?))
    }

    /// Opens a candidate.
    pub async fn candidate(
        &self,
        actor: &Actor,
        id: CandidateId,
    ) -> Result<CandidateView, AppError> {
        Ok(self.candidate_permit::<ViewCandidate>(actor, id, true).await?.1)
    }

    /// Who may decide about a thing: people of the desk and the front door, other than the one who
    /// puts it, who may see all of its reports.
    pub async fn deciders(
        &self,
        actor: &Actor,
        reports: &[i64],
    ) -> Result<Vec<(UserId, String)>, AppError> {
        let now = self.db.now();
        let mut read = self.db.read().await?;
        let mut may = Vec::new();
        for person in user::all(&mut read.conn(), now).await? {
            let desk = [Role::PoliceIntelligence, Role::HubOfficer, Role::HubManager];
            let works = person.roles.iter().any(|role| desk.contains(role));
            if !works || person.standing != Standing::Active || actor.user() == Some(person.id) {
                continue;
            }
            let police = person.roles.contains(&Role::PoliceIntelligence);
            if sees(&mut read.conn(), Reader { user: person.id, police, now }, reports).await? {
                may.push((person.id, format!("{}, {}", person.name, person.job_title)));
            }
        }
        Ok(may)
    }

    /// Puts a thing of the picture to a named person.
    pub async fn put_candidate(
        &self,
        actor: &Actor,
        raw: &RawPut,
    ) -> Result<CandidateId, AppError> {
        let permit = self.may::<PutCandidate>(actor, Resource::None).await?;
        let mut e = FieldErrors::default();
        let missing = "Say why it is put to this person";
        let why = required_text(&mut e, "put_reason", &raw.put_reason, LONG, missing);
        let reader = self.reader(actor)?;
        let mut read = self.db.read().await?;
        let network = self.whole_of(&mut read.conn(), reader).await?;
        drop(read);
        let has =
            |t: &&crate::report::Thing| t.ties.iter().any(|tie| tie.mention.number == raw.mention);
        let thing = network.things.iter().find(has).ok_or(Refusal::Absent)?;
        let places = thing.reports();
        let reports: Vec<i64> =
            places.iter().filter_map(|n| network.pieces.get(*n)).map(|p| p.number).collect();
        let people: BTreeMap<String, (UserId, String)> = self
            .deciders(actor, &reports)
            .await?
            .into_iter()
            .map(|(id, name)| (id.to_string(), (id, name)))
            .collect();
        let person = people.get(raw.person.trim()).cloned();
        if person.is_none() {
            e.add("person", "Choose who decides: somebody else, who may see all of it");
        }
        let why = e.into_result(why)?;
        let (to, to_name) = person.ok_or(Refusal::Absent)?;
        let rests_on = RestsOn { title: thing.name.clone(), mention: raw.mention, reports, why };
        let (by, version) = (actor.name.clone(), self.practice.version.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    let id = candidate::put(tx, &rests_on, (to, &to_name), &by, &version).await?;
                    tx.note("candidate", id.to_string());
                    tx.note("reports", rests_on.reports.len().to_string());
                    let words = "Something waits for your decision";
                    let link = format!("/picture/candidates/{id}");
                    notice::insert(tx, to, words, Some(&link)).await?;
                    Ok::<_, AppError>(id)
                })
            })
            .await
    }

    /// Decides about a candidate, once.
    pub async fn decide_candidate(
        &self,
        actor: &Actor,
        id: CandidateId,
        raw: &RawVerdict,
    ) -> Result<(), AppError> {
        let (permit, _) = self.candidate_permit::<DecideCandidate>(actor, id, false).await?;
        let mut e = FieldErrors::default();
        if !["meets", "does_not", "not_known"].contains(&raw.verdict.as_str()) {
            e.add("verdict", "Choose what you decide");
        }
        let missing = "Give your reason";
        let why = required_text(&mut e, "verdict_reason", &raw.verdict_reason, LONG, missing);
        let why = e.into_result(why)?;
        let (verdict, by) = (raw.verdict.clone(), actor.name.clone());
        self.db
            .write(permit.authority(), move |tx| {
                Box::pin(async move {
                    tx.note("candidate", id.to_string());
                    tx.note("verdict", verdict.clone());
                    if candidate::decide(tx, id, &verdict, &why, &by).await? {
                        Ok(())
                    } else {
                        Err(AppError::Conflict)
                    }
                })
            })
            .await
    }
}

/// Whether a reader may see every one of these reports.
async fn sees(conn: &mut Conn<'_>, reader: Reader, reports: &[i64]) -> Result<bool, AppError> {
    let seen: BTreeSet<i64> = whole::seen(conn, reader).await?.into_keys().collect();
    Ok(reports.iter().all(|number| seen.contains(number)))
}

/// A name or purpose of one line.
pub(super) fn line(e: &mut FieldErrors, field: &str, text: &str, missing: &str) -> String {
    optional_text(e, field, text, 120).unwrap_or_else(|| {
        e.add(field, missing);
        String::new()
    })
}
