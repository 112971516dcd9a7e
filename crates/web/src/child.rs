//! Children's files over HTTP.

mod page;

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, Query, State},
    response::IntoResponse,
};
use serde::Deserialize;
use tessera_app::{
    AppError,
    child::{
        RawAccess, RawCorrection, RawEvent, RawFact, RawInvolvement, RawReason, RawRelation,
        RawReview, RawSearch, RawSettle,
    },
};
use tessera_core::{errors::FieldErrors, reference::Reference, time::Date};
use tessera_pages::{
    components::{Content, Filter, TextInput},
    page::{Page, p},
};
use tessera_policy::Refusal;

use crate::{
    error::WebError,
    form::Form,
    parts::{self, Answer, date, err, go, show_errors},
    queue::reference,
    site::{Site, Visitor},
};

/// Searches for a child.
pub(crate) async fn search(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(raw): Query<RawSearch>,
) -> Answer {
    let mut errors = FieldErrors::default();
    let mut found = None;
    match site.app.search_children(&visitor.actor, &raw).await {
        Ok(answers) => found = Some(answers),
        Err(AppError::Fields(wrong)) => {
            // Before anything is typed nothing is a mistake.
            if !raw.is_empty() {
                errors = wrong;
            }
        }
        Err(error) => return Err(error.into()),
    }
    let mut layout = site.layout(&visitor, "Find a child").await?;
    layout.wide = true;
    let name = TextInput::new("name", "Name")
        .hint("In any order, as you heard it; a nickname will do")
        .value(&raw.name)
        .error_if(err(&errors, "name"));
    let born = date("born", "Date of birth, or part of it", &raw.born(), &errors);
    let number = TextInput::new("nhs_number", "NHS number")
        .value(&raw.nhs_number)
        .width(20)
        .error_if(err(&errors, "nhs_number"));
    let fields = tessera_pages::components::Markup::join([
        tessera_pages::components::Markup::of(&name),
        tessera_pages::components::Markup::of(&born),
        tessera_pages::components::Markup::of(&number),
    ]);
    let mut form = Filter::new("/children", "Find a child", Content::Html(fields));
    form.button = "Search".into();
    let page = Page::new(layout)
        .part(p(
            "Each search is written down. The order ranks answers to this search, not children.",
        ))
        .part(form)
        .part_if(found.map(|found| crate::queue::answers(&found)));
    show_errors(page, &errors)
}

/// How a file is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Known {
    as_known_on: String,
}

/// Opens a file, or asks for the reason first, or says that it is restricted.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(child): Path<String>,
    Query(known): Query<Known>,
) -> Answer {
    let reference = reference(&child)?;
    open(
        &site,
        &visitor,
        &reference,
        &known.as_known_on,
        &RawReason::default(),
        &FieldErrors::default(),
    )
    .await
}

async fn open(
    site: &Site,
    visitor: &Visitor,
    reference: &Reference,
    as_known_on: &str,
    typed: &RawReason,
    errors: &FieldErrors,
) -> Answer {
    let day: Option<Date> = as_known_on.parse().ok();
    match site.app.view_child(&visitor.actor, reference, day).await {
        Ok(file) => parts::show(&page::file(site, visitor, &file).await?),
        Err(AppError::Refused(Refusal::ReasonNeeded)) => {
            let page = page::reason(site, visitor, reference, typed, errors, Ask::Reason).await?;
            forbidden(&page, errors)
        }
        Err(AppError::Refused(Refusal::Restricted)) => {
            let page =
                page::reason(site, visitor, reference, typed, errors, Ask::Emergency).await?;
            forbidden(&page, errors)
        }
        Err(error) => Err(error.into()),
    }
}

/// What the reason is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ask {
    /// A file outside one's own work.
    Reason,
    /// A restricted file, in an emergency.
    Emergency,
}

