//! The front door at work: the queue, one concern with everything beside it, and each act on it.

pub(crate) mod document;
mod identify;
mod page;

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, Query, State},
};
use serde::Deserialize;
use tessera_app::concern::Line;
use tessera_app::{
    AppError,
    concern::{
        Filter, RawAnswer, RawAsk, RawCheck, RawDecision, RawRoutes, RawSharing, RawStop,
        RawUrgency,
    },
};
use tessera_core::{concern::Reporter, errors::FieldErrors, reference::Reference};
use tessera_pages::{
    components::{
        Button, Cell, Content, Filter as FilterForm, HeadCell, Link, Select, SelectItem, Table,
        TextInput,
    },
    page::{Page, p},
};

pub(crate) use identify::{answers, identify, link, new_child};

use crate::{
    acts::acts,
    error::WebError,
    form::Form,
    parts::{self, Answer, beginning, deadline, go, show_errors, urgency_tag},
    site::{Site, Visitor},
};

/// The part of the queue asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Part {
    urgency: String,
}

/// The queue, most urgent first.
pub(crate) async fn list(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(part): Query<Part>,
) -> Answer {
    let filter = Filter { urgency: part.urgency.clone() };
    let (lines, all) = site.app.queue(&visitor.actor, &filter).await?;
    let mut layout = site.layout(&visitor, "Queue").await?;
    layout.wide = true;
    let mut items = vec![SelectItem::new("", "All"), SelectItem::new("none", "Not graded")];
    let codes = site.app.codes.options("urgency");
    items.extend(codes.iter().map(|code| SelectItem::new(&code.id, &code.label)));
    let select = Select::new("urgency", "Urgency", items).chosen(&part.urgency);
    let shown = lines.len();
    let count = if usize::try_from(all).is_ok_and(|all| all > shown) {
        format!("{all} open concerns; the first {shown} are shown")
    } else {
        format!("{all} open concerns")
    };
    let page = Page::new(layout)
        .part(FilterForm::new("/queue", "Filter the queue", Content::from(select)))
        .part(p(count))
        .part(table(&site, "Open concerns, most urgent first", &lines))
        .part(
            p(Button::link("Enter a concern for someone", "/tell?channel=telephone").secondary()),
        );
    parts::show(&page)
}

fn table(site: &Site, caption: &str, lines: &[Line]) -> Table {
    let head = ["Urgency", "Reference", "Due", "Beginning", "Children", "From", "Status"];
    lines.iter().fold(Table::new(caption, head.map(HeadCell::from)), |table, line| {
        let tag = urgency_tag(&site.app.codes, line.urgency.as_deref(), line.danger_now);
        let href = format!("/queue/{}", line.reference);
        let due = line.due_at.map_or_else(
            || Content::from("No clock runs"),
            |at| deadline(at, site.app.db.now()).into(),
        );
        let status = if line.challenged { "Challenged" } else { line.status.label() };
        table.row([
            Cell::from(Content::from(tag)),
            Cell::from(Content::from(Link::new(line.reference.to_string(), href))),
            Cell::from(due),
            Cell::from(beginning(&line.what, 90)),
            Cell::from(line.children.to_string()),
            Cell::from(line.agency_name.clone().unwrap_or_else(|| "Public".into())),
            Cell::from(status),
        ])
    })
}

/// What is searched for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Words {
    q: String,
}

/// Searches the words of concerns.
pub(crate) async fn search(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(words): Query<Words>,
) -> Answer {
    let found = site.app.search_concerns(&visitor.actor, &words.q).await?;
    let mut layout = site.layout(&visitor, "Search concerns").await?;
    layout.wide = true;
    let input = TextInput::new("q", "Words")
        .hint("All words must occur; the beginning of a word is enough")
        .value(&words.q);
    let mut form = FilterForm::new("/search", "Search", Content::from(input));
    form.button = "Search".into();
    let asked = !words.q.trim().is_empty();
    let page = Page::new(layout)
        .part(form)
        .part_if(asked.then(|| p(format!("{} concerns found", found.len()))))
        .part_if((!found.is_empty()).then(|| table(&site, "Concerns found", &found)));
    parts::show(&page)
}

pub(crate) fn reference(text: &str) -> Result<Reference, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

/// Who sent a concern, as far as the page shows it.
pub(crate) enum Sender {
    /// Not asked for: the page offers to show it.
    Sealed,
    /// They did not say who they are.
    NotSaid,
    /// Shown, and written down that it was.
    Shown(Reporter),
}

/// What an officer typed and could not be taken; every form of the page has its place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typed {
    pub(crate) urgency: RawUrgency,
    pub(crate) routes: RawRoutes,
    pub(crate) sharing: RawSharing,
    pub(crate) entry: RawAsk,
    pub(crate) check: RawCheck,
    pub(crate) decision: RawDecision,
    pub(crate) stop: RawStop,
    pub(crate) answer: RawAnswer,
}

/// One concern.
pub(crate) async fn show_concern(
    site: &Site,
    visitor: &Visitor,
    reference: &Reference,
    typed: &Typed,
    errors: &FieldErrors,
    sender: Sender,
) -> Answer {
    let seen = site.app.view_concern(&visitor.actor, reference).await?;
    let page = page::concern(site, visitor, &seen, typed, errors, sender).await?;
    show_errors(page, errors)
}

/// Opens a concern.
pub(crate) async fn show_one(
    site: &Site,
    visitor: &Visitor,
    concern: &str,
    sender: Sender,
) -> Answer {
    let reference = reference(concern)?;
    let errors = FieldErrors::default();
    show_concern(site, visitor, &reference, &Typed::default(), &errors, sender).await
}

/// Opens a concern.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(concern): Path<String>,
) -> Answer {
    show_one(&site, &visitor, &concern, Sender::Sealed).await
}

/// Shows who sent it; written down each time.
pub(crate) async fn source(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(concern): Path<String>,
) -> Answer {
    let who = site.app.view_source(&visitor.actor, &reference(&concern)?).await?;
    show_one(&site, &visitor, &concern, who.map_or(Sender::NotSaid, Sender::Shown)).await
}

/// After an act: back to its part of the page, or the page again with what was typed.
async fn after(
    site: &Site,
    visitor: &Visitor,
    reference: &Reference,
    done: Result<(), AppError>,
    part: &str,
    typed: Typed,
) -> Answer {
    match done {
        Ok(()) => go(&format!("/queue/{reference}#{part}")),
        Err(AppError::Fields(errors)) => {
            show_concern(site, visitor, reference, &typed, &errors, Sender::Sealed).await
        }
        Err(error) => Err(error.into()),
    }
}

acts! {
    after, Typed;
    /// Sets the urgency.
    urgency, RawUrgency, set_urgency, "grade", urgency;
    /// Takes further routes.
    routes, RawRoutes, add_routes, "route", routes;
    /// Records the basis for sharing.
    sharing, RawSharing, record_sharing, "share", sharing;
    /// Asks the sender, or keeps a note.
    entry, RawAsk, write_entry, "since", entry;
    /// Asks agencies.
    checks, RawCheck, ask_agencies, "checks", check;
    /// Decides about one child.
    decision, RawDecision, decide, "decide", decision;
    /// Stops a clock.
    clock, RawStop, stop_clock, "clocks", stop;
    /// Answers a challenge.
    challenge, RawAnswer, answer_challenge, "challenges", answer;
}
