//! Guidance as everybody reads it: home, sections, pages, search.

pub(crate) mod follow;
pub(crate) mod lists;
mod page;

use std::sync::Arc;
use tessera_core::{
    messages::{content, in_source},
    t, tn,
};

use axum::{
    Extension,
    extract::{Path, Query, State},
};
use serde::Deserialize;
use tessera_app::guidance::{InForce, Page as Guidance};
use tessera_core::{
    errors::FieldErrors,
    partial_date::{PartialDate, RawDate},
    time::{Date, day_in_words, in_words},
};
use tessera_pages::{
    components::{
        Breadcrumbs, Button, Content, Link, LinkCard, LinkCards, Marked, Part, SearchBox,
    },
    layout::Layout,
    page::{Form, Page, bullets, h2, p},
};

pub(crate) use page::parts as text_parts;

use crate::{
    error::WebError,
    form::Pairs,
    parts::{Answer, go, show, show_errors},
    site::{Site, Visitor},
};

/// Results of a search on one page.
const MOST_FOUND: usize = 20;

/// The common part of a page of guidance: a way out for those who are not signed in.
async fn layout(
    site: &Site,
    visitor: &Visitor,
    title: impl Into<String>,
) -> Result<Layout, WebError> {
    let mut layout = site.layout(visitor, title).await?;
    layout.exit = visitor.session.is_none().then(|| "/leave".to_owned());
    Ok(layout)
}

/// The search box.
fn search_box(asked: &str) -> SearchBox {
    SearchBox { label: t!("Search all guidance"), asked: asked.to_owned(), button: t!("Search") }
}

/// Where a page stands: the sections above it.
fn crumbs(steps: &[(&str, &str)]) -> Breadcrumbs {
    let home = t!("Guidance");
    let first = [(home.as_str(), "/guidance")];
    Breadcrumbs::new(first.into_iter().chain(steps.iter().copied()))
}

/// All of it.
pub(crate) async fn home(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let now = site.app.guidance().await?;
    let sections =
        now.library.sections.iter().filter(|section| !now.library.pages_of(&section.id).is_empty());
    let cards = sections.map(|section| {
        LinkCard::new(
            content(&section.title),
            format!("/guidance/{}", section.id),
            content(&section.summary),
        )
    });
    let mut more = vec![
        Content::from(Link::new(t!("Who to contact"), "/guidance/contacts")),
        Link::new(t!("Films and resources"), "/guidance/resources").into(),
        Link::new(t!("Services that help"), "/guidance/services").into(),
        Link::new(t!("Words we use"), "/guidance/words").into(),
        Link::new(t!("Get an e-mail when guidance changes"), "/guidance/subscribe").into(),
    ];
    if visitor.session.is_some() {
        more.push(Link::new(t!("What changed since you last looked"), "/guidance/changes").into());
        more.push(Link::new(t!("Policies to read"), "/policies").into());
    }
    let page = Page::new(layout(&site, &visitor, t!("Guidance")).await?)
        .part(p(t!("What to look for, what to do and who to tell.")))
        .part(search_box(""))
        .part(LinkCards::new(cards))
        .part(h2(t!("More")))
        .part(bullets(more));
    show(&page)
}

/// One section.
pub(crate) async fn section(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(section): Path<String>,
) -> Answer {
    let now = site.app.guidance().await?;
    let found = now.library.sections.iter().find(|s| s.id == section).ok_or(WebError::NotFound)?;
    let pages = now.library.pages_of(&section);
    let cards = pages.iter().map(|page| {
        LinkCard::new(content(&page.front.title), page.href(), content(&page.front.summary))
    });
    let page = Page::new(layout(&site, &visitor, content(&found.title)).await?)
        .above(crumbs(&[(&content(&found.title), "")]))
        .part(p(content(&found.summary)))
        .part(search_box(""))
        .part(LinkCards::new(cards));
    show(&page)
}

/// The day on which a page is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct On {
    #[serde(rename = "on_day")]
    day: Option<String>,
    #[serde(rename = "on_month")]
    month: Option<String>,
    #[serde(rename = "on_year")]
    year: Option<String>,
}

impl On {
    fn raw(&self) -> Option<RawDate> {
        let get = |part: &Option<String>| part.clone().unwrap_or_default().trim().to_owned();
        let raw = RawDate {
            day: get(&self.day),
            month: get(&self.month),
            year: get(&self.year),
            approximate: false,
        };
        let asked = self.day.is_some() || self.month.is_some() || self.year.is_some();
        asked.then_some(raw)
    }
}

