//! What fits beside a report: questions with their reasons, and what was decided.

use tessera_app::report::{Evidence, Finding, Question, Strength};
use tessera_core::{report::MentionKind, time::in_words};
use tessera_pages::{
    components::{
        Button, Cell, Choice, Content, HeadCell, InsetText, Link, Markup, Radios, SummaryList,
        SummaryRow, Table, Tag,
    },
    page::{Form, Section, h3, p, words},
};

use crate::{
    desk::{from, page::View},
    parts::{area, beginning, err},
};

/// A weight with its sign, to one place.
fn bits(bits: f64) -> String {
    let shown = format!("{bits:+.1}");
    if shown == "+0.0" || shown == "-0.0" { "0".into() } else { shown.replace('-', "\u{2212}") }
}

const fn finding(finding: Finding) -> &'static str {
    match finding {
        Finding::Agrees => "Agrees",
        Finding::Differs => "Differs",
        Finding::Absent => "Not said",
        Finding::Around => "Around it",
    }
}

fn strength(strength: Strength) -> Tag {
    let colour = match strength {
        Strength::Strong => "blue",
        Strength::Fair => "light-blue",
        Strength::Weak => "grey",
    };
    Tag::coloured(strength.label(), colour)
}

/// The rows of an explanation, and their sum.
fn evidence(rows: &[Evidence], sum: f64) -> Table {
    let head = [
        HeadCell::from("What was compared"),
        HeadCell::from("Finding"),
        HeadCell::from("In words"),
        HeadCell { numeric: true, ..HeadCell::from("Weight") },
    ];
    let mut table = Table::new("Why it is suggested", head).under_heading();
    for row in rows {
        table = table.row([
            Cell::from(row.part),
            Cell::from(finding(row.finding)),
            Cell::from(row.words.clone()),
            Cell::number(bits(row.bits)),
        ]);
    }
    table.row([Cell::from("Together"), Cell::from(""), Cell::from(""), Cell::number(bits(sum))])
}

/// What agrees, in a few words.
fn agrees(question: &Question) -> String {
    let said = question.evidence.iter().filter(|e| e.finding == Finding::Agrees);
    let words = said.map(|e| format!("{}: {}", e.part.to_lowercase(), e.words));
    words.collect::<Vec<_>>().join("; ")
}

/// What fits: the strongest question open, the others below it.
pub(super) fn fits(view: &View<'_>) -> Section {
    let fits = &view.seen.fits;
    let mut section = Section::new("fits", "What fits beside it");
    let chosen = (view.typed.verdict.ours, view.typed.verdict.theirs);
    let asked = fits.open.iter().find(|q| (q.ours.number, q.theirs.number) == chosen);
    let first = asked.or_else(|| fits.open.first());
    if let Some(first) = first {
        let count = format!("{} questions, from {} agencies.", fits.open.len(), fits.origins);
        section = section
            .part(p(format!("{count} A machine suggests; you decide.")))
            .part(question(view, first));
    } else {
        let nothing = "No earlier report that you may see waits for a decision here.";
        section = section.part(p(nothing));
    }
    let rest: Vec<&Question> = fits
        .open
        .iter()
        .filter(|q| {
            first.is_none_or(|f| {
                (q.ours.number, q.theirs.number) != (f.ours.number, f.theirs.number)
            })
        })
        .collect();
    if !rest.is_empty() {
        section = section.part(others(view, &rest));
    }
    if fits.held_by_others > 0 {
        section = section.part(InsetText::new(format!(
            "{} more reports may fit that you may not open. Ask the intelligence desk.",
            fits.held_by_others
        )));
    }
    section.part(p(Link::new("Open the network", format!("{}/network", view.at))))
}

