//! Which child is it? The search comes first, with its reasons; then the officer joins the child to
//! a file, or says why there is none and opens one.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
};
use tessera_app::{
    AppError,
    child::{Found, RawNew, RawSearch},
    concern::RawLink,
};
use tessera_core::{
    concern::ConcernChild, errors::FieldErrors, partial_date::PartialDate, reference::Reference,
};
use tessera_pages::{
    components::{
        Button, Cell, Content, HeadCell, Link, SummaryList, SummaryRow, Table, TextInput,
    },
    page::{Form as PageForm, Page, Section, bullets, p},
};

use crate::{
    error::WebError,
    form::Form,
    parts::{Answer, area, err, go, or_not_given, show_errors},
    queue::reference,
    site::{Site, Visitor},
};

/// Shows the search for one child of a concern.
pub(crate) async fn identify(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path((concern, child)): Path<(String, String)>,
) -> Answer {
    let reference = reference(&concern)?;
    show(&site, &visitor, &reference, &child, &Typed::default(), &FieldErrors::default()).await
}

#[derive(Default)]
struct Typed {
    link: RawLink,
    new: RawNew,
}

async fn show(
    site: &Site,
    visitor: &Visitor,
    reference: &Reference,
    child: &str,
    typed: &Typed,
    errors: &FieldErrors,
) -> Answer {
    let seen = site.app.view_concern(&visitor.actor, reference).await?;
    if !seen.may_work {
        return Err(WebError::Forbidden);
    }
    let named = seen.whole.children.iter().find(|c| c.id.to_string() == child);
    let Some(named) = named else { return Err(WebError::NotFound) };
    let found = site.app.search_children(&visitor.actor, &search_for(named)).await;
    let found = match found {
        Ok(found) => found,
        // Nothing to search by: no name and no number were given.
        Err(AppError::Fields(_)) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    let mut layout = site.layout(visitor, "Which child is it?").await?;
    layout.back = Some(format!("/queue/{reference}#children"));
    let version = seen.whole.concern.version.to_string();
    let joined = seen.whole.files.iter().find(|(id, _)| *id == named.id).map(|(_, r)| r);
    let link = PageForm::new(format!("/queue/{reference}/link"), &layout)
        .hidden("version", &version)
        .hidden("link_child", child)
        .part(
            TextInput::new("file", "Reference of the file")
                .hint("Leave it empty to part them")
                .value(if typed.link.file.is_empty() {
                    found.first().map(|f| f.reference.to_string()).unwrap_or_default()
                } else {
                    typed.link.file.clone()
                })
                .width(20)
                .error_if(err(errors, "file")),
        )
        .part(area("link_reason", "Why is it this child?", &typed.link.link_reason, errors))
        .part(Button::new("Join to this file"));
    let mut new = PageForm::new(format!("/queue/{reference}/new-child"), &layout)
        .hidden("version", &version)
        .hidden("new_child", child);
    for answer in &found {
        new = new.hidden("seen", answer.reference.to_string());
    }
    let new = new
        .part(area("new_reason", "Why is it none of them?", &typed.new.new_reason, errors))
        .part(Button::new("Open a new file").secondary());
    let page = Page::new(layout)
        .caption(format!("Concern {reference}"))
        .part(told(named))
        .part_if(joined.map(|r| p(format!("Joined to {r} now."))))
        .part(answers(&found))
        .part(Section::new("join", "It is a child we have a file for").part(link))
        .part(Section::new("new", "It is none of them").part(new));
    show_errors(page, errors)
}

fn told(named: &ConcernChild) -> SummaryList {
    let born = named.born.map(|d| d.to_string()).or_else(|| named.age.clone());
    SummaryList::new([
        SummaryRow::new("Name as given", or_not_given(Some(&named.name))),
        SummaryRow::new("Known as", or_not_given(named.known_as.as_deref())),
        SummaryRow::new("Born or age", or_not_given(born.as_deref())),
        SummaryRow::new("NHS number", or_not_given(named.nhs_number.as_deref())),
        SummaryRow::new("Address", or_not_given(named.address.as_deref())),
    ])
}

fn search_for(named: &ConcernChild) -> RawSearch {
    let born = named.born;
    let part = |n: Option<i8>| n.map(|n| n.to_string()).unwrap_or_default();
    let name = if named.name.trim().is_empty() {
        named.known_as.clone().unwrap_or_default()
    } else {
        named.name.clone()
    };
    RawSearch {
        name,
        born_day: part(born.and_then(PartialDate::day_of_month)),
        born_month: part(born.and_then(PartialDate::month)),
        born_year: born.map(|d| d.year().to_string()).unwrap_or_default(),
        nhs_number: named.nhs_number.clone().unwrap_or_default(),
    }
}

/// The answers of a search, each with its reasons.
pub(crate) fn answers(found: &[Found]) -> Content {
    if found.is_empty() {
        return Content::from("No file answers this search.");
    }
    let head = ["File", "Name", "Born", "Why it is an answer"].map(HeadCell::from);
    let table = found.iter().fold(
        Table::new("Files that may answer, the closest first", head),
        |table, answer| {
            let link =
                Link::new(answer.reference.to_string(), format!("/children/{}", answer.reference));
            let born = answer.born.map(|d| d.to_string());
            table.row([
                Cell::from(Content::from(link)),
                Cell::from(answer.name.clone()),
                Cell::from(or_not_given(born.as_deref())),
                Cell::from(Content::from(bullets(answer.reasons.clone()))),
            ])
        },
    );
    table.into()
}

/// Joins the child to a file, or parts them.
pub(crate) async fn link(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(concern): Path<String>,
    Form(raw): Form<RawLink>,
) -> Answer {
    let reference = reference(&concern)?;
    match site.app.link_child(&visitor.actor, &reference, &raw).await {
        Ok(()) => go(&format!("/queue/{reference}#children")),
        Err(AppError::Fields(errors)) => {
            let child = raw.link_child.clone();
            let typed = Typed { link: raw, ..Typed::default() };
            show(&site, &visitor, &reference, &child, &typed, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Opens a new file.
pub(crate) async fn new_child(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(concern): Path<String>,
    Form(raw): Form<RawNew>,
) -> Answer {
    let reference = reference(&concern)?;
    match site.app.create_child(&visitor.actor, &reference, &raw).await {
        Ok(_) => go(&format!("/queue/{reference}#children")),
        Err(AppError::Fields(errors)) => {
            let child = raw.new_child.clone();
            let typed = Typed { new: raw, ..Typed::default() };
            show(&site, &visitor, &reference, &child, &typed, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}
