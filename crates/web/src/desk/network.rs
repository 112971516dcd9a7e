//! The network of a report as a picture, as tables and in words; and one person or thing of it.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
};
use tessera_app::report::{Basis, Network as Found, Thing, thing_of};
use tessera_core::{time::day_in_words, user::Role};
use tessera_pages::{
    components::{Cell, Content, HeadCell, Link, Network, NetworkLine, NetworkNode, Table, Tag},
    page::{Page, Section, bullets, p},
};

use crate::{
    desk::from,
    error::WebError,
    parts::{self, Answer, beginning},
    queue::reference,
    site::{Site, Visitor},
};

/// The network around a report.
pub(crate) async fn network(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(report): Path<String>,
) -> Answer {
    let reference = reference(&report)?;
    let found = site.app.network(&visitor.actor, &reference).await?;
    let mut layout = site.layout(&visitor, "Network").await?;
    layout.wide = true;
    layout.back = Some(format!("/desk/{reference}"));
    let at = format!("/desk/{reference}");
    let police = visitor.actor.is(Role::PoliceIntelligence);
    let page = Page::new(layout)
        .caption(format!("Report {reference}"))
        .part(Section::new("words", "In words").part(bullets(found.words())).part(p(
            "Everything here is what you may see. A suggestion is not a fact: a person decides.",
        )))
        .part(
            Section::new("picture", "As a picture")
                .part(p("A broken line is a suggestion; a whole line was decided by a person."))
                .part(picture(&found)),
        )
        .part(Section::new("things", "What they share").part(things(&found, &at)))
        .part(Section::new("reports", "The reports by day").part(reports(&found)))
        .part_if(police.then(|| take_out(&at)));
    parts::show(&page)
}

/// The network as files for other tools.
fn take_out(at: &str) -> Section {
    Section::new("take-out", "For other tools")
        .part(p(
            "Only reports graded with handling P are in the files. None suspected to be false or taken \
             back is. Taking one is written down. Keep it as you keep the reports.",
        ))
        .part(bullets([
            Content::from(Link::new("As a table (CSV)", format!("{at}/network.csv"))),
            Content::from(Link::new("As a graph (GraphML)", format!("{at}/network.graphml"))),
            Content::from(Link::new(
                "As entities (FollowTheMoney)",
                format!("{at}/network.ftm.json"),
            )),
            Content::from(Link::new("As STIX 2.1", format!("{at}/network.stix.json"))),
            Content::from(Link::new(
                "As links for chart programs (i2 style CSV)",
                format!("{at}/network-links.csv"),
            )),
        ]))
}

fn picture(found: &Found) -> Network {
    let reports = found
        .pieces
        .iter()
        .map(|piece| NetworkNode::new(day_in_words(piece.day()), from(piece)))
        .collect();
    let things = found
        .things
        .iter()
        .map(|thing| {
            let note = format!("{}, {} reports", thing.kind.label(), thing.reports().len());
            NetworkNode::new(&thing.name, note)
        })
        .collect();
    let mut lines = Vec::new();
    for (n, thing) in found.things.iter().enumerate() {
        for report in thing.reports() {
            let mut ties = thing.ties.iter().filter(|tie| tie.piece == report);
            let decided = ties.any(|tie| !matches!(tie.basis, Some(Basis::Suggested(..))))
                && (thing.is_decided() || has_decision(thing, report));
            lines.push(NetworkLine { report, thing: n, decided });
        }
    }
    let summary = found.words().join(" ");
    Network::new(
        "The network as a picture; the same stands in the tables below",
        &summary,
        reports,
        things,
        &lines,
    )
}

/// Whether a person's decision joins this report to the thing.
fn has_decision(thing: &Thing, report: usize) -> bool {
    thing.ties.iter().any(|tie| {
        let Some(Basis::Decided(link)) = &tie.basis else { return false };
        let of = |number: i64| thing.ties.iter().find(|t| t.mention.number == number);
        [link.one, link.other].into_iter().filter_map(of).any(|tie| tie.piece == report)
    })
}

fn basis(thing: &Thing) -> String {
    let mut words: Vec<String> = Vec::new();
    for tie in &thing.ties {
        match &tie.basis {
            Some(Basis::Decided(link)) => {
                let grade = if link.grade.is_empty() { "not graded" } else { &link.grade };
                words.push(format!("Decided by {} (grade {grade}): {}", link.by, link.reason));
            }
            Some(Basis::Suggested(strength, why)) => {
                words.push(format!("Suggested, {}: {why}", strength.label().to_lowercase()));
            }
            None => {}
        }
    }
    words.join("\n")
}

