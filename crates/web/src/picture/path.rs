//! The shortest way between two people or things, told report by report.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Query, State},
};
use serde::Deserialize;
use tessera_app::{explore::shortest, report::Thing};
use tessera_core::time::day_in_words;
use tessera_pages::{
    components::{Content, Filter as FilterForm, Link, Markup, Select, SelectItem},
    page::{Page, Section, bullets, p},
};

use crate::{
    desk::from,
    parts::{self, Answer},
    picture::{plain, views},
    site::{Site, Visitor},
};

/// Between which two things a way is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Ends {
    start: String,
    end: String,
}

/// The shortest way between two people or things, in words.
pub(crate) async fn path(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(ends): Query<Ends>,
) -> Answer {
    let found = site.app.whole_picture(&visitor.actor, "path", ends.start.parse().ok()).await?;
    let mut layout = site.layout(&visitor, "The shortest way between two").await?;
    layout.back = Some("/picture".into());
    let items = || {
        let mut items = vec![SelectItem::new("", "Choose")];
        let shared = found.things.iter().filter(|thing| thing.reports().len() >= 2);
        let named = shared.map(|thing| {
            let words = format!("{}: {}", thing.kind.label(), thing.name);
            SelectItem::new(thing.number.to_string(), words)
        });
        items.extend(named.take(500));
        items
    };
    // A mention of a thing stands for the thing.
    let number = |mention: &str| {
        let mention: i64 = mention.parse().ok()?;
        let is_it = |t: &&Thing| t.ties.iter().any(|tie| tie.mention.number == mention);
        found.things.iter().find(is_it).map(|thing| thing.number)
    };
    let (start, end) = (number(&ends.start), number(&ends.end));
    let select = |name: &str, label: &str, chosen: Option<i64>| {
        let chosen = chosen.map(|n| n.to_string()).unwrap_or_default();
        let mut items = items();
        if let Some(thing) = found.things.iter().find(|t| t.number.to_string() == chosen)
            && thing.reports().len() < 2
        {
            items.push(SelectItem::new(chosen.clone(), thing.name.clone()));
        }
        Markup::of(&Select::new(name, label, items).chosen(&chosen))
    };
    let fields = Markup::join(vec![select("start", "From", start), select("end", "To", end)]);
    let mut form = FilterForm::new("/picture/path", "Choose two", Content::Html(fields));
    form.button = "Find the way".into();
    let mut page = Page::new(layout).above(views("/picture")).part(form);
    if let (Some(start), Some(end)) = (start, end) {
        let way = shortest(&found, start, end);
        let steps: Vec<Content> = way
            .iter()
            .flatten()
            .filter_map(|hop| hop.words(&found))
            .map(|(words, piece)| {
                let grade = piece.grade().unwrap_or_else(|| "not graded".into());
                let said =
                    format!("{words} ({}, {}, {grade}): ", day_in_words(piece.day()), from(&piece));
                let link =
                    Link::new(piece.reference.to_string(), format!("/desk/{}", piece.reference));
                Content::Html(Markup::join(vec![plain(&said), Markup::of(&link)]))
            })
            .collect();
        let told = match &way {
            Some(way) if way.is_empty() => "They are the same.".to_owned(),
            Some(way) if way.len() == 1 => "They stand in one report.".to_owned(),
            Some(way) => format!("{} reports lie between them, at the least.", way.len()),
            None => "Nothing that you may see joins them.".to_owned(),
        };
        page = page.part(
            Section::new("way", "The way")
                .part(p(told))
                .part_if((!steps.is_empty()).then(|| bullets(steps))),
        );
    }
    parts::show(&page)
}
