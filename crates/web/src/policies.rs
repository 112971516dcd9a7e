//! Policies: what one has read, who has read what, and reminders.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
};
use tessera_core::{time::in_words, user::Role};
use tessera_pages::{
    components::{Button, Cell, Content, HeadCell, Link, Table, Tag},
    page::{Form, Page, Section, bullets, p},
};

use crate::{
    form::Pairs,
    parts::{Answer, go, show},
    site::{Site, Visitor},
};

fn answers(visitor: &Visitor) -> bool {
    [Role::AgencyLead, Role::HubManager, Role::Editor].iter().any(|role| visitor.actor.is(*role))
}

/// The policies, and whether one has read them.
pub(crate) async fn list(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let policies = site.app.policies(&visitor.actor).await?;
    let mut layout = site.layout(&visitor, "Policies to read").await?;
    layout.back = Some("/guidance".into());
    let mut head = vec![HeadCell::from("Policy"), "Version".into(), "You".into()];
    if answers(&visitor) {
        head.push("Everybody".into());
    }
    let table =
        policies.iter().fold(Table::new("Open a policy to confirm it", head), |table, line| {
            let read: Content = match line.read_at {
                Some(at) => format!("Read on {}", in_words(at)).into(),
                None => Tag::coloured("To read", "yellow").into(),
            };
            let mut cells = vec![
                Cell::from(Content::from(Link::new(line.title.as_str(), line.href.as_str()))),
                Cell::from(line.version.clone()),
                Cell::from(read),
            ];
            if answers(&visitor) {
                let href = format!("/policies/{}/{}", line.at.0, line.at.1);
                let link = Link::new("Who has read it", href).hidden(line.title.clone());
                cells.push(Cell::from(Content::from(link)));
            }
            table.row(cells)
        });
    let none = policies.is_empty().then(|| p("There is no policy in force."));
    show(&Page::new(layout).part_if(none).part(table))
}

/// Who has read one.
pub(crate) async fn receipts(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path((section, slug)): Path<(String, String)>,
) -> Answer {
    let found = site.app.receipts(&visitor.actor, &section, &slug).await?;
    let mut layout = site.layout(&visitor, "Who has read it").await?;
    layout.back = Some("/policies".into());
    let head = ["Agency", "People", "Have read it", "In a hundred"].map(HeadCell::from);
    let table = found.agencies.iter().fold(Table::new("By agency", head), |table, share| {
        table.row([
            Cell::from(share.name.clone()),
            Cell::number(share.people.to_string()),
            Cell::number(share.read.to_string()),
            Cell::number(format!("{}%", share.percent())),
        ])
    });
    let people = found.agencies.iter().map(|share| {
        let of = found.readers.iter().filter(|reader| reader.agency == share.agency);
        let head = ["Name", "Confirmed"].map(HeadCell::from);
        let table = of.fold(Table::new(share.name.as_str(), head), |table, reader| {
            let when = reader.read_at.map_or_else(|| "Not yet".to_owned(), in_words);
            table.row([Cell::from(reader.name.clone()), Cell::from(when)])
        });
        Content::from(table)
    });
    let late = found.readers.iter().filter(|reader| reader.read_at.is_none()).count();
    let remind = (late > 0).then(|| {
        let people = if late == 1 { "1 person".to_owned() } else { format!("{late} people") };
        Form::new(format!("/policies/{section}/{slug}/remind"), &layout)
            .part(p(format!("{people} have not confirmed it yet.")))
            .part(Button::new("Remind them").secondary())
    });
    let reminders = found.reminders.iter().map(|reminder| {
        format!("{}: {} reminded {} people", in_words(reminder.at), reminder.by, reminder.people)
    });
    let reminders: Vec<String> = reminders.collect();
    let reminded = (!reminders.is_empty())
        .then(|| Section::new("reminders", "Reminders").part(bullets(reminders)));
    let page = Page::new(layout)
        .caption(format!("{}, version {}", found.title, found.version))
        .part(table)
        .part_if(remind)
        .part_if(reminded)
        .part(Section::new("people", "People").parts(people));
    show(&page)
}

/// Confirms that one has read the version that the form names.
pub(crate) async fn confirm(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path((section, slug)): Path<(String, String)>,
    pairs: Pairs,
) -> Answer {
    site.app.confirm_policy(&visitor.actor, &section, &slug, pairs.get("version")).await?;
    go(&format!("/guidance/{section}/{slug}"))
}

/// Reminds those who have not.
pub(crate) async fn remind(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path((section, slug)): Path<(String, String)>,
    _: Pairs,
) -> Answer {
    site.app.remind_readers(&visitor.actor, &section, &slug).await?;
    go(&format!("/policies/{section}/{slug}"))
}
