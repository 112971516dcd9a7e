//! Lists of screenings: one's own, those to check, those of a file and of a concern.

use std::sync::Arc;

use axum::{Extension, extract::State};
use tessera_app::screening::Screening;
use tessera_core::{ids::ConcernId, reference::Reference, time::in_words, user::Role};
use tessera_pages::{
    components::{Button, Cell, Content, HeadCell, Link, Table, Tag},
    page::{Page, Section, buttons, p},
};

use crate::{
    error::WebError,
    parts::{Answer, deadline, show},
    site::{Site, Visitor},
};

/// Where a screening stands, in words.
pub(super) fn standing(screening: &Screening) -> Tag {
    match screening.status.as_str() {
        "decided" => Tag::coloured("Level decided", "green"),
        "second" => Tag::coloured("Waits for a second person", "yellow"),
        _ => Tag::coloured("Waits for a check", "blue"),
    }
}

fn table(site: &Site, caption: &str, lines: &[(Screening, String)]) -> Table {
    let head = ["Reference", "Child", "Level", "Where it stands", "Completed by", "Check by"];
    lines.iter().fold(Table::new(caption, head.map(HeadCell::from)), |table, (line, level)| {
        let name = if line.child_name.is_empty() { "Name not known" } else { &line.child_name };
        let due = if line.status == "decided" {
            Content::from("Checked")
        } else {
            deadline(line.due_at, site.app.db.now()).into()
        };
        let level = if line.danger { format!("{level}, danger now") } else { level.clone() };
        table.row([
            Cell::from(Content::from(Link::new(
                line.reference.to_string(),
                format!("/screenings/{}", line.reference),
            ))),
            Cell::from(name.to_owned()),
            Cell::from(level),
            Cell::from(Content::from(standing(line))),
            Cell::from(format!(
                "{}, {}, {}",
                line.sent_by_name,
                line.agency_name,
                in_words(line.submitted_at)
            )),
            Cell::from(due),
        ])
    })
}

/// The screenings of a signed-in person.
pub(crate) async fn list(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let lists = site.app.screenings(&visitor.actor).await?;
    let (own, to_check, at_hub) = (
        site.app.with_labels(lists.own).await?,
        site.app.with_labels(lists.to_check).await?,
        site.app.with_labels(lists.at_hub).await?,
    );
    let mut layout = site.layout(&visitor, "Screenings").await?;
    layout.wide = true;
    let ways = buttons([
        Button::link("Start a screening", "/screenings/start"),
        Button::link("Go on with one", "/screen/resume").secondary(),
        Button::link("Links for people without an account", "/screenings/links").secondary(),
    ]);
    let none = own.is_empty() && to_check.is_empty() && at_hub.is_empty();
    let page = Page::new(layout).part(ways);
    let some = |lines: &[(Screening, String)], caption: &str| {
        (!lines.is_empty()).then(|| table(&site, caption, lines))
    };
    let editor = visitor
        .actor
        .is(Role::HubManager)
        .then(|| p(Link::new("Screening instruments and their versions", "/instruments")));
    let page = page
        .part_if(some(&to_check, "Of your organisation, to be checked first"))
        .part_if(some(&at_hub, "That reached the front door"))
        .part_if(some(&own, "That you completed"))
        .part_if(none.then(|| p("There is no screening here yet.")))
        .part_if(editor);
    show(&page)
}

/// The screenings of a child's file, for its page.
pub(crate) async fn of_file(
    site: &Site,
    visitor: &Visitor,
    file: &Reference,
) -> Result<Section, WebError> {
    let found = site.app.screenings_of_file(&visitor.actor, file).await?;
    let start =
        Link::new("Start a screening for this child", format!("/screenings/start?file={file}"));
    let section = Section::new("screenings", "Screenings");
    let section = if found.is_empty() {
        section.part(p("There is no screening of this child."))
    } else {
        section.part(table(site, "Newest first", &found))
    };
    Ok(section.part(p(start)))
}

/// The screenings attached to a concern, for its page.
pub(crate) async fn attached(
    site: &Site,
    visitor: &Visitor,
    concern: ConcernId,
    reference: &Reference,
) -> Result<Section, WebError> {
    let found = site.app.screenings_of_concern(&visitor.actor, concern).await?;
    let start = Link::new(
        "Start a screening for a child in this concern",
        format!("/screenings/start?concern={reference}"),
    );
    let section = Section::new("screenings", "Screenings attached");
    let section = if found.is_empty() {
        section.part(p("No screening is attached."))
    } else {
        section.part(table(site, "Newest first", &found))
    };
    Ok(section.part(p(start)))
}