fn question(view: &View<'_>, q: &Question) -> Content {
    let kind = MentionKind::from_id(&q.ours.said.kind).map_or("", MentionKind::label);
    let other = Link::new(q.piece.reference.to_string(), format!("/desk/{}", q.piece.reference));
    let grade = q.piece.grade().unwrap_or_else(|| "Not graded".into());
    let rows = SummaryList::new([
        SummaryRow::new("Here", q.ours.said.in_words()),
        SummaryRow::new("There", q.theirs.said.in_words()),
        SummaryRow::new("The other report", Content::from(other)),
        SummaryRow::new("Its day", tessera_core::time::day_in_words(q.piece.day())),
        SummaryRow::new("Held by", from(&q.piece)),
        SummaryRow::new("Its grade", grade),
        SummaryRow::new("How strong", Content::from(strength(q.strength()))),
    ]);
    let typed = &view.typed.verdict;
    let choices = [
        Choice::new("same", "Same"),
        Choice::new("not_same", "Not the same"),
        Choice::new("not_sure", "Not sure"),
    ];
    let form = Form::new(format!("{}/link", view.at), &view.layout)
        .hidden("ours", q.ours.number.to_string())
        .hidden("theirs", q.theirs.number.to_string())
        .part(
            Radios::new("verdict", "Are they the same?", choices)
                .chosen([typed.verdict.as_str()])
                .classes("govuk-radios--inline")
                .error_if(err(view.errors, "verdict")),
        )
        .part(area("verdict_reason", "Why?", &typed.verdict_reason, view.errors).rows(2))
        .part(Button::new("Decide, and show the next"));
    Content::Html(Markup::join(
        [
            Markup::of(&h3(format!("Is it the same {}?", kind.to_lowercase()))),
            Markup::of(&rows),
            Markup::of(&words(&beginning(&q.piece.report.what, 400))),
            Markup::of(&evidence(&q.evidence, q.bits)),
            Markup::of(&form),
        ]
        .iter(),
    ))
}

fn others(view: &View<'_>, rest: &[&Question]) -> Table {
    let head = ["How strong", "Here", "There", "Report", "Held by", "What agrees"];
    rest.iter().fold(
        Table::new("Further questions, strongest first", head.map(HeadCell::from)),
        |table, q| {
            let ask = format!("{}?ours={}&theirs={}#fits", view.at, q.ours.number, q.theirs.number);
            table.row([
                Cell::from(Content::from(strength(q.strength()))),
                Cell::from(q.ours.said.in_words()),
                Cell::from(Content::from(Link::new(q.theirs.said.in_words(), ask))),
                Cell::from(format!(
                    "{}, {}",
                    q.piece.reference,
                    tessera_core::time::day_in_words(q.piece.day())
                )),
                Cell::from(from(&q.piece)),
                Cell::from(agrees(q)),
            ])
        },
    )
}

/// What was decided, each to be undone.
pub(super) fn decided(view: &View<'_>) -> Section {
    let section = Section::new("decided", "Decisions about it");
    let fits = &view.seen.fits;
    if fits.decided.is_empty() {
        return section.part(p("Nobody has decided anything about it."));
    }
    let head =
        ["Decision", "Here", "There", "Report", "Grade of the link", "Why, who, when", "Undo"];
    let table = fits.decided.iter().fold(
        Table::new("Decisions, the latest first", head.map(HeadCell::from)).under_heading(),
        |table, q| {
            let Some(link) = &q.decided else { return table };
            let verdict = match link.verdict.as_str() {
                "same" => "Same",
                "not_same" => "Not the same",
                _ => "Not sure",
            };
            let undo = Form::new(format!("{}/undo", view.at), &view.layout)
                .hidden("link", link.id.to_string())
                .part(Button::new("Undo").secondary());
            let grade =
                if link.grade.is_empty() { "Not graded".into() } else { link.grade.clone() };
            let why = format!("{}\n{}, {}", link.reason, link.by, in_words(link.at));
            table.row([
                Cell::from(verdict),
                Cell::from(q.ours.said.in_words()),
                Cell::from(q.theirs.said.in_words()),
                Cell::from(q.piece.reference.to_string()),
                Cell::from(grade),
                Cell::from(Content::lines(&why)),
                Cell::from(Content::from(undo)),
            ])
        },
    );
    section.part(table)
}
