//! The audit log, as an auditor reads it: who did what to which record, not what is in it.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Query, State},
};
use serde::Deserialize;
use tessera_app::audit::PAGE;
use tessera_core::time::in_words;
use tessera_pages::{
    components::{Cell, Content, Filter, HeadCell, Link, Select, SelectItem, Table},
    page::{Page, p},
};
use tessera_policy::Action;

use crate::{
    parts::{Answer, show},
    site::{Site, Visitor},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    before: Option<i64>,
    action: String,
}

/// A page of the log.
pub(crate) async fn page(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Answer {
    let entries = site.app.audit_page(&visitor.actor, asked.before, &asked.action).await?;
    let mut layout = site.layout(&visitor, "Audit log").await?;
    layout.wide = true;
    let mut items = vec![SelectItem::new("", "Everything")];
    items.extend(Action::ALL.iter().map(|a| SelectItem::new(a.id(), capital(a.words()))));
    let select = Select::new("action", "What was done", items).chosen(&asked.action);
    let head = ["When", "Who", "What", "Record", "Outcome", "Details"].map(HeadCell::from);
    let table = entries.iter().fold(Table::new("Newest first", head), |table, entry| {
        let what = Action::from_id(&entry.action).map_or(entry.action.as_str(), |a| a.words());
        let record = entry.resource.map(|id| format!("{} {id}", entry.resource_kind));
        table.row([
            Cell::from(in_words(entry.at)),
            Cell::from(entry.actor.clone()),
            Cell::from(capital(what)),
            Cell::from(record.unwrap_or_default()),
            Cell::from(entry.outcome.replace('_', " ")),
            Cell::from(entry.detail.clone()),
        ])
    });
    let older = entries.last().filter(|_| entries.len() == usize::from(PAGE)).map(|last| {
        let href = format!("/audit?before={}&action={}", last.id, asked.action);
        p(Link::new("Older entries", href))
    });
    let page = Page::new(layout)
        .part(p("The log is signed every second. The command tessera audit verify checks it."))
        .part(Filter::new("/audit", "Filter the log", Content::from(select)))
        .part(table)
        .part_if(older);
    show(&page)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
