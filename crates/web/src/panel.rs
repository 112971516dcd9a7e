//! The list of children put forward for the panel, and the decision about each.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
};
use tessera_app::{
    AppError,
    panel::{Put, RawPanelDecision},
};
use tessera_core::{
    errors::FieldErrors, ids::ChildId, reference::Reference, time::in_words, user::Role,
};
use tessera_pages::{
    components::{
        Button, Cell, Choice, Content, HeadCell, Link, Radios, SummaryList, SummaryRow, Table, Tag,
    },
    layout::Layout,
    page::{Form as PageForm, Page, Section, bullets, p},
};

use crate::{
    error::WebError,
    form::Form,
    parts::{Answer, area, beginning, err, go, show, show_errors},
    site::{Site, Visitor},
};

fn standing(verdict: Option<&str>) -> Tag {
    match verdict {
        Some("accepted") => Tag::coloured("Taken", "green"),
        Some(_) => Tag::coloured("Not taken", "grey"),
        None => Tag::coloured("Waits for a decision", "yellow"),
    }
}

fn named(name: &str) -> String {
    if name.trim().is_empty() { "Name not known".to_owned() } else { name.to_owned() }
}

/// Every child put forward: those that wait first.
pub(crate) async fn list(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let mut found = site.app.panel_list(&visitor.actor).await?;
    found.sort_by_key(|one| one.verdict.is_some());
    let mut layout = site.layout(&visitor, "Children put forward for the panel").await?;
    layout.wide = true;
    let page = Page::new(layout).part(p(
        "A child comes onto this list when a screening's level asks for it, or when an officer \
         chooses this route. A manager decides, with a reason.",
    ));
    if found.is_empty() {
        return show(&page.part(p("Nobody is on the list.")));
    }
    let head = ["Child", "Put forward", "Why", "Where it stands"].map(HeadCell::from);
    let table = found.iter().fold(Table::new("Waiting first", head), |table, one| {
        let link = Link::new(named(&one.name), format!("/panel/{}", one.reference));
        table.row([
            Cell::from(Content::from(link)),
            Cell::from(format!("{}, {}", one.by_name, in_words(one.at))),
            Cell::from(beginning(&one.reason, 160)),
            Cell::from(Content::from(standing(one.verdict.as_deref()))),
        ])
    });
    show(&page.part(table))
}

/// The children of one concern that were put forward.
pub(crate) async fn one(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(concern): Path<String>,
) -> Answer {
    let none = FieldErrors::default();
    page(&site, &visitor, &reference(&concern)?, &RawPanelDecision::default(), &none).await
}

/// Decides about one of them.
pub(crate) async fn decide(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(concern): Path<String>,
    Form(raw): Form<RawPanelDecision>,
) -> Answer {
    let concern = reference(&concern)?;
    match site.app.decide_panel(&visitor.actor, &concern, &raw).await {
        Ok(()) => go(&format!("/panel/{concern}")),
        Err(AppError::Fields(errors)) => page(&site, &visitor, &concern, &raw, &errors).await,
        Err(error) => Err(error.into()),
    }
}

fn reference(text: &str) -> Result<Reference, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    concern: &Reference,
    typed: &RawPanelDecision,
    errors: &FieldErrors,
) -> Answer {
    let all = site.app.panel_of_concern(&visitor.actor, concern).await?;
    let mut layout = site.layout(visitor, "Put forward for the panel").await?;
    layout.back = Some("/panel".into());
    let may = visitor.actor.is(Role::HubManager);
    let mut page = Page::new(layout.clone())
        .caption(format!("Concern {concern}"))
        .part(p(Link::new("Open the concern", format!("/queue/{concern}"))));
    for put in &all {
        let id = put.listing.child.to_string();
        // Of several children only the one whose form was sent has errors and typed words.
        let mine = errors.is_empty() || typed.child == id;
        let none = FieldErrors::default();
        let section = about(put);
        let section = if may {
            let errors = if mine { errors } else { &none };
            let blank = RawPanelDecision::default();
            let typed = if typed.child == id { typed } else { &blank };
            section.part(form(&layout, put, concern, typed, errors, all.len() == 1))
        } else {
            section
        };
        page = page.part(section);
    }
    show_errors(page, errors)
}

fn about(put: &Put) -> Section {
    let one = &put.listing;
    let mut rows = vec![
        SummaryRow::new("Put forward by", format!("{}, {}", one.by_name, in_words(one.at))),
        SummaryRow::new("Why", Content::lines(&one.reason)),
        SummaryRow::new("Where it stands", Content::from(standing(one.verdict.as_deref()))),
    ];
    if let Some(file) = &one.file {
        let link = Link::new(file.to_string(), format!("/children/{file}"));
        rows.push(SummaryRow::new("File", Content::from(link)));
    }
    let section = Section::new(&format!("child-{}", one.child), named(&one.name))
        .part(SummaryList::new(rows));
    if put.decisions.is_empty() {
        return section;
    }
    section.part(p("Decided so far, newest first:")).part(bullets(said(put)))
}

/// The decisions in words.
fn said(put: &Put) -> Vec<String> {
    let line = |one: &tessera_app::panel::Decision| {
        let verdict = if one.verdict == "accepted" { "Taken" } else { "Not taken" };
        format!("{verdict} by {}, {}: {}", one.by_name, in_words(one.at), one.reason)
    };
    put.decisions.iter().map(line).collect()
}

fn form(
    layout: &Layout,
    put: &Put,
    concern: &Reference,
    typed: &RawPanelDecision,
    errors: &FieldErrors,
    only: bool,
) -> PageForm {
    let id = put.listing.child.to_string();
    let ways = [
        Choice::new("accepted", "The panel takes it").hint("The child is discussed there."),
        Choice::new("declined", "The panel does not take it")
            .hint("Say what happens instead. A later decision can be another one."),
    ];
    let mut verdict = Radios::new("verdict", "What do you decide?", ways)
        .chosen([typed.verdict.as_str()])
        .error_if(err(errors, "verdict"));
    let mut why = area("panel_reason", "Why", &typed.panel_reason, errors);
    // Two children on one page: each field an id of its own, the first the one that errors lead to.
    if !only && errors.is_empty() {
        verdict.id = format!("verdict-{id}");
        why.id = format!("panel-reason-{id}");
    }
    PageForm::new(format!("/panel/{concern}"), layout)
        .hidden("child", id)
        .hidden("seen", put.decisions.len().to_string())
        .part(verdict)
        .part(why)
        .part(Button::new("Decide"))
}

/// The panel's part of a child's file, for its page; nothing for whoever does not see the list.
pub(crate) async fn of_file(
    site: &Site,
    visitor: &Visitor,
    child: ChildId,
) -> Result<Option<Section>, WebError> {
    let found = site.app.panel_of_file(&visitor.actor, child).await?;
    if found.is_empty() {
        return Ok(None);
    }
    let section = found.iter().fold(Section::new("panel", "Panel"), |section, put| {
        let one = &put.listing;
        let words = format!("Put forward by {}, {}", one.by_name, in_words(one.at));
        section
            .part(p(Link::new(words, format!("/panel/{}", one.reference))))
            .part(p(Content::from(standing(one.verdict.as_deref()))))
            .part_if((!put.decisions.is_empty()).then(|| bullets(said(put))))
    });
    Ok(Some(section))
}
