//! The JSON API: the same use cases with the same rights. Errors are problem details (RFC 9457); a
//! concern is sent with an `Idempotency-Key`; sign in once and send the token as a bearer.

mod openapi;
pub(crate) mod triage;

use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::{Path, Query, State, rejection::JsonRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use tessera_app::concern::Line;
use tessera_app::{
    child::RawSearch,
    concern::{Filter, SendKey, Submission},
    person::RawSignIn,
};
use tessera_core::{
    concern::{Channel, RawConcern},
    errors::FieldErrors,
};

use crate::{
    error::WebError,
    queue::reference,
    site::{Site, Visitor},
};

type Told = Result<Response, WebError>;

/// The description of this API, made from the route table.
pub(crate) async fn openapi() -> Json<Value> {
    Json(openapi::describe())
}

fn body<T>(sent: Result<Json<T>, JsonRejection>) -> Result<T, WebError> {
    sent.map(|Json(body)| body).map_err(|_| WebError::BadRequest)
}

/// Signs in; the token goes into the header of later requests.
pub(crate) async fn sign_in(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    sent: Result<Json<RawSignIn>, JsonRejection>,
) -> Told {
    let (token, user) = site.app.sign_in(&body(sent)?, visitor.actor.request).await?;
    let told = json!({ "token": hex::encode(token), "user": user.to_string() });
    Ok((StatusCode::CREATED, Json(told)).into_response())
}

/// Sends a concern, once for each idempotency key.
pub(crate) async fn submit(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    sent: Result<Json<RawConcern>, JsonRejection>,
) -> Told {
    let raw = body(sent)?;
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok()).unwrap_or("");
    if key.is_empty() || key.len() > 200 {
        let message = "Send an Idempotency-Key header of up to 200 characters";
        return Err(WebError::Fields(FieldErrors::one("Idempotency-Key", message)));
    }
    let channel = Channel::Api;
    let submission = Submission { raw: &raw, channel, key: SendKey::Chosen(key) };
    let receipt = site.app.submit(&visitor.actor, submission).await?;
    let told = json!({
        "reference": receipt.reference.to_string(),
        "follow_up_code": receipt.follow.to_string(),
        "decided_by": receipt.due_at.to_string(),
        "explained": receipt.explained,
    });
    Ok((StatusCode::CREATED, Json(told)).into_response())
}

fn line(line: &Line) -> Value {
    json!({
        "reference": line.reference.to_string(),
        "received_at": line.received_at.to_string(),
        "status": line.status.id(),
        "urgency": line.urgency,
        "danger_now": line.danger_now,
        "what": line.what,
        "agency": line.agency_name,
        "due_at": line.due_at.map(|at| at.to_string()),
        "children": line.children,
        "challenged": line.challenged,
    })
}

/// The concerns of the signed-in person.
pub(crate) async fn own_concerns(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Told {
    let lists = site.app.own_concerns(&visitor.actor).await?;
    let list = |lines: &[Line]| lines.iter().map(line).collect::<Vec<_>>();
    let told = json!({
        "own": list(&lists.own),
        "colleagues": list(&lists.colleagues),
        "routed": list(&lists.routed),
    });
    Ok(Json(told).into_response())
}

/// Where a concern stands, for its sender.
pub(crate) async fn follow(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(concern): Path<String>,
) -> Told {
    let followed = site.app.follow(&visitor.actor, &reference(&concern)?).await?;
    let told = json!({
        "reference": followed.concern.reference.to_string(),
        "received_at": followed.concern.received_at.to_string(),
        "status": followed.concern.status.id(),
        "what": followed.concern.what,
        "due_at": followed.due_at.map(|at| at.to_string()),
        "told": followed.told.iter().map(|(decision, child)| json!({
            "child": child, "words": decision.told, "at": decision.decided_at.to_string(),
        })).collect::<Vec<_>>(),
        "entries": followed.entries.iter().map(|entry| json!({
            "kind": entry.kind.id(), "by": entry.by, "at": entry.at.to_string(), "body": entry.body,
        })).collect::<Vec<_>>(),
    });
    Ok(Json(told).into_response())
}

/// The open concerns of the front door.
pub(crate) async fn queue(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(pairs): Query<std::collections::BTreeMap<String, String>>,
) -> Told {
    let filter = Filter { urgency: pairs.get("urgency").cloned().unwrap_or_default() };
    let (lines, all) = site.app.queue(&visitor.actor, &filter).await?;
    let told = json!({ "open": all, "concerns": lines.iter().map(line).collect::<Vec<_>>() });
    Ok(Json(told).into_response())
}

/// Searches for a child.
pub(crate) async fn search_children(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(raw): Query<RawSearch>,
) -> Told {
    let found = site.app.search_children(&visitor.actor, &raw).await?;
    let told: Vec<Value> = found
        .iter()
        .map(|answer| {
            json!({
                "reference": answer.reference.to_string(),
                "name": answer.name,
                "born": answer.born.map(String::from),
                "reasons": answer.reasons,
            })
        })
        .collect();
    Ok(Json(json!({ "found": told })).into_response())
}

/// A child's file.
pub(crate) async fn child(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(child): Path<String>,
    Query(pairs): Query<std::collections::BTreeMap<String, String>>,
) -> Told {
    let day = pairs.get("as_known_on").and_then(|text| text.parse().ok());
    let file = site.app.view_child(&visitor.actor, &reference(&child)?, day).await?;
    let facts: Vec<Value> = file
        .facts
        .iter()
        .map(|fact| {
            json!({
                "id": fact.id.to_string(),
                "field": fact.field.id(),
                "value": fact.value,
                "source": fact.source,
                "recorded_at": fact.recorded_at.to_string(),
                "recorded_by": fact.recorded_by,
                "corrects": fact.corrects.map(|id| id.to_string()),
                "reason": fact.reason,
            })
        })
        .collect();
    let events: Vec<Value> = file
        .events
        .iter()
        .map(|event| {
            json!({
                "happened_on": event.happened_on.map(String::from),
                "kind": event.kind,
                "fact": event.fact,
                "opinion": event.opinion,
                "source": event.source,
                "recorded_at": event.recorded_at.to_string(),
                "recorded_by": event.recorded_by,
            })
        })
        .collect();
    let told = json!({
        "reference": file.identity.reference.to_string(),
        "name": file.identity.name,
        "born": file.identity.born.map(String::from),
        "restricted": file.identity.restricted,
        "facts": facts,
        "chronology": events,
    });
    Ok(Json(told).into_response())
}
