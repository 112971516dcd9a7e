//! The intelligence desk at work: the queue, one report with what fits beside it, its network, and
//! each act on it.

mod export;
mod fits;
pub(crate) mod grade;
mod network;
mod page;

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, Query, State},
};
use serde::Deserialize;
use tessera_app::{
    AppError,
    report::{
        Piece, RawAnswerSource, RawAskSource, RawChildOf, RawGrade, RawRetract, RawSanitised,
        RawShare, RawTold, RawUndo, RawVerdict, Source,
    },
    requirement::RawAnswered,
};
use tessera_core::{
    errors::FieldErrors, reference::Reference, report::ReportStatus, time::in_words, user::Role,
};
use tessera_pages::{
    components::{
        Cell, Content, Filter as FilterForm, HeadCell, Link, Select, SelectItem, Table, Tag,
    },
    page::{Page, p},
};

pub(crate) use export::{csv, followthemoney, graphml, i2, stix};
pub(crate) use network::{network, thing};

use crate::{
    acts::acts,
    form::Form,
    parts::{self, Answer, beginning, go, show_errors},
    queue::reference,
    site::{Site, Visitor},
};

/// The part of the queue asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Part {
    part: String,
}

/// The queue of the desk.
pub(crate) async fn list(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(part): Query<Part>,
) -> Answer {
    let (pieces, all) = site.app.desk(&visitor.actor, &part.part).await?;
    let mut layout = site.layout(&visitor, "Intelligence desk").await?;
    layout.wide = true;
    let mut items = vec![SelectItem::new("", "All"), SelectItem::new("review", "Review overdue")];
    items.extend(ReportStatus::ALL.map(|status| SelectItem::new(status.id(), status.label())));
    let select = Select::new("part", "Show", items).chosen(&part.part);
    let shown = pieces.len();
    let count = if usize::try_from(all).is_ok_and(|all| all > shown) {
        format!("{all} reports; the first {shown} are shown")
    } else {
        format!("{all} reports")
    };
    let head = ["Priority", "Reference", "Received", "Beginning", "From", "Grade", "Status"];
    let table = pieces.iter().fold(
        Table::new("Reports, not yet assessed first", head.map(HeadCell::from)),
        |table, piece| {
            let href = format!("/desk/{}", piece.reference);
            table.row([
                Cell::from(Content::from(priority(piece))),
                Cell::from(Content::from(Link::new(piece.reference.to_string(), href))),
                Cell::from(in_words(piece.received_at)),
                Cell::from(beginning(&piece.report.what, 90)),
                Cell::from(from(piece)),
                Cell::from(piece.grade().unwrap_or_else(|| "Not graded".into())),
                Cell::from(piece.status.label()),
            ])
        },
    );
    let page = Page::new(layout)
        .part(FilterForm::new("/desk", "Filter the queue", Content::from(select)))
        .part(p(count))
        .part_if(
            visitor
                .actor
                .is(Role::PoliceIntelligence)
                .then(|| p(Link::new("Import a spreadsheet", "/imports"))),
        )
        .part_if(
            visitor
                .actor
                .is(Role::PoliceIntelligence)
                .then(|| p(Link::new("What the desk wants to know", "/desk-requirements"))),
        )
        .part(p(Link::new("How long senders wait", "/desk-feedback")))
        .part(table);
    parts::show(&page)
}

/// The tag of a priority.
fn priority(piece: &Piece) -> Tag {
    match piece.priority.as_str() {
        "high" => Tag::coloured("High", "red"),
        "medium" => Tag::coloured("Medium", "yellow"),
        _ => Tag::coloured("Low", "grey"),
    }
}

/// Who holds a report.
pub(crate) fn from(piece: &Piece) -> String {
    piece.agency.clone().unwrap_or_else(|| "A protected source".into())
}

/// Which question is asked first.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct First {
    ours: i64,
    theirs: i64,
}

/// What somebody typed and could not be taken; every form of the page has its place.
#[derive(Debug, Clone, Default)]
struct Typed {
    verdict: RawVerdict,
    grade: RawGrade,
    told: RawTold,
    sanitised: RawSanitised,
    share: RawShare,
    retract: RawRetract,
    child: RawChildOf,
    ask: RawAskSource,
    answer: RawAnswerSource,
    answered: RawAnswered,
}

/// Opens a report.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(report): Path<String>,
    Query(first): Query<First>,
) -> Answer {
    let reference = reference(&report)?;
    let mut typed = Typed::default();
    (typed.verdict.ours, typed.verdict.theirs) = (first.ours, first.theirs);
    show_report(&site, &visitor, &reference, &typed, &FieldErrors::default(), None).await
}

async fn show_report(
    site: &Site,
    visitor: &Visitor,
    reference: &Reference,
    typed: &Typed,
    errors: &FieldErrors,
    source: Option<Source>,
) -> Answer {
    let seen = site.app.view_report(&visitor.actor, reference).await?;
    let page = page::report(site, visitor, &seen, typed, errors, source).await?;
    show_errors(page, errors)
}

/// Shows who sent it; written down each time.
pub(crate) async fn source(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(report): Path<String>,
) -> Answer {
    let reference = reference(&report)?;
    let source = site.app.view_report_source(&visitor.actor, &reference).await?;
    let none = FieldErrors::default();
    show_report(&site, &visitor, &reference, &Typed::default(), &none, Some(source)).await
}

/// Undoes a decision about two mentions.
pub(crate) async fn undo(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(report): Path<String>,
    Form(raw): Form<RawUndo>,
) -> Answer {
    let reference = reference(&report)?;
    site.app.undo_decision(&visitor.actor, &reference, &raw).await?;
    go(&format!("/desk/{reference}#fits"))
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
        Ok(()) => go(&format!("/desk/{reference}#{part}")),
        Err(AppError::Fields(errors)) => {
            show_report(site, visitor, reference, &typed, &errors, None).await
        }
        Err(error) => Err(error.into()),
    }
}

acts! {
    after, Typed;
    /// Says whether two mentions are the same.
    link, RawVerdict, decide_mentions, "fits", verdict;
    /// Assigns a grade.
    grade, RawGrade, grade_report, "grade", grade;
    /// Tells the sender where it stands.
    told, RawTold, tell_sender, "told", told;
    /// Keeps a sanitised version.
    sanitise, RawSanitised, sanitise_report, "share", sanitised;
    /// Shares it with a named person.
    share, RawShare, share_report, "share", share;
    /// Takes it back.
    retract, RawRetract, retract_report, "retract", retract;
    /// Records it on a child's file.
    child, RawChildOf, report_identifies, "children", child;
    /// Says which requirement it answers.
    answers, RawAnswered, report_answers, "answers", answered;
    /// Asks to know who sent it.
    ask_source, RawAskSource, ask_source, "source", ask;
    /// Answers who asked.
    answer_source, RawAnswerSource, answer_source, "source", answer;
}
