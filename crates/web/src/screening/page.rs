//! The page of one screening: the result explained rule by rule, what to do, the answers in their
//! own wording, and the decision.

mod answers;
mod compare;
mod decision;

pub(super) use compare::compare;

use tessera_app::screening::{Report, Shown, State, next_review};
use tessera_core::errors::FieldErrors;
use tessera_core::time::{day_in_words, in_words};
use tessera_pages::{
    components::{
        Button, Cell, Content, Details, HeadCell, IdentityBar, Link, SubNavigation, SummaryList,
        SummaryRow, Table, Tag, WarningText,
    },
    layout::Layout,
    page::{Form, Page, Section, bullets, p},
};

use super::{From, Typed, lists::standing};
use crate::{
    error::WebError,
    site::{Site, Visitor},
};

/// Everything the parts of the page need.
pub(super) struct View<'a> {
    pub(super) site: &'a Site,
    pub(super) layout: Layout,
    pub(super) shown: &'a Shown,
    pub(super) typed: &'a Typed,
    pub(super) errors: &'a FieldErrors,
}

impl View<'_> {
    /// A form of this page, with the version of the screening that its reader saw.
    pub(super) fn form(&self, act: &str) -> Form {
        let screening = &self.shown.screening;
        Form::new(format!("/screenings/{}/{act}", screening.reference), &self.layout)
            .hidden("version", screening.version.to_string())
    }

    pub(super) fn label(&self, level: &str) -> String {
        let instrument = &self.shown.instrument;
        let place = instrument.level_of(level);
        place.map_or_else(|| level.to_owned(), |place| instrument.level(place).label.clone())
    }

    /// An indicator in words, or a fact as the engine names it.
    fn said(&self, id: &str) -> String {
        let indicators = self.shown.instrument.indicators();
        let found = indicators.iter().find(|one| one.id == id);
        found.map_or_else(|| id.to_owned(), |one| one.text.clone())
    }
}

/// How a screening is begun.
pub(super) async fn start(site: &Site, visitor: &Visitor, from: &From) -> Result<Page, WebError> {
    let instrument = site.app.shelf.shipped();
    let header = &instrument.file().instrument;
    let mut layout = site.layout(visitor, "Start a screening").await?;
    layout.back = Some("/screenings".into());
    let about = match (from.file.as_str(), from.concern.as_str()) {
        ("", "") => "It is about a child you name in it, as far as you know them.".to_owned(),
        (file, "") => {
            format!("It is about the child of file {file}. What the file holds is filled in.")
        }
        (_, concern) => {
            format!("It is about a child in concern {concern}. What was told is filled in.")
        }
    };
    let form = Form::new("/screenings/start", &layout)
        .hidden("file", from.file.as_str())
        .hidden("concern", from.concern.as_str())
        .part(Button::new("Start"));
    Ok(Page::new(layout)
        .part(WarningText::new("If a child is in danger now, stop and call 999."))
        .part(p(about))
        .part_if(header.opening_text.as_deref().map(p))
        .part(bullets(header.principles.iter().map(String::as_str)))
        .part(form)
        .part(p(Link::new("Go on with one that you began", "/screen/resume"))))
}

/// The page of one screening.
pub(super) async fn result(
    site: &Site,
    visitor: &Visitor,
    shown: &Shown,
    typed: &Typed,
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let s = &shown.screening;
    let mut layout = site.layout(visitor, format!("Screening {}", s.reference)).await?;
    layout.back = Some("/screenings".into());
    let view = View { site, layout: layout.clone(), shown, typed, errors };
    let danger = shown.report.overlays.iter().any(|one| one == "immediate_danger");
    let page = Page::new(layout)
        .above(identity(&view))
        .part_if(
            danger.then(|| {
                WarningText::new("A child may be in danger now. Check that 999 was called.")
            }),
        )
        .part(contents(shown))
        .part(level(&view))
        .part_if(decision::agree(&view))
        .part_if((shown.may_decide && shown.waiting().is_none()).then(|| decision::decide(&view)))
        .part(actions(&view))
        .part(reasons(&view))
        .part(profile(&view))
        .part(unknowns(&view))
        .part_if(prompts(&view))
        .part(answers::answers(&view))
        .part(answers::words(&view))
        .part(decision::passed_on(&view, visitor))
        .part(others(&view));
    Ok(page)
}

