//! One person or thing: its names, what differs, what stands beside it, what happened, how old it is.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
};
use tessera_app::{
    explore::{Age, Entity},
    report::Piece,
};
use tessera_core::time::day_in_words;
use tessera_pages::{
    components::{
        Cell, Content, HeadCell, IdentityBar, Link, Markup, Table, Tag, Timeline, TimelineItem,
    },
    page::{Page, Section, bullets, p},
};

use crate::{
    desk::from,
    error::WebError,
    parts::{self, Answer, beginning},
    picture::{candidates, plain, views, watches},
    site::{Site, Visitor},
};

/// The links to reports, one after another.
pub(super) fn sources(pieces: &[Piece]) -> Content {
    let link = |piece: &Piece| {
        let to = format!("/desk/{}", piece.reference);
        Markup::of(&p(Link::new(piece.reference.to_string(), to)))
    };
    Content::Html(Markup::join(pieces.iter().map(link)))
}

/// The links to reports as a list.
pub(super) fn listed(pieces: &[Piece]) -> tessera_pages::page::Bullets {
    bullets(
        pieces.iter().map(|piece| {
            Link::new(piece.reference.to_string(), format!("/desk/{}", piece.reference))
        }),
    )
}

/// How old something is, as a tag; what is old is shown, and not deleted.
pub(super) fn age_tag(age: &Age) -> Tag {
    match age.word {
        "stale" => Tag::coloured("Stale", "grey"),
        "ageing" => Tag::coloured("Ageing", "yellow"),
        _ => Tag::coloured("Current", "green"),
    }
}

fn age_in_words(age: &Age) -> String {
    let months = match age.months {
        0 => "less than a month ago".to_owned(),
        1 => "one month ago".to_owned(),
        many => format!("{many} months ago"),
    };
    format!("last named {months}; stale after {} months", age.stale)
}

/// One person or thing of the whole picture.
pub(crate) async fn thing(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(mention): Path<String>,
) -> Answer {
    let number: i64 = mention.parse().map_err(|_| WebError::NotFound)?;
    let seen = site.app.entity(&visitor.actor, number).await?;
    let page = page(&site, &visitor, &seen, number).await?;
    parts::show(&page)
}

/// The page, also for a form of it that could not be taken.
pub(super) async fn page(
    site: &Site,
    visitor: &Visitor,
    seen: &Entity,
    number: i64,
) -> Result<Page, WebError> {
    let thing = &seen.thing;
    let mut layout = site.layout(visitor, thing.name.clone()).await?;
    layout.wide = true;
    layout.back = Some("/picture".into());
    let joined = match thing.reports().len() {
        1 => "In one report",
        _ if thing.is_decided() => "Joined by people",
        _ => "Partly inferred",
    };
    let bar = IdentityBar::new(thing.kind.label(), thing.name.clone())
        .fact("Reports", thing.reports().len().to_string())
        .fact("How old", age_in_words(&seen.age))
        .tag(age_tag(&seen.age))
        .tag(Tag::new(joined));
    let around = Link::new("See it in the network", format!("/picture?around={number}&steps=1"));
    let way = Link::new("The shortest way to another", format!("/picture/path?start={number}"));
    let deciders = candidates::deciders(site, visitor, seen).await?;
    Ok(Page::new(layout.clone())
        .above(Content::Html(Markup::join([Markup::of(&views("")), Markup::of(&bar)])))
        .part(bullets([around, way]))
        .part(Section::new("names", "What it was called").part(names(seen)))
        .part(Section::new("values", "What was said of it, side by side").part(values(seen)))
        .part(
            Section::new("beside", "What stands beside it")
                .part(p(
                    "Each row is a link: both stand in one report. Nobody recorded a direction.",
                ))
                .part(beside(seen)),
        )
        .part(Section::new("timeline", "What happened, newest first").part(timeline(seen)))
        .part(currency(site))
        .part(watches::watch_thing(&layout, number, &thing.name))
        .part_if(candidates::put_form(site, &layout, seen, number, &deciders)))
}

fn names(seen: &Entity) -> Table {
    let head = ["Name, plate or number", "Reports"].map(HeadCell::from);
    let table = Table::new("What it was called", head).under_heading();
    seen.aliases.iter().fold(table, |table, (name, pieces)| {
        table.row([Cell::from(name.clone()), Cell::from(sources(pieces))])
    })
}

fn values(seen: &Entity) -> Table {
    let head = ["What", "Value", "Reports"].map(HeadCell::from);
    let mut table = Table::new("What was said of it", head).under_heading();
    for form in &seen.thing.forms {
        let differ = form.values.len() > 1;
        for (value, places) in &form.values {
            let pieces: Vec<Piece> =
                places.iter().filter_map(|n| seen.pieces.get(*n)).cloned().collect();
            let shown = match (form.part, value.as_str()) {
                ("A child", "yes") => "Yes",
                ("A child", "no") => "No, an adult",
                (_, value) => value,
            };
            let shown = if differ { format!("{shown} (values differ)") } else { shown.to_owned() };
            table =
                table.row([Cell::from(form.part), Cell::from(shown), Cell::from(sources(&pieces))]);
        }
    }
    table
}

fn beside(seen: &Entity) -> Content {
    if seen.neighbours.is_empty() {
        return Content::from("Nothing.");
    }
    let head = [
        "What",
        "Kind",
        "First",
        "Last",
        "How old",
        "Weakest grade",
        "On what it rests",
        "Reports",
    ];
    let mut table =
        Table::new("What stands beside it, most shared first", head.map(HeadCell::from))
            .under_heading();
    for one in &seen.neighbours {
        let link = Link::new(one.name.clone(), format!("/picture/thing/{}", one.number));
        let basis = if one.basis.is_empty() {
            "Named in the same report".to_owned()
        } else {
            one.basis.join("\n")
        };
        table = table.row([
            Cell::from(Content::from(link)),
            Cell::from(one.kind.label()),
            Cell::from(day_in_words(one.first)),
            Cell::from(day_in_words(one.age.last)),
            Cell::from(Content::from(age_tag(&one.age))),
            Cell::from(one.grade.clone().unwrap_or_else(|| "Not graded".into())),
            Cell::from(Content::lines(&basis)),
            Cell::from(sources(&one.pieces)),
        ]);
    }
    Content::from(table)
}

fn timeline(seen: &Entity) -> Timeline {
    let items = seen.timeline.iter().enumerate().map(|(n, event)| {
        let (name, href) = &event.source;
        let source = match (&event.grade, event.what) {
            (Some(grade), _) => format!("{name}, {grade}"),
            (None, "Report") => format!("{name}, not graded"),
            (None, _) => name.clone(),
        };
        TimelineItem {
            id: format!("event-{n}"),
            title: event.what.into(),
            href: Some(href.clone()),
            datetime: event.day.to_string(),
            when: day_in_words(event.day).into(),
            by: event.by.clone().into(),
            tags: Vec::new(),
            body: Content::Html(plain(&beginning(&event.words, 400))),
            source: source.into(),
        }
    });
    Timeline::new(items.collect())
}

fn currency(site: &Site) -> Section {
    let currency = &site.app.practice.currency;
    Section::new("age", "How old is old").part(p(format!(
        "{} Checked: {}. What is stale is kept and shown.",
        currency.source, currency.verified
    )))
}

/// Who holds a report and when it was, in one line.
pub(super) fn told(piece: &Piece) -> String {
    format!("{}, {}", day_in_words(piece.day()), from(piece))
}
