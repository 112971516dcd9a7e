//! The acts of the desk on a report: grade, answer, share, source, taking back.

use tessera_app::report::{RawGrade, Source};
use tessera_core::{
    codes::CodeBook, errors::FieldErrors, report::ReportStatus, time::in_words, user::User,
};
use tessera_pages::{
    components::{
        Button, Cell, Checkboxes, Choice, Content, Details, HeadCell, InsetText, Radios, Select,
        SelectItem, SummaryList, SummaryRow, Table, WordsBeside,
    },
    page::{Form, Section, bullets, p, words},
};

use crate::{
    desk::page::{View, beside},
    parts::{area, choices, err, select},
    site::Visitor,
};

pub(super) fn grade(view: &View<'_>) -> Section {
    let codes = &view.site.app.codes;
    let (typed, piece) = (&view.typed.grade, &view.seen.piece);
    let or = |typed: &str, held: Option<&str>| {
        if typed.is_empty() { held.unwrap_or_default().to_owned() } else { typed.to_owned() }
    };
    let handling = piece.handling.clone().unwrap_or_default();
    let mut codes_of = handling.split(' ');
    let held = [codes_of.next(), codes_of.next(), codes_of.next()];
    let held = |place: usize| held.get(place).copied().flatten();
    let (source, intelligence) = view.seen.suggested;
    let suggestion = format!(
        "The sender's answers suggest {source}{intelligence}: {}, {}. You decide.",
        codes.label("source_grade", source),
        codes.label("intelligence_grade", intelligence)
    );
    let filled = RawGrade {
        source_grade: or(&typed.source_grade, piece.source_grade.as_deref()),
        intelligence_grade: or(&typed.intelligence_grade, piece.intelligence_grade.as_deref()),
        handling: or(&typed.handling, held(0)),
        action_condition: or(&typed.action_condition, held(1)),
        sanitisation_condition: or(&typed.sanitisation_condition, held(2)),
        existence: if piece.existence_told { "yes".into() } else { typed.existence.clone() },
        priority: or(&typed.priority, Some(&piece.priority)),
        ..typed.clone()
    };
    let form = fields(view.form("grade"), codes, &filled, view.errors)
        .part(Button::new("Assign the grade"));
    let review = piece.review_at.map(|at| p(format!("To be looked at again by {}.", in_words(at))));
    Section::new("grade", "Grade").part(p(suggestion)).part_if(review).part(folded(
        view,
        "Assign a grade",
        &GRADE_FIELDS,
        form,
    ))
}

/// The fields of a grade by name.
const GRADE_FIELDS: [&str; 8] = [
    "source_grade",
    "intelligence_grade",
    "handling",
    "action_condition",
    "sanitisation_condition",
    "priority",
    "review_months",
    "grade_reason",
];

/// Adds the fields of a grade to a form.
pub(crate) fn fields(form: Form, codes: &CodeBook, raw: &RawGrade, errors: &FieldErrors) -> Form {
    let radios = |list: &str, title: &str, chosen: &str| {
        Radios::new(list, title, choices(codes, list, chosen))
            .classes("govuk-radios--small")
            .error_if(err(errors, list))
    };
    let condition =
        |list: &str, label: &str, chosen: &str| select(list, label, codes, list, chosen, errors);
    let months = ["1", "3", "6", "12"].map(|m| SelectItem::new(m, format!("{m} months")));
    let mut review = vec![SelectItem::new("", "Choose")];
    review.extend(months);
    let priority = [("high", "High"), ("medium", "Medium"), ("low", "Low")]
        .map(|(id, label)| SelectItem::new(id, label));
    form.part(radios("source_grade", "Source", &raw.source_grade))
        .part(radios("intelligence_grade", "Intelligence", &raw.intelligence_grade))
        .part(radios("handling", "Handling", &raw.handling))
        .part(condition("action_condition", "Action condition (with C)", &raw.action_condition))
        .part(condition(
            "sanitisation_condition",
            "Sanitisation condition (with C)",
            &raw.sanitisation_condition,
        ))
        .part(Checkboxes::new(
            "existence",
            "Who may know that there is something",
            [Choice::new(
                "yes",
                "Those who may not open it may know that the desk holds something",
            )
            .checked(raw.existence == "yes")],
        ))
        .part(
            Select::new("priority", "Priority", priority)
                .chosen(&raw.priority)
                .error_if(err(errors, "priority")),
        )
        .part(
            Select::new("review_months", "Look at it again in", review)
                .chosen(&raw.review_months)
                .error_if(err(errors, "review_months")),
        )
        .part(area("grade_reason", "Why?", &raw.grade_reason, errors).rows(2))
}