fn things(found: &Found, at: &str) -> Content {
    if found.things.is_empty() {
        return Content::from("Nothing.");
    }
    let head = ["What", "Kind", "Reports", "On what it rests"].map(HeadCell::from);
    let table = found.things.iter().fold(
        Table::new("People and things, most shared first", head).under_heading(),
        |table, thing| {
            let reports: Vec<String> = thing
                .reports()
                .into_iter()
                .filter_map(|n| found.pieces.get(n))
                .map(|piece| piece.reference.to_string())
                .collect();
            let link = Link::new(thing.name.clone(), format!("{at}/thing/{}", thing.number));
            table.row([
                Cell::from(Content::from(link)),
                Cell::from(thing.kind.label()),
                Cell::from(reports.join(", ")),
                Cell::from(Content::lines(&basis(thing))),
            ])
        },
    );
    Content::from(table)
}

fn reports(found: &Found) -> Table {
    let head = ["Day", "Report", "Held by", "Grade", "Beginning", "Shares"].map(HeadCell::from);
    found.pieces.iter().enumerate().fold(
        Table::new("Reports by day", head).under_heading(),
        |table, (n, piece)| {
            let link = Link::new(piece.reference.to_string(), format!("/desk/{}", piece.reference));
            let shares: Vec<&str> = found
                .things
                .iter()
                .filter(|thing| thing.reports().contains(&n))
                .map(|thing| thing.name.as_str())
                .collect();
            table.row([
                Cell::from(day_in_words(piece.day())),
                Cell::from(Content::from(link)),
                Cell::from(from(piece)),
                Cell::from(piece.grade().unwrap_or_else(|| "Not graded".into())),
                Cell::from(beginning(&piece.report.what, 140)),
                Cell::from(shares.join("; ")),
            ])
        },
    )
}

/// One person or thing of the network: what was said of it, side by side, and where.
pub(crate) async fn thing(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path((report, mention)): Path<(String, String)>,
) -> Answer {
    let reference = reference(&report)?;
    let found = site.app.network(&visitor.actor, &reference).await?;
    let number: i64 = mention.parse().map_err(|_| WebError::NotFound)?;
    let thing = thing_of(&found, number).ok_or(WebError::NotFound)?;
    let mut layout = site.layout(&visitor, thing.name.clone()).await?;
    layout.back = Some(format!("/desk/{reference}/network"));
    let head = ["What", "Values, side by side", "Reports"].map(HeadCell::from);
    let said = |n: &usize| found.pieces.get(*n).map(|piece| piece.reference.to_string());
    let mut values = Table::new("What was said of it", head).under_heading();
    for form in &thing.forms {
        let differ = form.values.len() > 1;
        for (value, reports) in &form.values {
            let reports: Vec<String> = reports.iter().filter_map(said).collect();
            let shown = if differ { format!("{value} (values differ)") } else { value.clone() };
            values = values.row([
                Cell::from(form.part),
                Cell::from(shown),
                Cell::from(reports.join(", ")),
            ]);
        }
    }
    let head = ["Day", "Report", "As it stands there", "Held by", "Grade", "Basis"];
    let mut ties: Vec<_> = thing.ties.iter().collect();
    ties.sort_by_key(|tie| (tie.piece, tie.mention.number));
    let mut places = Table::new("Where it stands", head.map(HeadCell::from)).under_heading();
    for tie in ties {
        let Some(piece) = found.pieces.get(tie.piece) else { continue };
        let basis = match &tie.basis {
            Some(Basis::Decided(link)) => {
                Content::lines(&format!("Decided by {}: {}", link.by, link.reason))
            }
            Some(Basis::Suggested(strength, why)) => {
                Content::lines(&format!("Suggested, {}: {why}", strength.label().to_lowercase()))
            }
            None => Content::from("Named here"),
        };
        let link = Link::new(piece.reference.to_string(), format!("/desk/{}", piece.reference));
        places = places.row([
            Cell::from(day_in_words(piece.day())),
            Cell::from(Content::from(link)),
            Cell::from(tie.mention.said.in_words()),
            Cell::from(from(piece)),
            Cell::from(piece.grade().unwrap_or_else(|| "Not graded".into())),
            Cell::from(basis),
        ]);
    }
    let page = Page::new(layout)
        .caption(format!("{} in the network of {reference}", thing.kind.label()))
        .part(p(Tag::new(if thing.is_decided() { "Joined by people" } else { "Partly suggested" })))
        .part(Section::new("values", "What was said of it").part(values))
        .part(Section::new("places", "Where it stands").part(places));
    parts::show(&page)
}