fn identity(view: &View<'_>) -> IdentityBar {
    let s = &view.shown.screening;
    let name = if s.child_name.is_empty() { "Name not known" } else { &s.child_name };
    let mut bar = IdentityBar::new("Child", name)
        .fact("Screening", s.reference.to_string())
        .fact("Completed by", format!("{}, {}", s.sent_by_name, s.agency_name))
        .fact("Sent", in_words(s.submitted_at))
        .tag(standing(s));
    for overlay in &view.shown.instrument.file().overlays {
        if view.shown.report.overlays.contains(&overlay.id) {
            bar = bar.tag(Tag::coloured(overlay.label.clone(), "red"));
        }
    }
    bar.notice("Each look at this record is written down.")
}

fn contents(shown: &Shown) -> SubNavigation {
    let mut parts = vec![("Level", "#level")];
    if shown.may_decide {
        parts.push(("Decide", "#decide"));
    }
    parts.extend([
        ("What to do", "#actions"),
        ("Why", "#reasons"),
        ("Answers", "#answers"),
        ("The child's words", "#words"),
        ("Passed on", "#passed-on"),
        ("Other screenings", "#others"),
    ]);
    SubNavigation::new("Parts of this page", "", parts)
}

fn level(view: &View<'_>) -> Section {
    let (shown, report) = (view.shown, &view.shown.report);
    let mut rows = vec![SummaryRow::new(
        "The rules suggest",
        format!(
            "{}, by rule {}",
            report.level_label,
            report.decided_by.clone().unwrap_or_default()
        ),
    )];
    let decided = shown.professional().map(|level| {
        let second = level.second_name.as_deref();
        let second = second.map(|name| format!("\nAgreed by {name}.")).unwrap_or_default();
        format!(
            "{}\nDecided by {} on {}: {}{second}",
            view.label(&level.level),
            level.by_name,
            in_words(level.at),
            level.reason
        )
    });
    let decided = decided.unwrap_or_else(|| "Nobody has decided yet.".into());
    rows.push(SummaryRow::new("A named person decided", Content::lines(&decided)));
    let stands = view.label(&shown.screening.level);
    rows.push(SummaryRow::new("Actions follow", stands));
    if let Some(locked) = &report.locked_at {
        let words = format!("{}. A locked rule holds it there.", view.label(locked));
        rows.push(SummaryRow::new("It cannot be lower than", words));
    }
    let factors: Vec<&str> = shown
        .instrument
        .file()
        .protective_factors
        .iter()
        .filter(|factor| shown.raw.protective.contains(&factor.id))
        .map(|factor| factor.text.as_str())
        .collect();
    let factors =
        if factors.is_empty() { "None was named.".to_owned() } else { factors.join("\n") };
    rows.push(SummaryRow::new("What helps to keep the child safe", Content::lines(&factors)));
    let s = &shown.screening;
    let review = next_review(&shown.instrument, &s.level, s.screened_on);
    let review = review.map_or_else(
        || "After any event that changes something".into(),
        |day| format!("By {}, and after any event that changes something", day_in_words(day)),
    );
    rows.push(SummaryRow::new("Screen again", review));
    let section = Section::new("level", "The level").part(SummaryList::new(rows));
    let earlier: Vec<String> = shown
        .levels
        .iter()
        .map(|level| {
            let state = if level.holds() { "" } else { " (waits for a second person)" };
            format!(
                "{}: {} by {}{state}: {}",
                in_words(level.at),
                view.label(&level.level),
                level.by_name,
                level.reason
            )
        })
        .collect();
    let section = section.part(p(
        "The rules suggest. A named person decides. A screen that finds nothing does not \
                 mean that a child is safe.",
    ));
    if earlier.len() < 2 {
        return section;
    }
    section.part(Details::new("Every decision about the level", Content::from(bullets(earlier))))
}

fn actions(view: &View<'_>) -> Section {
    let shown = view.shown;
    let file = shown.instrument.file();
    let mut headings: Vec<&str> = Vec::new();
    let danger = "immediate_danger";
    let set = |id: &str| shown.report.overlays.iter().any(|one| one == id);
    if set(danger) {
        headings.push(danger);
    }
    headings.push(&shown.screening.level);
    headings.extend(shown.report.overlays.iter().map(String::as_str).filter(|id| *id != danger));
    let head = ["What", "Who", "By when"].map(HeadCell::from);
    let mut table = Table::new("In the order in which it is done", head);
    for action in headings.iter().filter_map(|id| file.actions.get(*id)).flatten() {
        let note = action.note.as_deref().map(|note| format!(" ({note})")).unwrap_or_default();
        table = table.row([
            Cell::from(action.what.clone()),
            Cell::from(action.who.clone()),
            Cell::from(format!("{}{note}", action.within)),
        ]);
    }
    let section = Section::new("actions", "What to do").part(table);
    section.part_if((!shown.report.requires.is_empty()).then(|| {
        p("A manager considers the highest level within one working day: a sign of harm is possible \
           and not confirmed.")
    }))
}