/// A page that shows nothing of the record: 403, or 422 when a reason was given that cannot be taken.
#[allow(clippy::unnecessary_wraps, reason = "it ends a handler")]
fn forbidden(page: &Page, errors: &FieldErrors) -> Answer {
    let status = if errors.is_empty() {
        axum::http::StatusCode::FORBIDDEN
    } else {
        axum::http::StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok((status, axum::response::Html(page.to_string())).into_response())
}

/// Gives a reason.
pub(crate) async fn reason(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(child): Path<String>,
    Form(raw): Form<RawReason>,
) -> Answer {
    let reference = reference(&child)?;
    match site.app.give_reason(&visitor.actor, &reference, &raw).await {
        Ok(()) => go(&format!("/children/{reference}")),
        Err(AppError::Fields(errors)) => open(&site, &visitor, &reference, "", &raw, &errors).await,
        Err(error) => Err(error.into()),
    }
}

/// Opens a restricted file in an emergency.
pub(crate) async fn override_restriction(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(child): Path<String>,
    Form(raw): Form<RawReason>,
) -> Answer {
    let reference = reference(&child)?;
    match site.app.override_restriction(&visitor.actor, &reference, &raw).await {
        Ok(()) => go(&format!("/children/{reference}")),
        Err(AppError::Fields(errors)) => open(&site, &visitor, &reference, "", &raw, &errors).await,
        Err(error) => Err(error.into()),
    }
}

/// The file on paper.
pub(crate) async fn print(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(child): Path<String>,
) -> Answer {
    let file = site.app.print_child(&visitor.actor, &reference(&child)?).await?;
    parts::show(&page::print(&site, &visitor, &file).await?)
}

/// Who looked.
pub(crate) async fn lookers(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(child): Path<String>,
) -> Answer {
    let reference = reference(&child)?;
    let lookers = site.app.lookers(&visitor.actor, &reference).await?;
    parts::show(&page::lookers(&site, &visitor, &reference, &lookers).await?)
}

/// What was typed and could not be taken.
#[derive(Default)]
pub(crate) struct Typed {
    /// The form that was sent, by the name of its field here.
    pub(crate) sent: &'static str,
    pub(crate) fact: RawFact,
    pub(crate) event: RawEvent,
    pub(crate) relation: RawRelation,
    pub(crate) involvement: RawInvolvement,
}

/// The forms that add to a file.
pub(crate) async fn add_forms(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(child): Path<String>,
) -> Answer {
    let reference = reference(&child)?;
    show_add(&site, &visitor, &reference, &Typed::default(), &FieldErrors::default()).await
}

async fn show_add(
    site: &Site,
    visitor: &Visitor,
    reference: &Reference,
    typed: &Typed,
    errors: &FieldErrors,
) -> Answer {
    let file = site.app.view_child(&visitor.actor, reference, None).await?;
    if !file.may_correct {
        return Err(WebError::Forbidden);
    }
    show_errors(page::add(site, visitor, &file, typed, errors).await?, errors)
}

macro_rules! adds {
    ($($(#[$doc:meta])* $name:ident, $raw:ty, $field:ident;)+) => {$(
        $(#[$doc])*
        pub(crate) async fn $name(
            State(site): State<Arc<Site>>,
            Extension(visitor): Extension<Visitor>,
            Path(child): Path<String>,
            Form(raw): Form<$raw>,
        ) -> Answer {
            let reference = reference(&child)?;
            match site.app.$name(&visitor.actor, &reference, &raw).await {
                Ok(()) => go(&format!("/children/{reference}")),
                Err(AppError::Fields(errors)) => {
                    let typed = Typed { $field: raw, sent: stringify!($field), ..Typed::default() };
                    show_add(&site, &visitor, &reference, &typed, &errors).await
                }
                Err(error) => Err(error.into()),
            }
        }
    )+};
}

adds! {
    /// Adds a value.
    add_fact, RawFact, fact;
    /// Adds to the chronology.
    add_event, RawEvent, event;
    /// Adds a person around the child.
    add_relation, RawRelation, relation;
    /// Names a worker.
    add_involvement, RawInvolvement, involvement;
}

/// The form that corrects a value.
pub(crate) async fn correct_form(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path((child, fact)): Path<(String, String)>,
) -> Answer {
    let reference = reference(&child)?;
    let raw = RawCorrection { fact, ..RawCorrection::default() };
    show_correct(&site, &visitor, &reference, &raw, &FieldErrors::default()).await
}

async fn show_correct(
    site: &Site,
    visitor: &Visitor,
    reference: &Reference,
    raw: &RawCorrection,
    errors: &FieldErrors,
) -> Answer {
    let file = site.app.view_child(&visitor.actor, reference, None).await?;
    if !file.may_correct {
        return Err(WebError::Forbidden);
    }
    let fact = site.app.fact_of(file.identity.id, &raw.fact).await?;
    show_errors(page::correct(site, visitor, &file, &fact, raw, errors).await?, errors)
}

/// Corrects a value.
pub(crate) async fn correct(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path((child, fact)): Path<(String, String)>,
    Form(raw): Form<RawCorrection>,
) -> Answer {
    let reference = reference(&child)?;
    let raw = RawCorrection { fact, ..raw };
    match site.app.correct_fact(&visitor.actor, &reference, &raw).await {
        Ok(()) => go(&format!("/children/{reference}")),
        Err(AppError::Fields(errors)) => {
            show_correct(&site, &visitor, &reference, &raw, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Who may see the file.
pub(crate) async fn access(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(child): Path<String>,
) -> Answer {
    let reference = reference(&child)?;
    show_access(&site, &visitor, &reference, &RawAccess::default(), &FieldErrors::default()).await
}

async fn show_access(
    site: &Site,
    visitor: &Visitor,
    reference: &Reference,
    raw: &RawAccess,
    errors: &FieldErrors,
) -> Answer {
    let access = site.app.access_of(&visitor.actor, reference).await?;
    show_errors(page::access(site, visitor, reference, &access, raw, errors).await?, errors)
}

/// Changes who may see the file.
pub(crate) async fn change_access(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(child): Path<String>,
    Form(raw): Form<RawAccess>,
) -> Answer {
    let reference = reference(&child)?;
    match site.app.change_access(&visitor.actor, &reference, &raw).await {
        Ok(()) => go(&format!("/children/{reference}/access")),
        Err(AppError::Fields(errors)) => {
            show_access(&site, &visitor, &reference, &raw, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

/// What waits for a steward.
pub(crate) async fn steward(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    show_steward(&site, &visitor, &FieldErrors::default()).await
}

async fn show_steward(site: &Site, visitor: &Visitor, errors: &FieldErrors) -> Answer {
    let waiting = site.app.stewardship(&visitor.actor).await?;
    show_errors(page::steward(site, visitor, &waiting, errors).await?, errors)
}

/// Reviews an emergency opening.
pub(crate) async fn review(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(raw): Form<RawReview>,
) -> Answer {
    match site.app.review_opening(&visitor.actor, &raw).await {
        Ok(()) => go("/steward"),
        Err(AppError::Fields(errors)) => show_steward(&site, &visitor, &errors).await,
        Err(error) => Err(error.into()),
    }
}

/// Settles two files.
pub(crate) async fn settle(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(raw): Form<RawSettle>,
) -> Answer {
    match site.app.settle(&visitor.actor, &raw).await {
        Ok(()) => go("/steward"),
        Err(AppError::Fields(errors)) => show_steward(&site, &visitor, &errors).await,
        Err(error) => Err(error.into()),
    }
}
