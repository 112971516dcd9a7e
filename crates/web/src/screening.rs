//! Screenings that were sent: lists, one-use links, the result with its reasons, and the decision.

mod links;
mod lists;
mod page;

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, Query, State},
};
use serde::Deserialize;
use tessera_app::{
    AppError,
    screening::{RawLevel, RawPassOn, Start, StartFrom},
};
use tessera_core::{errors::FieldErrors, reference::Reference};

pub(crate) use links::{end_link, links, make_link};
pub(crate) use lists::{attached, list, of_file};

use crate::{
    error::WebError,
    form::Form,
    parts::{self, Answer, go, show_errors},
    screen::with_cookie,
    site::{Site, Visitor},
};

/// What a screening is begun from, as sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct From {
    /// The reference of a child's file.
    pub(super) file: String,
    /// The reference of a concern.
    pub(super) concern: String,
}

impl From {
    fn read(&self) -> Result<StartFrom, WebError> {
        let reference = |text: &str| text.parse().map_err(|_| WebError::NotFound);
        Ok(match (self.file.trim(), self.concern.trim()) {
            ("", "") => StartFrom::Nothing,
            (file, "") => StartFrom::File(reference(file)?),
            (_, concern) => StartFrom::Concern(reference(concern)?),
        })
    }
}

/// How a screening is begun.
pub(crate) async fn start_form(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(from): Query<From>,
) -> Answer {
    site.app.may_start_screening(&visitor.actor).await?;
    parts::show(&page::start(&site, &visitor, &from).await?)
}

/// Begins it.
pub(crate) async fn start(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(from): Form<From>,
) -> Answer {
    let start = Start { from: from.read()?, differences: None };
    let code = site.app.start_screening(&visitor.actor, start).await?;
    with_cookie(&site, &code, "/screen")
}

fn reference(text: &str) -> Result<Reference, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

/// What somebody typed and could not be taken.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    pub(super) level: RawLevel,
    pub(super) pass_on: RawPassOn,
}

async fn show_one(
    site: &Site,
    visitor: &Visitor,
    reference: &Reference,
    typed: &Typed,
    errors: &FieldErrors,
) -> Answer {
    let shown = site.app.view_screening(&visitor.actor, reference).await?;
    show_errors(page::result(site, visitor, &shown, typed, errors).await?, errors)
}

/// Opens a screening.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(screening): Path<String>,
) -> Answer {
    let errors = FieldErrors::default();
    show_one(&site, &visitor, &reference(&screening)?, &Typed::default(), &errors).await
}

/// The other screening.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct With {
    with: String,
}

/// Two screenings of one child side by side.
pub(crate) async fn compare(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(screening): Path<String>,
    Query(other): Query<With>,
) -> Answer {
    let one = reference(&screening)?;
    if other.with.is_empty() {
        // Without another there is nothing to compare; who may see this one comes back to it.
        site.app.view_screening(&visitor.actor, &one).await?;
        return go(&format!("/screenings/{one}#others"));
    }
    let (before, after) =
        site.app.compare_screenings(&visitor.actor, &one, &reference(&other.with)?).await?;
    parts::show(&page::compare(&site, &visitor, &before, &after).await?)
}

async fn after(
    site: &Site,
    visitor: &Visitor,
    reference: &Reference,
    done: Result<(), AppError>,
    typed: Typed,
) -> Answer {
    match done {
        Ok(()) => go(&format!("/screenings/{reference}")),
        Err(AppError::Fields(errors)) => show_one(site, visitor, reference, &typed, &errors).await,
        Err(error) => Err(error.into()),
    }
}

/// Decides the level.
pub(crate) async fn level(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(screening): Path<String>,
    Form(raw): Form<RawLevel>,
) -> Answer {
    let reference = reference(&screening)?;
    let done = site.app.decide_level(&visitor.actor, &reference, &raw).await;
    after(&site, &visitor, &reference, done, Typed { level: raw, ..Typed::default() }).await
}

/// The version of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Version {
    version: i64,
}

/// Agrees to a lower level.
pub(crate) async fn agree(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(screening): Path<String>,
    Form(page): Form<Version>,
) -> Answer {
    let reference = reference(&screening)?;
    let done = site.app.agree_to_level(&visitor.actor, &reference, page.version).await;
    after(&site, &visitor, &reference, done, Typed::default()).await
}

/// Passes it on to the front door.
pub(crate) async fn pass_on(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(screening): Path<String>,
    Form(raw): Form<RawPassOn>,
) -> Answer {
    let reference = reference(&screening)?;
    let done = site.app.pass_screening_on(&visitor.actor, &reference, &raw).await;
    after(&site, &visitor, &reference, done, Typed { pass_on: raw, ..Typed::default() }).await
}
