//! Deciding the level, agreeing to a lower one, and what was passed on.

use tessera_core::{time::in_words, user::Role};
use tessera_pages::{
    components::{
        Button, Checkboxes, Choice, Content, Details, InsetText, Link, Radios, SummaryList,
        SummaryRow,
    },
    page::{Section, p},
};

use super::View;
use crate::{
    parts::{area, choices, err},
    site::Visitor,
};

/// The form for a decision.
pub(super) fn decide(view: &View<'_>) -> Section {
    let instrument = &view.shown.instrument;
    let typed = &view.typed.level;
    let suggested = &view.shown.report.computed_level;
    let chosen = if typed.level.is_empty() { suggested } else { &typed.level };
    let levels = instrument.levels().iter().rev().map(|level| {
        let choice = Choice::new(&level.id, level.label.as_str());
        if level.id == *suggested { choice.hint("What the rules suggest") } else { choice }
    });
    let factors = instrument.file().protective_factors.iter();
    let factors = factors.map(|factor| Choice::new(&factor.id, factor.text.as_str()));
    let ticked: Vec<&str> = if typed.factors.is_empty() {
        view.shown.raw.protective.iter().map(String::as_str).collect()
    } else {
        typed.factors.iter().map(String::as_str).collect()
    };
    let form = view
        .form("level")
        .part(
            Radios::new("level", "Which level is right?", levels)
                .chosen([chosen.as_str()])
                .error_if(err(view.errors, "level")),
        )
        .part(area("level_reason", "Your reason", &typed.level_reason, view.errors))
        .part(
            Checkboxes::new("factors", "For a lower level: what keeps the child safe?", factors)
                .chosen(ticked)
                .error_if(err(view.errors, "factors")),
        )
        .part(area(
            "change_mind",
            "For a lower level: what would change your mind?",
            &typed.change_mind,
            view.errors,
        ))
        .part(Button::new("Decide the level"));
    Section::new("decide", "Decide the level")
        .part(p("You may raise it with a reason. To lower it, you must not have completed the screen. \
                 Name what keeps the child safe, and a second person must agree. What the level asks \
                 for is then opened by itself."))
        .part(form)
}

/// A lower level that waits for a second person.
pub(super) fn agree(view: &View<'_>) -> Option<Section> {
    let waiting = view.shown.waiting()?;
    let file = view.shown.instrument.file();
    let factors: Vec<&str> = file
        .protective_factors
        .iter()
        .filter(|factor| waiting.factors.contains(&factor.id))
        .map(|factor| factor.text.as_str())
        .collect();
    let rows = SummaryList::new([
        SummaryRow::new("Proposed level", view.label(&waiting.level)),
        SummaryRow::new("By", format!("{}, {}", waiting.by_name, in_words(waiting.at))),
        SummaryRow::new("Reason", Content::lines(&waiting.reason)),
        SummaryRow::new("What keeps the child safe", Content::lines(&factors.join("\n"))),
        SummaryRow::new("What would change their mind", Content::lines(&waiting.change_mind)),
    ]);
    let section = Section::new("agree", "A lower level waits for a second person").part(rows);
    if view.shown.may_agree {
        let form = view.form("agree").part(Button::new("I agree to the lower level"));
        return Some(section.part(form));
    }
    Some(section.part(p("Until somebody else agrees, actions follow the higher level.")))
}

/// The concern that was made from it, and the way to pass it on by hand.
pub(super) fn passed_on(view: &View<'_>, visitor: &Visitor) -> Section {
    let shown = view.shown;
    let s = &shown.screening;
    let section = Section::new("passed-on", "Passed on to the front door");
    let section = match &s.concern_reference {
        Some(reference) => {
            let to = if visitor.actor.is_hub() {
                Some(format!("/queue/{reference}"))
            } else if (s.submitted_by.is_some() && s.submitted_by == visitor.user())
                || (visitor.actor.is(Role::AgencyLead) && visitor.actor.agency == Some(s.agency))
            {
                Some(format!("/concerns/{reference}"))
            } else {
                None
            };
            let text = format!("Concern {reference}");
            let what = match to {
                Some(href) => Content::from(Link::new(text, href)),
                None => Content::from(text),
            };
            section.part(p(what)).part(p("This screening is attached to it."))
        }
        None => section.part(InsetText::new("Nothing has been passed on yet.")),
    };
    if !shown.may_decide {
        return section;
    }
    let typed = &view.typed.pass_on;
    let routes = choices(&view.site.app.codes, "route", "");
    let form = view
        .form("pass-on")
        .part(
            Checkboxes::new("routes", "Where does it go?", routes)
                .chosen(typed.routes.iter().map(String::as_str))
                .error_if(err(view.errors, "routes")),
        )
        .part(area("pass_reason", "Why", &typed.pass_reason, view.errors))
        .part(Button::new("Pass it on").secondary());
    let mut details = Details::new("Pass it on, or to somebody else too", Content::from(form));
    details.open = ["routes", "pass_reason"].iter().any(|f| view.errors.of(f).is_some());
    section.part(details)
}
