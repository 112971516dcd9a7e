//! The picture of everything the desk holds: in words, as a picture, as tables; and what is built on
//! it.

mod alerts;
mod candidates;
mod data;
mod entity;
mod map;
mod path;
mod snapshots;
mod watches;

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Query, State},
};
use serde::Deserialize;
use tessera_app::{
    explore::{Filter, months, say},
    report::{Basis, Network as Found, Thing},
};
use tessera_core::{
    report::MentionKind,
    time::{Date, day_in_words},
};
use tessera_pages::{
    components::{
        Button, Cell, Content, Filter as FilterForm, HeadCell, Link, Markup, MovingPicture,
        Network, NetworkLine, NetworkNode, Pagination, Select, SelectItem, SubNavigation, Table,
    },
    layout::HiddenField,
    page::{Page, Section, bullets, p},
};

pub(crate) use alerts::{alerts, set_rule};
pub(crate) use candidates::{candidate, candidates, decide, put};
pub(crate) use data::data;
pub(crate) use entity::thing;
pub(crate) use map::map;
pub(crate) use path::path;
pub(crate) use snapshots::{make, new_snapshot, snapshot, snapshots};
pub(crate) use watches::{end_watch, keep_watch, watches};

use crate::{
    desk::from,
    parts::{self, Answer, beginning},
    site::{Site, Visitor},
};

/// A network with more reports than this is drawn by the script alone.
const MOST_DRAWN: usize = 120;
/// What the lines mean.
const LINES: &str = "A broken line was inferred by a rule; a whole line was decided by a person.";
/// Rows of a table on one page.
const ROWS: usize = 100;

/// Which rows of the tables are shown.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Rows {
    page: String,
}

/// The views of everything.
pub(super) fn views(current: &str) -> SubNavigation {
    SubNavigation::new(
        "The whole picture",
        current,
        [
            ("Network", "/picture"),
            ("Map", "/picture/map"),
            ("The rule", "/picture/alerts"),
            ("Candidates", "/picture/candidates"),
            ("What you watch", "/picture/watches"),
            ("Snapshots", "/snapshots"),
        ],
    )
}

/// A month of a filter in words.
fn in_words(month: &str) -> String {
    let day: Option<Date> = format!("{month}-01").parse().ok();
    day.map_or_else(|| month.to_owned(), tessera_core::time::month_in_words)
}

