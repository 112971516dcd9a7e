//! Fictional agencies, people, concerns and children, made through the use cases as people would.

#![allow(clippy::missing_panics_doc, reason = "every maker stops the test at a surprise")]

use tessera_app::{
    child::{RawFact, RawNew},
    concern::{Receipt, SendKey, Submission},
    language::RawTerm,
    person::{RawAgency, RawRoles, RawUser},
    screening::{RawIndicator, RawScreening, Start, StartFrom},
};
use tessera_core::{
    agency::AgencyKind,
    concern::{Channel, RawChild, RawConcern},
    ids::AgencyId,
    partial_date::RawDate,
    reference::Reference,
    time::SignedDuration,
    user::Role,
};
use tessera_policy::Actor;
use tessera_store::concern::read::Whole;

use crate::{World, world::sure};

/// Sets up an agency.
pub async fn agency(w: &World, name: &str, kind: AgencyKind) -> AgencyId {
    let raw = RawAgency { name: name.into(), kind: kind.id().into() };
    sure(name, w.app.add_agency(&w.admin().await, &raw).await)
}

/// Invites a person, makes the account active a second later, and returns them as they ask for
/// things.
pub async fn user(w: &World, name: &str, agency: AgencyId, roles: &[Role]) -> Actor {
    let admin = w.admin().await;
    let roles: Vec<String> = roles.iter().map(|role| role.id().to_owned()).collect();
    let raw = RawUser {
        name: name.into(),
        email: format!("{}@example.org", name.to_lowercase().replace(' ', ".")),
        job_title: "Worker".into(),
        agency: agency.to_string(),
        roles: roles.clone(),
    };
    let (id, _) = sure(name, w.app.invite(&admin, &raw).await);
    w.clock.advance(SignedDuration::from_secs(1));
    let active = RawRoles { roles, standing: "active".into() };
    sure(name, w.app.change_user(&admin, id, &active).await);
    w.actor(id).await
}

/// A hub officer.
pub async fn officer(w: &World) -> Actor {
    user(w, "Olu Officer", w.hub().await, &[Role::HubOfficer]).await
}

/// A hub manager.
pub async fn manager(w: &World) -> Actor {
    user(w, "Mina Manager", w.hub().await, &[Role::HubManager]).await
}

/// What a teaching assistant might type.
#[must_use]
pub fn concern(what: &str) -> RawConcern {
    RawConcern { kind: "worried".into(), what: what.into(), ..RawConcern::default() }
}

/// A child as named in a concern.
#[must_use]
pub fn child(name: &str) -> RawChild {
    RawChild { name: name.into(), ..RawChild::default() }
}

/// A day, a month and a year as typed; what is not known is left empty.
#[must_use]
pub fn date(day: &str, month: &str, year: &str) -> RawDate {
    RawDate { day: day.into(), month: month.into(), year: year.into(), approximate: false }
}

/// A concern about these children.
#[must_use]
pub fn concern_about(children: &[RawChild]) -> RawConcern {
    RawConcern { children: children.to_vec(), ..concern("A white van waits at the school gate.") }
}

/// Sends a concern, under a key of its own.
pub async fn sent(w: &World, by: &Actor, raw: &RawConcern) -> Receipt {
    let key = format!("key {}", w.chance.word());
    let channel = if by.user().is_some() { Channel::Worker } else { Channel::Public };
    let submission = Submission { raw, channel, key: SendKey::Chosen(&key) };
    sure("submit", w.app.submit(by, submission).await)
}

/// A concern as an officer opens it.
pub async fn seen(w: &World, by: &Actor, reference: &Reference) -> Whole {
    sure("view", w.app.view_concern(by, reference).await).whole
}

/// Opens a file for a child, from a concern about it that `officer` works on.
pub async fn file(w: &World, officer: &Actor, child: RawChild) -> Reference {
    file_and_concern(w, officer, child).await.0
}

/// The same, with the concern.
pub async fn file_and_concern(
    w: &World,
    officer: &Actor,
    child: RawChild,
) -> (Reference, Reference) {
    let receipt = sent(w, &Actor::anonymous(None), &concern_about(&[child])).await;
    let file = sure("create", new_file(w, officer, &receipt.reference, 0, &[]).await);
    (file, receipt.reference)
}

/// Opens a file for the nth child of a concern.
pub async fn new_file(
    w: &World,
    officer: &Actor,
    concern: &Reference,
    nth: usize,
    seen_files: &[&Reference],
) -> Result<Reference, tessera_app::AppError> {
    let whole = seen(w, officer, concern).await;
    let Some(child) = whole.children.get(nth) else { panic!("the concern has no child {nth}") };
    let raw = RawNew {
        version: whole.concern.version,
        new_child: child.id.to_string(),
        seen: seen_files.iter().map(ToString::to_string).collect(),
        new_reason: "We hold no file under this name".into(),
    };
    w.app.create_child(officer, concern, &raw).await
}

/// Adds a value to a file.
pub async fn fact(w: &World, by: &Actor, file: &Reference, field: &str, value: &str) {
    let raw =
        RawFact { field: field.into(), value: value.into(), source: "Told by the school".into() };
    sure("add a value", w.app.add_fact(by, file, &raw).await);
}

/// A local entry for words, as a practitioner would type it, ready to be proposed.
#[must_use]
pub fn term(words: &str, reason: &str) -> RawTerm {
    RawTerm {
        forms: words.into(),
        why: "It makes the child the cause of what others did.".into(),
        alternatives: "was harmed by others\ndescribe what happened".into(),
        category: "blame".into(),
        severity: "must-change".into(),
        allow: vec!["quote".into(), "mention".into()],
        source: "Marlbrook young people's panel, October 2026".into(),
        term_reason: reason.into(),
        ..RawTerm::default()
    }
}

/// What a worker might answer in a screening: nothing but that the child comes home late.
#[must_use]
pub fn screen() -> RawScreening {
    screen_with(&[("MIS-03", "yes")])
}

/// A screening with these answers, each with everything that is asked beside it.
#[must_use]
pub fn screen_with(answers: &[(&str, &str)]) -> RawScreening {
    let answer = |response: &str| RawIndicator {
        response: response.into(),
        on: date("20", "11", "2026"),
        basis: "observed".into(),
        narrative: "Seen by the school on three days of one week.".into(),
    };
    let answers = answers.iter().map(|(id, response)| ((*id).to_owned(), answer(response)));
    RawScreening {
        child: RawChild { age: "15".into(), ..child("Robin Fernley") },
        answers: answers.collect(),
        sender_name: "Vera Volunteer".into(),
        ..RawScreening::default()
    }
}

/// Completes a screening and sends it; what the record holds of the child stays as it is filled in.
pub async fn screened(w: &World, by: &Actor, from: StartFrom, raw: &RawScreening) -> Reference {
    let start = Start { from, differences: None };
    let code = sure("start a screening", w.app.start_screening(by, start).await);
    let Some(mut open) = sure("open", w.app.open_screening(&code).await) else {
        panic!("the screening is gone")
    };
    let known = open.raw.child.clone();
    open.raw = raw.clone();
    if !known.is_empty() {
        open.raw.child = known;
    }
    let raw = open.raw.clone();
    sure("keep", w.app.save_screening(by, &open, &raw).await);
    sure("send", w.app.submit_screening(by, &open).await).reference
}
