//! What the intelligence desk wants to know, and how long senders wait until they are told.

use std::sync::Arc;

use axum::{Extension, extract::State};
use tessera_app::{
    AppError,
    requirement::{FEWEST, RawAnswered, RawRequirement, Requirement},
};
use tessera_core::{errors::FieldErrors, reference::Reference, time::in_words};
use tessera_pages::{
    components::{
        Button, Cell, Choice, Content, HeadCell, Link, Radios, Select, SelectItem, Table, TextInput,
    },
    layout::Layout,
    page::{Form as PageForm, Page, Section, bullets, p},
};

use crate::{
    error::WebError,
    form::Form,
    parts::{self, Answer, area, err, go, show_errors},
    site::{Site, Visitor},
};

/// What the desk wants to know, and the form to ask.
pub(crate) async fn list(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let none = FieldErrors::default();
    parts::show(&page(&site, &visitor, &RawRequirement::default(), &none).await?)
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    typed: &RawRequirement,
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let all = site.app.requirements(&visitor.actor).await?;
    let mut layout = site.layout(visitor, "What the desk wants to know").await?;
    layout.back = Some("/desk".into());
    let readers = [
        Choice::new("everyone", "Everyone who may send information"),
        Choice::new("desk", "The desk alone"),
    ];
    let mut months = vec![SelectItem::new("", "Choose")];
    months.extend(["1", "3", "6", "12"].map(|m| SelectItem::new(m, format!("{m} months"))));
    let form = PageForm::new("/desk-requirements", &layout)
        .part(
            area("wanted", "What does the desk want to know?", &typed.wanted, errors)
                .hint("Name no child and no source. Ask nobody to go and find out.")
                .rows(3),
        )
        .part(
            TextInput::new("topic", "Words of the topic")
                .value(&typed.topic)
                .error_if(err(errors, "topic")),
        )
        .part(
            Radios::new("audience", "Who reads it?", readers)
                .chosen([typed.audience.as_str()])
                .error_if(err(errors, "audience")),
        )
        .part(
            Select::new("months", "It ends in", months)
                .chosen(&typed.months)
                .error_if(err(errors, "months")),
        )
        .part(Button::new("Ask"));
    let now = site.app.db.now();
    let sections = all.iter().map(|(one, answers)| section(one, answers, &layout, now));
    let sections: Vec<Section> = sections.collect();
    Ok(Page::new(layout)
        .part_if(sections.is_empty().then(|| p("Nothing is asked.")))
        .parts(sections)
        .part(Section::new("ask", "Ask for something").part(form)))
}

fn section(
    one: &Requirement,
    answers: &[Reference],
    layout: &Layout,
    now: tessera_core::time::Timestamp,
) -> Section {
    let reader = if one.audience == "everyone" { "everyone" } else { "the desk alone" };
    let stands = match &one.closed {
        Some((by, at)) => format!("Closed by {by}, {}.", in_words(*at)),
        None if one.ends_at < now => format!("It ended {}.", in_words(one.ends_at)),
        None => format!("Open until {}, for {reader}.", in_words(one.ends_at)),
    };
    let link = |r: &Reference| Content::from(Link::new(r.to_string(), format!("/desk/{r}")));
    let close = one.closed.is_none().then(|| {
        PageForm::new("/desk-requirements/close", layout)
            .hidden("requirement", one.id.to_string())
            .part(Button::new("Close it").secondary())
    });
    Section::new(&format!("asked-{}", one.id), one.wanted.question.clone())
        .part_if((!one.wanted.topic.is_empty()).then(|| p(format!("Topic: {}", one.wanted.topic))))
        .part(p(format!("Asked by {}, {}. {stands}", one.by, in_words(one.at))))
        .part(p(format!("{} reports that you may see answer it.", answers.len())))
        .part_if((!answers.is_empty()).then(|| bullets(answers.iter().map(link))))
        .part_if(close)
}

/// Asks.
pub(crate) async fn add(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(raw): Form<RawRequirement>,
) -> Answer {
    match site.app.add_requirement(&visitor.actor, &raw).await {
        Ok(()) => go("/desk-requirements"),
        Err(AppError::Fields(errors)) => {
            show_errors(page(&site, &visitor, &raw, &errors).await?, &errors)
        }
        Err(error) => Err(error.into()),
    }
}

/// Closes it.
pub(crate) async fn close(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(raw): Form<RawAnswered>,
) -> Answer {
    site.app.close_requirement(&visitor.actor, &raw).await?;
    go("/desk-requirements")
}

/// How long senders wait until they are told.
pub(crate) async fn feedback(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let all = site.app.feedback(&visitor.actor).await?;
    let mut layout = site.layout(&visitor, "How long senders wait").await?;
    layout.back = Some("/desk".into());
    let few = || format!("fewer than {FEWEST}");
    let head = ["Reports of", "Told", "How many", "Median wait"].map(HeadCell::from);
    let table = all.iter().fold(Table::new("By month and status", head), |table, row| {
        let count = row.count.map_or_else(few, |count| count.to_string());
        let wait = row.median_hours.map_or_else(
            || "not shown".into(),
            |hours| {
                if hours < 48 { format!("{hours} hours") } else { format!("{} days", hours / 24) }
            },
        );
        table.row([
            Cell::from(row.month.clone()),
            Cell::from(row.status.label()),
            Cell::from(count),
            Cell::from(wait),
        ])
    });
    let page = Page::new(layout)
        .part(p("From the day a report came to the day its sender was first told each status."))
        .part_if(
            all.is_empty().then(|| p("No sender was told anything in the last twelve months.")),
        )
        .part_if((!all.is_empty()).then_some(table));
    parts::show(&page)
}
