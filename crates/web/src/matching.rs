//! How matching works: what it does, what it may not do, and how often it was wrong when measured.

use std::sync::Arc;
use tessera_core::t;

use axum::{Extension, extract::State};
use tessera_app::report::published_weights;
use tessera_pages::{
    components::{Cell, HeadCell, Table},
    page::{Page, Section, bullets, p},
};

use crate::{
    parts::{self, Answer},
    site::{Site, Visitor},
};

/// The page on matching: a record of an algorithm, for anybody to read.
pub(crate) async fn matching(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let layout = site.layout(&visitor, t!("How matching works")).await?;
    let page = Page::new(layout)
        .part(p(
            t!("People tell us small things: a nickname, part of a number plate, a place. This program \
             looks for earlier reports that may speak of the same person or thing. It shows them to \
             an officer with its reasons. The officer decides."),
        ))
        .part(what_it_does())
        .part(what_it_may_not())
        .part(weights())
        .part(errors())
        .part(who());
    parts::show(&page)
}

fn what_it_does() -> Section {
    Section::new("does", t!("What it does")).part(bullets([
        t!("It reads the names, plates, telephone numbers, online names and places of a report."),
        t!("It finds earlier reports that share one of them, in whole or in part."),
        t!("It compares the two part by part: what agrees, what differs, what is not said."),
        t!("Each part has a weight. The weights are shown and add up to the whole."),
        t!("What many reports share weighs little. What more than 40 share joins nothing."),
        t!("What is not said weighs nothing."),
    ]))
}

fn what_it_may_not() -> Section {
    Section::new("may-not", t!("What it may not do")).part(bullets([
        t!("It never joins two records by itself. A named person decides, with a reason."),
        t!("Every decision can be undone, and then all is as it was before."),
        t!("A pair that somebody said is not the same is not suggested again."),
        t!("It gives no score to a child or to anybody else."),
        t!("It changes no status, sends nothing and opens nothing."),
        t!("It shows nothing to somebody who may not see all that it rests on."),
        t!("Saying a thing many times makes it no stronger."),
        t!("A report that was taken back, or that is suspected to be false, joins nothing."),
    ]))
}

fn weights() -> Section {
    let head = [
        HeadCell::from(t!("What agrees")),
        HeadCell { numeric: true, ..HeadCell::from(t!("Most it weighed")) },
    ];
    let names = [
        ("whole_plate", t!("A whole plate")),
        ("part_of_plate", t!("A part of a plate")),
        ("whole_number", t!("A whole telephone number")),
        ("part_of_number", t!("A part of a number")),
        ("full_name", t!("A full name")),
        ("one_name", t!("One word of a name, and nothing else")),
        ("name_beside_another", t!("One word of a name, while another word differs")),
        ("venue", t!("A place")),
        ("venue_held_widely", t!("A place that reports of all times speak of")),
    ];
    let (weights, start) = published_weights();
    let weight = |way: &str| weights.iter().find(|(name, _)| name == way).map(|(_, bits)| *bits);
    let table = names.iter().fold(
        Table::new(t!("The greatest weights, in bits"), head),
        |table, (way, what)| match weight(way) {
            Some(bits) => table.row([Cell::from(what.clone()), Cell::number(format!("{bits:.1}"))]),
            None => table,
        },
    );
    Section::new("weights", t!("The weights"))
        .part(p(t!(
            "Before anything is known, a match is rare. A sum above 0 is called fair, above 4 \
             strong. One bit doubles the odds."
        )))
        .part(p(format!("{}: {start:.1}.", t!("What a match starts with, in bits"))))
        .part(p(t!(
            "The weights were learnt from invented reports, without any known answer. Nobody set \
             them by hand, and nothing was learnt from people."
        )))
        .part(table)
}

/// The figures of `docs/linkage-quality.md`, with the day they were measured.
fn errors() -> Section {
    let head =
        [HeadCell::from(t!("Measured on 100,000 invented reports")), HeadCell::from(t!("Result"))];
    let table = [
        (t!("Pairs put into one network that belong there"), t!("92 of 100")),
        (t!("Pairs that belong together and were put together"), t!("57 of 100")),
        (t!("Reports that stand alone and were given a link"), t!("2.7 of 100")),
        (t!("Right report among the first ten shown"), t!("50 of 100")),
    ]
    .iter()
    .fold(Table::new(t!("Errors, measured on 24 November 2026"), head), |table, (what, result)| {
        table.row([Cell::from(what.clone()), Cell::from(result.clone())])
    });
    Section::new("errors", t!("How often it is wrong"))
        .part(p(t!(
            "The same engine was measured on whole files, where it learns its weights from the file. \
             The program uses weights that were learnt before."
        )))
        .part(table)
        .part(bullets([
            t!("It was not measured on real reports of this partnership. Those may be harder."),
            t!("The weights were learnt from invented reports. Real reports may need other ones."),
            t!("Whether it is wrong more often for some communities was not measured."),
            t!("A common name, a shared car or a shared house can make two people look like one."),
            t!("A nickname that changes, or a plate read wrong twice, can hide a match."),
        ]))
}

fn who() -> Section {
    Section::new("who", t!("Who answers for it")).part(p(
        t!("The partnership does. If you think that a match about you or your family is wrong, ask the \
         front door. You need not know what is held."),
    ))
}