/// A page, as in force today or on a chosen day.
pub(crate) async fn page(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path((section, slug)): Path<(String, String)>,
    Query(on): Query<On>,
) -> Answer {
    let now = site.app.guidance().await?;
    let mut errors = FieldErrors::default();
    let raw = on.raw();
    let day = raw.as_ref().and_then(|raw| {
        let read = raw.read(&mut errors, "on").and_then(PartialDate::exact);
        if read.is_none() && errors.is_empty() {
            errors.add("on", t!("Enter a day, a month and a year"));
        }
        read
    });
    if let Some(day) = day {
        return past(&site, &visitor, &now, (&section, &slug), day).await;
    }
    let found = now.library.page(&section, &slug).ok_or(WebError::NotFound)?;
    let standing = now.of(found).ok_or(WebError::NotFound)?;
    let read_at = site.app.policy_read_at(&visitor.actor, standing.id).await?;
    let layout = layout(&site, &visitor, content(&found.front.title)).await?;
    let confirm = page::confirm(&visitor, found, standing, read_at, &layout);
    let page = Page::new(layout)
        .above(page::place(&now, found))
        .part(Part { classes: "tessera-screen-only", body: search_box("").into() })
        .part_if(page::easy_read(&now, found))
        .parts(text_parts(found))
        .part_if(confirm)
        .part(page::facts(&now, found, standing))
        .part(page::ways_on(&visitor, found, raw.as_ref().unwrap_or(&RawDate::default()), &errors));
    show_errors(page, &errors)
}

async fn past(
    site: &Site,
    visitor: &Visitor,
    now: &InForce,
    (section, slug): (&str, &str),
    day: Date,
) -> Answer {
    let found = site.app.guidance_on(section, slug, day).await?;
    let today = now.library.page(section, slug);
    let href = format!("/guidance/{section}/{slug}");
    let back = today.map(|_| p(Link::new(t!("Read it as it is today"), href.clone())));
    let Some(found) = found else {
        // That there never was such a page looks like any other address that leads nowhere.
        let Some(today) = today else { return Err(WebError::NotFound) };
        let page = Page::new(layout(site, visitor, content(&today.front.title)).await?)
            .above(page::place(now, today))
            .part(p(t!("This page was not in force on {day}.", day = day_in_words(day))))
            .part_if(back);
        return show(&page);
    };
    let same = today.and_then(|page| now.of(page)).is_some_and(|s| s.id == found.standing.id);
    let note = if same {
        t!("This is the page as in force on {day}. It is the same today.", day = day_in_words(day))
    } else {
        t!(
            "This is the page as in force on {day}. It is not the one of today.",
            day = day_in_words(day)
        )
    };
    let page = Page::new(layout(site, visitor, content(&found.page.front.title)).await?)
        .above(page::place(now, &found.page))
        .part(tessera_pages::components::InsetText::new(note))
        .part_if(back)
        .parts(text_parts(&found.page))
        .part(page::facts(now, &found.page, &found.standing));
    show(&page)
}

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    q: String,
}

/// The one search over pages, policies, resources, services and contacts.
pub(crate) async fn search(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Answer {
    let now = site.app.guidance().await?;
    let asked: String = asked.q.trim().chars().take(200).collect();
    let page = Page::new(layout(&site, &visitor, t!("Search the guidance")).await?)
        .above(crumbs(&[(&t!("Search"), "")]))
        .part(search_box(&asked));
    if asked.is_empty() {
        return show(&page.part(p(t!("Type a word or two. A small slip does not matter."))));
    }
    let hits = now.library.search(&asked, MOST_FOUND);
    if hits.is_empty() {
        let words =
            t!("Nothing was found for “{asked}”. Try other words, or fewer.", asked = asked);
        return show(&page.part(p(words)).part(p(Link::new(t!("See all guidance"), "/guidance"))));
    }
    let count = tn!(hits.len(), "{n} result", "{n} results");
    let cards = hits.into_iter().map(|hit| {
        let words = |pieces: Vec<(bool, String)>| {
            pieces.into_iter().map(|(found, text)| (found, in_source(&text))).collect::<Vec<_>>()
        };
        let mut hint = vec![(false, format!("{}: ", content(&hit.document.place)))];
        hint.extend(words(hit.excerpt));
        LinkCard::new(
            Content::from(Marked { pieces: words(hit.title) }),
            hit.document.href.as_str(),
            Content::from(Marked { pieces: hint }),
        )
    });
    show(&page.part(h2(count)).part(LinkCards::new(cards)))
}

/// What changed since a person last looked.
pub(crate) async fn changes(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let (since, changes) = site.app.guidance_changes(&visitor.actor).await?;
    let layout = layout(&site, &visitor, t!("What changed in the guidance")).await?;
    let done = (!changes.is_empty()).then(|| {
        Form::new("/guidance/changes", &layout).part(Button::new(t!("I have seen these")))
    });
    let none = changes.is_empty().then(|| p(t!("Nothing has changed.")));
    let cards = changes.iter().map(|change| {
        let what = if change.new { t!("New") } else { t!("Changed") };
        let said = if change.note.is_empty() { String::new() } else { format!(" {}", change.note) };
        let hint = format!("{what} on {}.{said}", in_words(change.at));
        LinkCard::new(change.title.as_str(), change.href.as_str(), hint)
    });
    let page = Page::new(layout)
        .above(crumbs(&[(&t!("What changed"), "")]))
        .part(p(t!("Since {time}.", time = in_words(since))))
        .part_if(none)
        .part(LinkCards::new(cards))
        .part_if(done);
    show(&page)
}

/// Remembers that they have been seen.
pub(crate) async fn seen(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    _: Pairs,
) -> Answer {
    site.app.guidance_seen(&visitor.actor).await?;
    go("/guidance/changes")
}

/// Whether a page's review should have been done, for those who look after it.
pub(crate) fn is_late(now: &InForce, page: &Guidance) -> bool {
    page.is_overdue(now.day)
}