/// The filter as a form; the buttons move the window of time by its own length.
pub(super) fn filter_form(site: &Site, at: &str, filter: &Filter, all: &Found) -> FilterForm {
    let months = months(all);
    let month = |name: &str, label: &str, first: &str, chosen: &str| {
        let mut items = vec![SelectItem::new("", first)];
        items.extend(months.iter().map(|month| SelectItem::new(month, in_words(month))));
        Markup::of(&Select::new(name, label, items).chosen(chosen))
    };
    let mut kinds = vec![SelectItem::new("", "All")];
    kinds.extend(MentionKind::ALL.map(|kind| SelectItem::new(kind.id(), kind.plural())));
    let mut grades = vec![SelectItem::new("", "All"), SelectItem::new("none", "Not graded")];
    let codes = site.app.codes.options("intelligence_grade");
    grades.extend(codes.iter().map(|code| SelectItem::new(&code.id, &code.label)));
    let mut agencies = vec![SelectItem::new("", "All")];
    let mut names: Vec<&str> = all.pieces.iter().filter_map(|p| p.agency.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    agencies.extend(names.into_iter().map(|name| SelectItem::new(name, name)));
    let protected = all.pieces.iter().any(|piece| piece.agency.is_none());
    agencies.extend(protected.then(|| SelectItem::new("protected", "A protected source")));
    let mut parts = vec![
        month("from", "From", "The first", &filter.from),
        month("to", "To", "The newest", &filter.to),
        Markup::of(&Select::new("kind", "What", kinds).chosen(&filter.kind)),
        Markup::of(&Select::new("grade", "Grade", grades).chosen(&filter.grade)),
        Markup::of(&Select::new("agency", "From which agency", agencies).chosen(&filter.agency)),
    ];
    if filter.middle().is_some() {
        parts.push(Markup::of(&HiddenField::new("around", filter.around.clone())));
        parts.push(Markup::of(&HiddenField::new("steps", filter.steps.clone())));
    }
    for (value, words) in [("back", "Step back in time"), ("on", "Step on in time")] {
        parts.push(Markup::of(&Button::new(words).secondary().named("shift", value)));
    }
    let mut form = FilterForm::new(at, "Filter the picture", Content::Html(Markup::join(parts)));
    for (name, value) in filter.set() {
        let mut without = filter.clone();
        let text = match name {
            "from" => {
                without.from.clear();
                format!("From {}", in_words(value))
            }
            "to" => {
                without.to.clear();
                format!("To {}", in_words(value))
            }
            "kind" => {
                without.kind.clear();
                MentionKind::from_id(value).map_or("What", MentionKind::plural).to_owned()
            }
            "grade" => {
                without.grade.clear();
                format!("Grade {value}")
            }
            "agency" => {
                without.agency.clear();
                value.to_owned()
            }
            "around" => {
                (without.around, without.steps) = Default::default();
                "Around one person or thing".to_owned()
            }
            _ => continue,
        };
        let remove_href = format!("{at}{}", without.query());
        form.chosen
            .push(tessera_pages::components::ChosenFilter { text: text.into(), remove_href });
    }
    form.clear_href = Some(at.to_owned());
    form
}

/// Words as markup.
pub(super) fn plain(text: &str) -> Markup {
    match Content::lines(text) {
        Content::Html(markup) => markup,
        Content::Text(_) => Markup::default(),
    }
}

/// The whole picture, or the part of it that passes a filter.
pub(crate) async fn whole(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(filter): Query<Filter>,
    Query(rows): Query<Rows>,
) -> Answer {
    let all = site.app.whole_picture(&visitor.actor, "network", filter.middle()).await?;
    let filter = filter.shifted(&months(&all));
    let found = filter.keep(&all);
    let mut layout = site.layout(&visitor, "The whole picture").await?;
    layout.wide = true;
    layout.back = Some("/desk".into());
    let words = say(&found);
    let drawn = found.pieces.len() <= MOST_DRAWN;
    let label = "The network as a picture; the same stands in the tables below";
    let moving = MovingPicture::new(format!("/picture/data{}", filter.query()), label);
    let page = Page::new(layout.clone())
        .above(views("/picture"))
        .part(filter_form(&site, "/picture", &filter, &all))
        .part_if(expand(&filter, &all))
        .part(Section::new("words", "In words").part(bullets(words.clone())).part(p(
            "Joined are the same plate, number, online name and place name. People are joined only \
             by people. Open a report to see what else is suggested.",
        )))
        .part(
            Section::new("picture", "As a picture")
                .part(p(LINES))
                .part_if(drawn.then(|| picture(&found, label, &words.join(" "))))
                .part_if((!drawn).then(|| {
                    p("This is too much for a still picture. Choose a shorter time or one kind.")
                }))
                .part(moving),
        )
        .part(Section::new("things", "What they share").part(things(&found, &filter, &rows)))
        .part(Section::new("reports", "The reports by day").part(reports(&found, &filter, &rows)))
        .part(watches::save_search(&layout, &filter))
        .part_if(snapshots::way(&visitor, &filter));
    parts::show(&page)
}

/// How far around a thing, and the way to one step more or fewer.
fn expand(filter: &Filter, all: &Found) -> Option<Section> {
    let middle = filter.middle()?;
    let thing =
        all.things.iter().find(|t| t.ties.iter().any(|tie| tie.mention.number == middle))?;
    let reach = filter.reach();
    let with = |steps: usize| Filter { steps: steps.to_string(), ..filter.clone() };
    let mut ways = vec![Content::from(Link::new("Open it", format!("/picture/thing/{middle}")))];
    if reach < 6 {
        let to = format!("/picture{}", with(reach + 1).query());
        ways.push(Content::from(Link::new("One step further", to)));
    }
    if reach > 1 {
        let to = format!("/picture{}", with(reach - 1).query());
        ways.push(Content::from(Link::new("One step nearer", to)));
    }
    let plural = if reach == 1 { "report" } else { "reports" };
    Some(
        Section::new("around", format!("Around {}", thing.name))
            .part(p(format!("Up to {reach} {plural} away.")))
            .part(bullets(ways)),
    )
}

fn picture(found: &Found, label: &str, summary: &str) -> Network {
    let reports = found
        .pieces
        .iter()
        .map(|piece| NetworkNode::new(day_in_words(piece.day()), from(piece)))
        .collect();
    let named = |thing: &Thing| {
        let note = format!("{}, {} reports", thing.kind.label(), thing.reports().len());
        NetworkNode::new(&thing.name, note)
    };
    let lines: Vec<NetworkLine> = found
        .things
        .iter()
        .enumerate()
        .flat_map(|(n, thing)| {
            thing.reports().into_iter().map(move |report| {
                let decided = is_decided(thing, report);
                NetworkLine { report, thing: n, decided }
            })
        })
        .collect();
    Network::new(label, summary, reports, found.things.iter().map(named).collect(), &lines)
}

/// Whether people decided that the thing of a report is this one: no rule stands behind it, and it
/// joins others by decisions.
pub(super) fn is_decided(thing: &Thing, report: usize) -> bool {
    let inferred = |basis: &Option<Basis>| matches!(basis, Some(Basis::Suggested(..)));
    let here = thing.ties.iter().filter(|tie| tie.piece == report);
    let any_decided = thing.ties.iter().any(|tie| matches!(tie.basis, Some(Basis::Decided(_))));
    any_decided && here.clone().any(|tie| !inferred(&tie.basis))
}

/// The ways to further pages of a table.
fn pages(rows: usize, filter: &Filter, shown: usize) -> Option<Pagination> {
    let last = rows.div_ceil(ROWS);
    let at = |page: usize| {
        let query = filter.query();
        let mark = if query.is_empty() { '?' } else { '&' };
        format!("/picture{query}{mark}page={page}#things")
    };
    (last > 1).then(|| Pagination::of(shown, last, at))
}

fn shown(rows: &Rows, many: usize) -> usize {
    rows.page.parse().unwrap_or(1_usize).clamp(1, many.div_ceil(ROWS).max(1))
}

/// On what a thing rests, in words.
pub(super) fn rests(thing: &Thing) -> String {
    let mut words: Vec<String> = Vec::new();
    for tie in &thing.ties {
        let said = match &tie.basis {
            Some(Basis::Decided(link)) => {
                let grade = if link.grade.is_empty() { "not graded" } else { &link.grade };
                format!("Decided by {} (grade {grade}): {}", link.by, link.reason)
            }
            Some(Basis::Suggested(_, why)) => format!("Inferred by {why}"),
            None => continue,
        };
        if !words.contains(&said) {
            words.push(said);
        }
    }
    words.join("\n")
}

fn things(found: &Found, filter: &Filter, rows: &Rows) -> Content {
    if found.things.is_empty() {
        return Content::from("Nothing.");
    }
    let page = shown(rows, found.things.len());
    let head = ["What", "Kind", "Reports", "On what it rests", "Around it"].map(HeadCell::from);
    let table = Table::new("People and things, most shared first", head).under_heading();
    let table =
        found.things.iter().skip((page - 1) * ROWS).take(ROWS).fold(table, |table, thing| {
            let number = thing.number;
            let around = Filter { around: number.to_string(), steps: "1".into(), ..filter.clone() };
            let name = Link::new(thing.name.clone(), format!("/picture/thing/{number}"));
            let expand = Link::new("Expand", format!("/picture{}", around.query()))
                .hidden(format!("around {}", thing.name));
            table.row([
                Cell::from(Content::from(name)),
                Cell::from(thing.kind.label()),
                Cell::number(thing.reports().len().to_string()),
                Cell::from(Content::lines(&rests(thing))),
                Cell::from(Content::from(expand)),
            ])
        });
    let mut parts = vec![Markup::of(&table)];
    parts.extend(pages(found.things.len(), filter, page).map(|pages| Markup::of(&pages)));
    Content::Html(Markup::join(parts))
}

fn reports(found: &Found, filter: &Filter, rows: &Rows) -> Content {
    let page = shown(rows, found.pieces.len());
    let head = ["Day", "Report", "Held by", "Grade", "Beginning", "Shares"].map(HeadCell::from);
    let mut shares: Vec<Vec<&str>> = vec![Vec::new(); found.pieces.len()];
    for thing in &found.things {
        for report in thing.reports() {
            if let Some(names) = shares.get_mut(report) {
                names.push(&thing.name);
            }
        }
    }
    let table = Table::new("Reports by day", head).under_heading();
    let rows = found.pieces.iter().zip(shares).skip((page - 1) * ROWS).take(ROWS);
    let table = rows.fold(table, |table, (piece, shares)| {
        let link = Link::new(piece.reference.to_string(), format!("/desk/{}", piece.reference));
        table.row([
            Cell::from(day_in_words(piece.day())),
            Cell::from(Content::from(link)),
            Cell::from(from(piece)),
            Cell::from(piece.grade().unwrap_or_else(|| "Not graded".into())),
            Cell::from(beginning(&piece.report.what, 140)),
            Cell::from(shares.join("; ")),
        ])
    });
    let mut parts = vec![Markup::of(&table)];
    parts.extend(pages(found.pieces.len(), filter, page).map(|pages| Markup::of(&pages)));
    Content::Html(Markup::join(parts))
}
