//! What one watches: things, searches, the rule; and how often one is told.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
};
use tessera_app::{
    AppError,
    explore::{Filter, RawWatch, WatchView},
};
use tessera_core::{errors::FieldErrors, ids::WatchId, time::in_words};
use tessera_pages::{
    components::{Button, Cell, Content, HeadCell, Link, Select, SelectItem, Table, TextInput},
    layout::Layout,
    page::{Form as PageForm, Page, Section, p},
};

use crate::{
    error::WebError,
    form::Form,
    parts::{self, Answer, err, go, show_errors},
    picture::views,
    site::{Site, Visitor},
};

fn cadence(id: &str) -> &'static str {
    match id {
        "soon" => "As soon as there is something",
        "daily" => "Once a day at most",
        "weekly" => "Once a week at most",
        _ => "Never: I look myself",
    }
}

fn kind(id: &str) -> &'static str {
    match id {
        "thing" => "A person or thing",
        "rule" => "The rule",
        _ => "A search",
    }
}

/// The form that keeps a watch.
fn form(layout: &Layout, raw: &RawWatch, errors: &FieldErrors) -> PageForm {
    let items = ["daily", "weekly", "soon", "never"].map(|id| SelectItem::new(id, cadence(id)));
    let often = Select::new("cadence", "How often do you want to be told?", items)
        .chosen(if raw.cadence.is_empty() { "daily" } else { &raw.cadence })
        .error_if(err(errors, "cadence"));
    PageForm::new("/picture/watches", layout)
        .hidden("what", raw.what.clone())
        .hidden("mention", raw.mention.to_string())
        .hidden("search", raw.search.clone())
        .part(
            TextInput::new("name", "What do you want to call it?")
                .hint("Only you see it")
                .value(raw.name.clone())
                .error_if(err(errors, "name")),
        )
        .part(often)
        .part(Button::new("Keep it").secondary())
}

const TOLD: &str =
    "You get a notice, and a letter by e-mail if those are set up. Neither says what it is about.";

/// The form that watches a thing.
pub(super) fn watch_thing(layout: &Layout, mention: i64, name: &str) -> Section {
    let raw = RawWatch { what: "thing".into(), mention, name: name.into(), ..RawWatch::default() };
    Section::new("watch", "Be told when another agency adds to it").part(p(TOLD)).part(form(
        layout,
        &raw,
        &FieldErrors::default(),
    ))
}

/// The form that keeps a search.
pub(super) fn save_search(layout: &Layout, filter: &Filter) -> Section {
    let search = serde_json::to_string(filter).unwrap_or_default();
    let raw = RawWatch { what: "search".into(), search, ..RawWatch::default() };
    Section::new("keep", "Keep this search").part(p(TOLD)).part(form(
        layout,
        &raw,
        &FieldErrors::default(),
    ))
}

/// The form that watches the rule.
pub(super) fn watch_rule(layout: &Layout) -> Section {
    let raw = RawWatch { what: "rule".into(), name: "The rule".into(), ..RawWatch::default() };
    Section::new("watch", "Be told when it finds something new").part(p(TOLD)).part(form(
        layout,
        &raw,
        &FieldErrors::default(),
    ))
}

/// What one watches.
pub(crate) async fn watches(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    parts::show(&page(&site, &visitor).await?)
}

async fn page(site: &Site, visitor: &Visitor) -> Result<Page, AppError> {
    let all = site.app.watches(&visitor.actor).await?;
    let mut layout = site.layout(visitor, "What you watch").await?;
    layout.back = Some("/picture".into());
    let head = ["Name", "What", "Reports now", "Told", "Last told", "Stop"].map(HeadCell::from);
    let table = all.iter().fold(Table::new("What you watch, newest first", head), |table, view| {
        table.row(row(&layout, view))
    });
    Ok(Page::new(layout.clone())
        .above(views("/picture/watches"))
        .part(p("Open a person or thing, filter the picture or look at the rule to watch it."))
        .part_if(all.is_empty().then(|| p("You watch nothing.")))
        .part_if((!all.is_empty()).then_some(table)))
}

fn row(layout: &Layout, view: &WatchView) -> [Cell; 6] {
    let watch = &view.watch;
    let link = Link::new(watch.watched.name.clone(), view.link.clone());
    let stop = PageForm::new(format!("/picture/watches/{}/end", watch.id), layout)
        .part(Button::new(format!("Stop {}", watch.watched.name)).secondary());
    let told = watch.told_at.map_or_else(|| "Not yet".to_owned(), in_words);
    [
        Cell::from(Content::from(link)),
        Cell::from(kind(&watch.kind)),
        Cell::number(view.now.to_string()),
        Cell::from(cadence(&watch.cadence)),
        Cell::from(told),
        Cell::from(Content::from(stop)),
    ]
}

/// Keeps a watch.
pub(crate) async fn keep_watch(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(raw): Form<RawWatch>,
) -> Answer {
    match site.app.keep_watch(&visitor.actor, &raw).await {
        Ok(_) => go("/picture/watches"),
        Err(AppError::Fields(errors)) => {
            let page = page(&site, &visitor).await?;
            let section = Section::new("keep", "Keep it").part(form(&page.layout, &raw, &errors));
            show_errors(page.part(section), &errors)
        }
        Err(error) => Err(error.into()),
    }
}

/// Ends a watch.
pub(crate) async fn end_watch(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(watch): Path<String>,
) -> Answer {
    let id: WatchId = watch.parse().map_err(|_| WebError::NotFound)?;
    site.app.end_watch(&visitor.actor, id).await?;
    go("/picture/watches")
}
