//! What somebody sent, and where it stands.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, Query, State},
};
use serde::Deserialize;
use tessera_app::{
    AppError,
    report::{OwnReport, RawAddition},
};
use tessera_core::{errors::FieldErrors, report::MentionKind, time::in_words, user::Role};
use tessera_pages::{
    components::{
        Button, Cell, Content, HeadCell, Link, Panel, SummaryList, SummaryRow, Table, Tag,
    },
    page::{Form as PageForm, Page, Section, bullets, p, words},
};

use crate::{
    error::WebError,
    form::Form,
    parts::{self, Answer, area, beginning, go, or_not_given, show_errors},
    queue::reference,
    site::{Site, Visitor},
};

/// One's own reports.
pub(crate) async fn list(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let own = site.app.own_reports(&visitor.actor).await?;
    let asked = site.app.asked_of_everyone(&visitor.actor).await?;
    let asked = asked.into_iter().map(|one| one.wanted.question);
    let asked: Vec<String> = asked.collect();
    let layout = site.layout(&visitor, "Information you sent").await?;
    let head = ["Reference", "Sent", "Beginning", "Where it stands"].map(HeadCell::from);
    let table = own.iter().fold(Table::new("What you sent, newest first", head), |table, piece| {
        let href = format!("/reports/{}", piece.reference);
        table.row([
            Cell::from(Content::from(Link::new(piece.reference.to_string(), href))),
            Cell::from(in_words(piece.received_at)),
            Cell::from(beginning(&piece.report.what, 90)),
            Cell::from(Content::from(Tag::new(piece.status.label()))),
        ])
    });
    let page = Page::new(layout)
        .part(Button::link("Send a piece of information", "/reports/new"))
        .part_if((!asked.is_empty()).then(|| {
            Section::new("asked", "What we are looking for")
                .part(p("Tell us if you happen to know. Do not go and find out."))
                .part(bullets(asked))
        }))
        .part_if(own.is_empty().then(|| p("You have sent nothing here yet.")))
        .part_if((!own.is_empty()).then_some(table));
    parts::show(&page)
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Done {
    sent: String,
    added: String,
}

/// One of one's own reports: the receipt, and later where it stands.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(report): Path<String>,
    Query(done): Query<Done>,
) -> Answer {
    let reference = reference(&report)?;
    let own = site.app.own_report(&visitor.actor, &reference).await?;
    let none = FieldErrors::default();
    parts::show(&page(&site, &visitor, &own, &done, "", &none).await?)
}

/// Adds to it.
pub(crate) async fn add(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(report): Path<String>,
    Form(raw): Form<RawAddition>,
) -> Answer {
    let reference = reference(&report)?;
    match site.app.add_to_report(&visitor.actor, &reference, &raw).await {
        Ok(()) => go(&format!("/reports/{reference}?added=1")),
        Err(AppError::Fields(errors)) => {
            let own = site.app.own_report(&visitor.actor, &reference).await?;
            let done = Done::default();
            let page = page(&site, &visitor, &own, &done, &raw.addition, &errors).await?;
            show_errors(page, &errors)
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    own: &OwnReport,
    done: &Done,
    typed: &str,
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let piece = &own.piece;
    let reference = &piece.reference;
    let mut layout = site.layout(visitor, format!("Report {reference}")).await?;
    layout.back = Some("/reports".into());
    let sent = !done.sent.is_empty();
    let told = sent
        .then(|| Panel::new("We have what you told us", format!("Your reference is {reference}")));
    let next = sent.then(|| {
        p("The intelligence desk reads it. You can see here where it stands. If you notice more, \
           add it below or send another report.")
    });
    let desk = visitor
        .actor
        .is(Role::PoliceIntelligence)
        .then(|| Button::link("See what fits beside it", format!("/desk/{reference}")));
    let mut rows = vec![
        SummaryRow::new("Sent", in_words(piece.received_at)),
        SummaryRow::new("Where it stands", Content::from(Tag::new(piece.status.label()))),
        SummaryRow::new("When", or_not_given(piece.report.when_text.as_deref())),
        SummaryRow::new("Where", or_not_given(piece.report.place.as_deref())),
    ];
    for mention in &own.mentions {
        let kind = MentionKind::from_id(&mention.said.kind).map_or("", MentionKind::label);
        rows.push(SummaryRow::new(kind, mention.said.in_words()));
    }
    let mut since = Section::new("since", "Since then");
    if own.entries.is_empty() {
        since = since.part(p("Nothing yet."));
    }
    for entry in &own.entries {
        let who = if entry.kind == "told" { "The intelligence desk" } else { "You" };
        since = since.part(p(format!("{who}, {}", in_words(entry.at)))).part(words(&entry.words));
    }
    let form = PageForm::new(format!("/reports/{reference}/add"), &layout)
        .part(area("addition", "Add something", typed, errors))
        .part(Button::new("Add").secondary());
    Ok(Page::new(layout)
        .part_if(told)
        .part_if((!done.added.is_empty()).then(|| p("What you added is kept.")))
        .part_if(next)
        .part_if(desk)
        .part(words(&piece.report.what))
        .part(SummaryList::new(rows))
        .part(since)
        .part(form))
}
