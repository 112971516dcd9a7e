//! The hub's work by JSON: a concern with all that belongs to it, and each act on it. An act names
//! the version it was decided on, so one that is sent twice is answered 409 the second time.

use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::{Path, State, rejection::JsonRejection},
    http::StatusCode,
    response::IntoResponse,
};
use serde_json::{Value, json};
use tessera_app::{
    check::RawCheckAnswer,
    child::RawNew,
    concern::{
        RawAnswer, RawAsk, RawChallenge, RawCheck, RawDecision, RawEntry, RawLink, RawRoutes,
        RawSharing, RawStop, RawUrgency, Whole,
    },
};
use tessera_core::{
    check::{Answer, PartnerCheck},
    time::Timestamp,
};

use super::{Told, body};
use crate::{
    check::id,
    queue::reference,
    site::{Site, Visitor},
};

fn when(at: Option<Timestamp>) -> Value {
    json!(at.map(|at| at.to_string()))
}

fn check(check: &PartnerCheck) -> Value {
    json!({
        "id": check.id.to_string(), "child_name": check.child_name,
        "child_born": check.child_born, "agency": check.agency_name, "question": check.question,
        "asked_by": check.asked_by, "asked_at": check.asked_at.to_string(),
        "due_at": check.due_at.to_string(), "answer": check.answer.map(Answer::id),
        "held": check.held, "reason": check.reason, "answered_by": check.answered_by,
        "answered_at": when(check.answered_at), "escalated_at": when(check.escalated_at),
    })
}

/// A list of a concern, each row as an object.
macro_rules! rows {
    ($list:expr, $row:ident => {$($key:literal: $value:expr),+ $(,)?}) => {
        $list.iter().map(|$row| json!({$($key: $value),+})).collect::<Vec<_>>()
    };
}

fn whole(whole: &Whole) -> Value {
    let c = &whole.concern;
    let files = &whole.files;
    let file = |child| {
        files.iter().find(|(of, _)| *of == child).map(|(_, reference)| reference.to_string())
    };
    json!({
        "reference": c.reference.to_string(), "version": c.version, "status": c.status.id(),
        "received_at": c.received_at.to_string(), "channel": c.channel.id(),
        "agency": c.agency_name, "urgency": c.urgency, "danger_now": c.danger_now,
        "what": c.what, "opinion": c.opinion, "child_words": c.child_words, "place": c.place,
        "when_text": c.when_text, "happened_on": c.happened_on.map(String::from),
        "others": c.others, "origin": c.origin, "child_knows": c.child_knows,
        "parents_know": c.parents_know,
        "children": rows!(whole.children, row => {
            "id": row.id.to_string(), "name": row.name, "known_as": row.known_as,
            "born": row.born.map(String::from), "age": row.age, "school": row.school,
            "address": row.address, "nhs_number": row.nhs_number, "file": file(row.id),
        }),
        "entries": rows!(whole.entries, row => {
            "kind": row.kind.id(), "by": row.by, "at": row.at.to_string(), "body": row.body,
        }),
        "urgencies": rows!(whole.urgencies, row => {
            "urgency": row.urgency, "reason": row.reason, "by": row.by, "at": row.at.to_string(),
        }),
        "routes": rows!(whole.routes, row => {
            "route": row.route, "reason": row.reason, "by": row.by, "at": row.at.to_string(),
        }),
        "sharing": rows!(whole.sharing, row => {
            "basis": row.basis, "agreement": row.agreement, "reason": row.reason, "by": row.by,
            "at": row.at.to_string(),
        }),
        "decisions": rows!(whole.decisions, row => {
            "child": row.child.to_string(), "outcome": row.outcome,
            "need_level": row.need_level, "reason": row.reason, "told": row.told,
            "by": row.decided_by, "at": row.decided_at.to_string(),
        }),
        "checks": whole.checks.iter().map(check).collect::<Vec<_>>(),
        "challenges": rows!(whole.challenges, row => {
            "id": row.id.to_string(), "reason": row.reason, "at": row.at.to_string(),
            "due_at": row.due_at.to_string(), "answer": row.answer, "changed": row.changed,
            "answered_by": row.answered_by, "answered_at": when(row.answered_at),
        }),
        "clocks": rows!(whole.clocks, row => {
            "rule": row.rule, "started_at": row.started_at.to_string(),
            "due_at": row.due_at.to_string(), "explained": row.explained,
            "met_at": when(row.met_at), "stopped_at": when(row.stopped_at),
            "stop_reason": row.stop_reason,
        }),
    })
}

/// One concern, for those who may open it at the hub.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(concern): Path<String>,
) -> Told {
    let seen = site.app.view_concern(&visitor.actor, &reference(&concern)?).await?;
    let mut told = whole(&seen.whole);
    if let Some(told) = told.as_object_mut() {
        let earlier = rows!(seen.earlier, row => {
            "reference": row.reference.to_string(), "received_at": row.received_at.to_string(),
            "status": row.status, "what": row.what, "reasons": row.reasons,
        });
        told.insert("earlier".into(), json!(earlier));
    }
    Ok(Json(told).into_response())
}

/// The partner checks of one's agency.
pub(crate) async fn checks(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Told {
    let found = site.app.checks(&visitor.actor).await?;
    Ok(Json(json!({ "checks": found.iter().map(check).collect::<Vec<_>>() })).into_response())
}

/// Answers a partner check.
pub(crate) async fn answer_check(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(check): Path<String>,
    sent: Result<Json<RawCheckAnswer>, JsonRejection>,
) -> Told {
    site.app.answer_check(&visitor.actor, id(&check)?, &body(sent)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Opens a new file for a child of a concern.
pub(crate) async fn new_child(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(concern): Path<String>,
    sent: Result<Json<RawNew>, JsonRejection>,
) -> Told {
    let of = reference(&concern)?;
    let file = site.app.create_child(&visitor.actor, &of, &body(sent)?).await?;
    Ok((StatusCode::CREATED, Json(json!({ "reference": file.to_string() }))).into_response())
}

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident, $raw:ty, $verb:ident;)+) => {$(
        $(#[$doc])*
        pub(crate) async fn $name(
            State(site): State<Arc<Site>>,
            Extension(visitor): Extension<Visitor>,
            Path(concern): Path<String>,
            sent: Result<Json<$raw>, JsonRejection>,
        ) -> Told {
            site.app.$verb(&visitor.actor, &reference(&concern)?, &body(sent)?).await?;
            Ok(StatusCode::NO_CONTENT.into_response())
        }
    )+};
}

acts! {
    /// Adds to a concern one sent.
    add, RawEntry, add_entry;
    /// Challenges an outcome.
    challenge, RawChallenge, challenge;
    /// Sets the urgency.
    urgency, RawUrgency, set_urgency;
    /// Takes further routes.
    routes, RawRoutes, add_routes;
    /// Records the basis for sharing.
    sharing, RawSharing, record_sharing;
    /// Asks the sender, or keeps a note.
    entry, RawAsk, write_entry;
    /// Asks agencies.
    ask, RawCheck, ask_agencies;
    /// Decides about one child.
    decision, RawDecision, decide;
    /// Stops a clock.
    clock, RawStop, stop_clock;
    /// Answers a challenge.
    answer, RawAnswer, answer_challenge;
    /// Joins a child to a file, or parts them.
    link, RawLink, link_child;
}
