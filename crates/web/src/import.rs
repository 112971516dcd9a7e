//! Spreadsheets brought in as intelligence reports: a file comes in, its columns are named, its rows
//! are looked at, and all of it is brought in or undone as one batch.

mod page;

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, Query, Request, State},
    http::header,
    response::IntoResponse,
};
use serde::Deserialize;
use tessera_app::{
    AppError,
    batch::{RawColumns, RawFile, RawSend, RawUndoBatch},
    report::RawGrade,
};
use tessera_core::{errors::FieldErrors, ids::BatchId};

use crate::{
    error::WebError,
    form::Pairs,
    parts::{self, Answer, go, show_errors},
    site::{Site, Visitor},
    upload::Upload,
};

/// What somebody typed and could not be taken.
#[derive(Debug, Clone, Default)]
struct Typed {
    columns: Option<RawColumns>,
    send: RawSend,
    undo: RawUndoBatch,
}

fn id(text: &str) -> BatchId {
    // A text that is no id is asked for like one that nothing has.
    text.parse().unwrap_or(BatchId(uuid::Uuid::nil()))
}

/// The batches, and the form to begin one.
pub(crate) async fn list(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    parts::show(&page::list(&site, &visitor, "", &FieldErrors::default()).await?)
}

/// Takes a file.
pub(crate) async fn begin(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    request: Request,
) -> Answer {
    let (parts, body) = request.into_parts();
    let sent = Upload::read(&parts.headers, body, &visitor.csrf, "file").await?;
    let kind = sent.fields.get("kind").to_owned();
    let (name, body, too_large) = (sent.name, sent.body, sent.too_large);
    let raw = RawFile { kind: kind.clone(), name, body, too_large };
    match site.app.begin_batch(&visitor.actor, raw).await {
        Ok(batch) => go(&format!("/imports/{batch}")),
        Err(AppError::Fields(errors)) => {
            show_errors(page::list(&site, &visitor, &kind, &errors).await?, &errors)
        }
        Err(error) => Err(error.into()),
    }
}

/// What was done just now.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Did {
    did: String,
}

/// Opens a batch.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(batch): Path<String>,
    Query(did): Query<Did>,
) -> Answer {
    let none = FieldErrors::default();
    show_batch(&site, &visitor, id(&batch), &Typed::default(), &none, &did.did).await
}

async fn show_batch(
    site: &Site,
    visitor: &Visitor,
    id: BatchId,
    typed: &Typed,
    errors: &FieldErrors,
    did: &str,
) -> Answer {
    let seen = site.app.view_batch(&visitor.actor, id).await?;
    show_errors(page::batch(site, visitor, &seen, typed, errors, did).await?, errors)
}

/// After an act: to the page with what was done, or the page again with what was typed.
async fn after<T>(
    site: &Site,
    visitor: &Visitor,
    id: BatchId,
    done: Result<T, AppError>,
    typed: Typed,
    did: &str,
) -> Answer {
    match done {
        Ok(_) => go(&format!("/imports/{id}?did={did}")),
        Err(AppError::Fields(errors)) => show_batch(site, visitor, id, &typed, &errors, "").await,
        Err(error) => Err(error.into()),
    }
}

fn version(pairs: &Pairs) -> i64 {
    pairs.get("version").parse().unwrap_or_default()
}

/// Keeps what the columns mean.
pub(crate) async fn columns(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(batch): Path<String>,
    pairs: Pairs,
) -> Answer {
    let mut means = Vec::new();
    while pairs.has(&format!("means-{}", means.len())) {
        means.push(pairs.get(&format!("means-{}", means.len())).to_owned());
    }
    let (kind, keep) = (pairs.get("kind").to_owned(), pairs.get("keep").to_owned());
    let raw = RawColumns { version: version(&pairs), kind, means, keep };
    let done = site.app.name_columns(&visitor.actor, id(&batch), &raw).await;
    let typed = Typed { columns: Some(raw), ..Typed::default() };
    after(&site, &visitor, id(&batch), done, typed, "named").await
}

/// Brings it in.
pub(crate) async fn send(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(batch): Path<String>,
    pairs: Pairs,
) -> Answer {
    let get = |name: &str| pairs.get(name).to_owned();
    let grade = RawGrade {
        version: 0,
        source_grade: get("source_grade"),
        intelligence_grade: get("intelligence_grade"),
        handling: get("handling"),
        action_condition: get("action_condition"),
        sanitisation_condition: get("sanitisation_condition"),
        existence: get("existence"),
        priority: get("priority"),
        review_months: get("review_months"),
        grade_reason: get("grade_reason"),
    };
    let raw = RawSend { version: version(&pairs), grade, near: get("near") };
    let done = site.app.send_batch(&visitor.actor, id(&batch), &raw).await;
    let typed = Typed { send: raw, ..Typed::default() };
    after(&site, &visitor, id(&batch), done, typed, "sent").await
}

/// Drops what was not brought in.
pub(crate) async fn drop_draft(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(batch): Path<String>,
    pairs: Pairs,
) -> Answer {
    site.app.drop_batch(&visitor.actor, id(&batch), version(&pairs)).await?;
    go("/imports")
}

/// Undoes it.
pub(crate) async fn undo(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(batch): Path<String>,
    pairs: Pairs,
) -> Answer {
    let raw = RawUndoBatch {
        version: version(&pairs),
        undo_reason: pairs.get("undo_reason").to_owned(),
        built_on: pairs.get("built_on").to_owned(),
    };
    let done = site.app.undo_batch(&visitor.actor, id(&batch), &raw).await;
    let typed = Typed { undo: raw, ..Typed::default() };
    after(&site, &visitor, id(&batch), done, typed, "undone").await
}

/// The rows that could not come in, as a file.
pub(crate) async fn rejected(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(batch): Path<String>,
) -> Result<axum::response::Response, WebError> {
    let body = site.app.rejected_rows(&visitor.actor, id(&batch)).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"rejected.csv\""),
    ];
    Ok((headers, body).into_response())
}