/// A form that is folded until something in it is wrong.
fn folded(view: &View<'_>, title: &str, fields: &[&str], form: Form) -> Details {
    let mut details = Details::new(title.to_owned(), Content::from(form));
    details.open = fields.iter().any(|field| view.errors.of(field).is_some());
    details
}

pub(super) fn feedback(view: &View<'_>) -> Section {
    let typed = &view.typed.told;
    let mut items = vec![SelectItem::new("", "Choose")];
    items.extend(ReportStatus::ALL.map(|status| SelectItem::new(status.id(), status.label())));
    let form = view
        .form("told")
        .part(
            Select::new("status", "Where it stands", items)
                .chosen(&typed.status)
                .error_if(err(view.errors, "status")),
        )
        .part(
            area("told", "What the sender reads", &typed.told, view.errors)
                .hint("Thank them. Never say what police do."),
        )
        .part(Button::new("Tell the sender"));
    let stands = view.seen.piece.status.label();
    Section::new("answer", "Answer to the sender")
        .part(p(format!("The sender reads: {stands}.")))
        .part(folded(view, "Tell the sender where it stands", &["status", "told"], form))
}

/// What was shared, and what may be. `leaving` holds notes on the words that would leave.
pub(super) fn sharing(view: &View<'_>, people: &[User], leaving: Option<WordsBeside>) -> Section {
    let seen = view.seen;
    let mut section = Section::new("share", "Sharing");
    if let Some(version) = seen.sanitised.last() {
        section = section
            .part(p(format!("What others may read, by {}, {}:", version.by, in_words(version.at))))
            .part(words(&version.words))
            .part(Details::new(
                "What differs from the report",
                beside(&seen.piece.report.what, &version.words),
            ));
    } else {
        section = section.part(p("There is no version yet that others may read."));
    }
    if !seen.shares.is_empty() {
        let head = ["With", "When, by", "Why", "Grade then", "Acknowledged"];
        let table = seen.shares.iter().fold(
            Table::new("Shared with", head.map(HeadCell::from)),
            |table, share| {
                let read = share.acknowledged_at.map_or_else(|| "Not yet".into(), in_words);
                table.row([
                    Cell::from(share.with.clone()),
                    Cell::from(format!("{}, {}", in_words(share.at), share.by)),
                    Cell::from(share.terms.purpose.clone()),
                    Cell::from(share.terms.grade.clone()),
                    Cell::from(read),
                ])
            },
        );
        section = section.part(table);
    }
    section = section.part(sanitise(view));
    if let Some(notes) = leaving {
        section = section
            .part(p("Words to think about before it is shared. You can share it as it is."))
            .part(notes);
    }
    section.part(share(view, people))
}

fn sanitise(view: &View<'_>) -> Details {
    let typed = &view.typed.sanitised.sanitised;
    let latest = view.seen.sanitised.last().map(|v| v.words.as_str());
    let start = latest.unwrap_or(&view.seen.piece.report.what);
    let form = view
        .form("sanitise")
        .part(bullets([
            "Leave out names and words for a role that say who told it.",
            "Leave out times, places and phrases that only one person could know.",
            "Leave out how it was learned, the school and the home.",
            "Say what is fact and what is opinion.",
        ]))
        .part(
            area(
                "sanitised",
                "What others may read",
                if typed.is_empty() { start } else { typed },
                view.errors,
            )
            .rows(6),
        )
        .part(Button::new("Keep this version").secondary());
    folded(view, "Write what others may read", &["sanitised"], form)
}