fn reasons(view: &View<'_>) -> Section {
    let report: &Report = &view.shown.report;
    let head = ["Rule", "What it says", "Does it hold?", "Because of"].map(HeadCell::from);
    let mut table = Table::new("Every rule that was looked at, in its order", head);
    for reason in report.reasons.iter().filter(|reason| reason.kind != "prompt") {
        let holds = match reason.result {
            "holds" => Content::from(Tag::coloured("Holds", "red")),
            "not_checked" => "Not checked: something is not known".into(),
            _ => "No".into(),
        };
        let because: Vec<String> = reason.because.iter().map(|id| view.said(id)).collect();
        let decides = report.decided_by.as_deref() == Some(reason.rule.as_str());
        let rule = if decides { format!("{} (decides)", reason.rule) } else { reason.rule.clone() };
        table = table.row([
            Cell::from(rule),
            Cell::from(reason.reason.clone()),
            Cell::from(holds),
            Cell::from(Content::lines(&because.join("\n"))),
        ]);
    }
    let beside: Vec<String> = report.beside.iter().map(|id| view.said(id)).collect();
    let section = Section::new("reasons", "Why the rules suggest this")
        .part(p("The four classes of signs are never added up. Not knowing never counts as no."))
        .part(table);
    if beside.is_empty() {
        return section;
    }
    section.part(p("Also there, although no rule speaks of it:")).part(bullets(beside))
}

fn profile(view: &View<'_>) -> Section {
    let shown = view.shown;
    let file = shown.instrument.file();
    let section = Section::new("profile", "Forms of exploitation it may point to");
    let mut rows = Vec::new();
    for kind in &file.exploitation_types {
        let Some(pointers) = shown.report.profile.get(&kind.id).filter(|list| !list.is_empty())
        else {
            continue;
        };
        let lines: Vec<String> = pointers
            .iter()
            .map(|pointer| {
                let class = file.classes.get(pointer.class.id());
                let class = class.map_or(pointer.class.id(), |class| class.label.as_str());
                let state = if pointer.state == State::Possible { ", possible" } else { "" };
                format!("{} ({class}{state})", view.said(&pointer.indicator))
            })
            .collect();
        rows.push(SummaryRow::new(kind.label.as_str(), Content::lines(&lines.join("\n"))));
    }
    if rows.is_empty() {
        return section.part(p("No present sign points to a form of exploitation."));
    }
    section.part(p("More than one is usual.")).part(SummaryList::new(rows))
}

fn unknowns(view: &View<'_>) -> Section {
    let report = &view.shown.report;
    let section = Section::new("unknowns", "What to find out first");
    if report.top_unknowns.is_empty() {
        return section.part(p("Every question of weight was answered."));
    }
    section.part(bullets(report.top_unknowns.iter().map(|id| view.said(id))))
}

fn prompts(view: &View<'_>) -> Option<Section> {
    let prompts = &view.shown.instrument.file().prompts;
    let texts: Vec<&str> = prompts
        .iter()
        .filter(|prompt| view.shown.report.prompts.contains(&prompt.id))
        .map(|prompt| prompt.text.as_str())
        .collect();
    (!texts.is_empty()).then(|| Section::new("prompts", "To think of").part(bullets(texts)))
}

fn others(view: &View<'_>) -> Section {
    let section = Section::new("others", "Other screenings of this child");
    if view.shown.others.is_empty() {
        return section
            .part(p("There is no other that you may see, or the child has no file yet."));
    }
    let at = &view.shown.screening.reference;
    let head = ["Reference", "Day", "Level", "Completed by", "Compare"].map(HeadCell::from);
    let table =
        view.shown.others.iter().fold(Table::new("Newest first", head), |table, (other, level)| {
            let compare = format!("/screenings/{at}/compare?with={}", other.reference);
            table.row([
                Cell::from(Content::from(Link::new(
                    other.reference.to_string(),
                    format!("/screenings/{}", other.reference),
                ))),
                Cell::from(day_in_words(other.screened_on)),
                Cell::from(level.clone()),
                Cell::from(format!("{}, {}", other.sent_by_name, other.agency_name)),
                Cell::from(Content::from(
                    Link::new("Side by side", compare).hidden(other.reference.to_string()),
                )),
            ])
        });
    section.part(table)
}