fn share(view: &View<'_>, people: &[User]) -> Details {
    let typed = &view.typed.share;
    let mut items = vec![SelectItem::new("", "Choose")];
    items.extend(people.iter().map(|user| {
        SelectItem::new(user.id.to_string(), format!("{}, {}", user.name, user.agency_name))
    }));
    let conditional =
        view.seen.piece.handling.as_deref().is_some_and(|handling| handling.contains("S2"));
    let asked = conditional.then(|| {
        Checkboxes::new(
            "consulted",
            "Condition S2",
            [Choice::new("yes", "The originator was asked and agrees")],
        )
        .error_if(err(view.errors, "consulted"))
    });
    let form = view
        .form("share")
        .part(
            Select::new("person", "With whom", items)
                .chosen(&typed.person)
                .error_if(err(view.errors, "person")),
        )
        .part(area("purpose", "Why must they know?", &typed.purpose, view.errors).rows(2))
        .part_if(asked)
        .part(Button::new("Share").secondary());
    folded(view, "Share it with a named person", &["person", "purpose", "consulted"], form)
}

pub(super) fn source(view: &View<'_>, visitor: &Visitor, source: Option<Source>) -> Section {
    let mut section = Section::new("source", "Who sent it").part(p(
        "Who sent it is sealed apart. To know it takes two people and a reason, and the agency is \
         told.",
    ));
    if let Some(who) = source {
        section = section.part(SummaryList::new([
            SummaryRow::new("Name", who.name),
            SummaryRow::new("Agency", who.agency),
        ]));
    }
    let now = view.site.app.db.now();
    let mut granted = false;
    for request in &view.seen.requests {
        let mine = visitor.actor.user() == Some(request.asked_by);
        let head = format!("{} asked, {}", request.asked_name, in_words(request.asked_at));
        section = section.part(p(head)).part(words(&request.reason));
        match (&request.answered, request.granted_until) {
            (Some((by, at)), Some(until)) => {
                section = section.part(p(format!("Granted by {by}, {}.", in_words(*at))));
                granted |= mine && until > now;
            }
            (Some((by, at)), None) => {
                section = section.part(p(format!("Refused by {by}, {}.", in_words(*at))));
            }
            (None, _) if mine => {
                section = section.part(p("Somebody else of the desk must answer."));
            }
            (None, _) => {
                let choices =
                    [Choice::new("grant", "Grant it"), Choice::new("refuse", "Refuse it")];
                let form = Form::new(format!("{}/answer-source", view.at), &view.layout)
                    .hidden("request", request.id.to_string())
                    .part(
                        Radios::new("answer", "Your answer", choices)
                            .chosen([view.typed.answer.answer.as_str()])
                            .error_if(err(view.errors, "answer")),
                    )
                    .part(Button::new("Answer"));
                section = section.part(form);
            }
        }
    }
    if granted {
        let form = Form::new(format!("{}/source", view.at), &view.layout)
            .part(Button::new("Show who sent it (this is written down)").secondary());
        return section.part(form);
    }
    let typed = &view.typed.ask.source_reason;
    let form = Form::new(format!("{}/ask-source", view.at), &view.layout)
        .part(area("source_reason", "Why must you know who sent it?", typed, view.errors).rows(2))
        .part(Button::new("Ask").secondary());
    section.part(folded(view, "Ask to know who sent it", &["source_reason"], form))
}

pub(super) fn retract(view: &View<'_>) -> Section {
    let section = Section::new("retract", "Take it back");
    if view.seen.piece.retracted_at.is_some() {
        return section.part(InsetText::new("It was taken back."));
    }
    let typed = &view.typed.retract.retract_reason;
    let form = view
        .form("retract")
        .part(area("retract_reason", "Why?", typed, view.errors).rows(2))
        .part(Button::new("Take it back").warning());
    section.part(p("It then joins nothing, and everybody who was given it is told.")).part(folded(
        view,
        "Take this report back",
        &["retract_reason"],
        form,
    ))
}
