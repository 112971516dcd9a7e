//! The pages of a file.

mod access;
mod add;

pub(super) use access::{access, steward};
pub(super) use add::{add, correct};

use tessera_app::child::Looker;
use tessera_app::child::{File, RawReason};
use tessera_core::{
    child::{Event, Field},
    errors::FieldErrors,
    reference::Reference,
    time::{age_on, day_in_london, day_in_words, in_words},
};
use tessera_pages::{
    components::{
        Action, Button, Cell, Content, Details, HeadCell, Hint, IdentityBar, Markup, Panel,
        SubNavigation, SummaryList, SummaryRow, Table, Tag, Timeline, TimelineItem, WarningText,
    },
    page::{Form, Page, Section, bullets, p},
};
use tessera_policy::Action as Act;

use super::Ask;
use crate::{
    error::WebError,
    language::before_leaving,
    parts::{area, or_not_given},
    site::{Site, Visitor},
};

/// The marking of everything printed.
const MARKING: &str = "OFFICIAL-SENSITIVE";

/// The bar that keeps the child in view.
pub(super) fn identity(site: &Site, file: &File) -> IdentityBar {
    let child = &file.identity;
    let name = if child.name.is_empty() { "Name not known" } else { &child.name };
    let mut bar = IdentityBar::new("Child", name).fact("File", child.reference.to_string());
    if let Some(born) = child.born {
        let text = match born.exact() {
            Some(day) => {
                let age = age_on(day, day_in_london(site.app.db.now()));
                format!("{}, age {age}", day_in_words(day))
            }
            None => born.to_string(),
        };
        bar = bar.fact("Born", text);
    }
    if let Some(status) = file.standing(Field::LegalStatus).last() {
        bar = bar.fact("Legal status", status.value.clone());
    }
    for alert in file.standing(Field::Alert) {
        bar = bar.tag(Tag::coloured(alert.value.clone(), "red"));
    }
    if child.restricted {
        bar = bar.tag(Tag::coloured("Restricted to named people", "purple"));
    }
    bar.notice(
        "Each look at this file is written down and can be read by those who work with the child.",
    )
}

/// The file.
pub(super) async fn file(site: &Site, visitor: &Visitor, file: &File) -> Result<Page, WebError> {
    let title = match file.as_known_on {
        Some(day) => format!("File as known on {}", day_in_words(day)),
        None => "The child's file".to_owned(),
    };
    let mut layout = site.layout(visitor, title).await?;
    let at = format!("/children/{}", file.identity.reference);
    if file.may_correct || file.as_known_on.is_some() {
        layout.back = Some("/children".into());
    }
    let page = Page::new(layout).above(identity(site, file));
    let page = match file.as_known_on {
        Some(day) => page.part(WarningText::new(format!(
            "You see the file as it was known at the end of {}. What was recorded later is left \
             out, and what was corrected later stands as it was.",
            day_in_words(day)
        ))),
        None => page,
    };
    let screenings = match file.as_known_on {
        None => Some(crate::screening::of_file(site, visitor, &file.identity.reference).await?),
        Some(_) => None,
    };
    let panel = match file.as_known_on {
        None => crate::panel::of_file(site, visitor, file.identity.id).await?,
        Some(_) => None,
    };
    Ok(page
        .part_if(file.may_correct.then(|| ways(file, &at)))
        .part(facts(file, &at))
        .part_if((!file.relations.is_empty()).then(|| relations(site, file)))
        .part(workers(file))
        .part_if(screenings)
        .part_if(panel)
        .part(chronology(site, file))
        .part_if(file.may_correct.then(|| as_known_on(&at))))
}

fn ways(file: &File, at: &str) -> SubNavigation {
    let mut ways = vec![
        ("Add to the file", format!("{at}/add")),
        ("Print", format!("{at}/print")),
        ("Who looked", format!("{at}/lookers")),
    ];
    if file.may_protect {
        ways.push(("Who may see it", format!("{at}/access")));
    }
    SubNavigation::new("This file", at, ways)
}

fn facts(file: &File, at: &str) -> Section {
    let mut rows = Vec::new();
    for field in Field::ALL {
        for fact in file.standing(field) {
            let source = format!(
                "{}. Recorded by {}, {}",
                fact.source,
                fact.recorded_by,
                in_words(fact.recorded_at)
            );
            let value = shown_value(field, &fact.value);
            let source = Hint { text: source.into(), ..Hint::default() };
            let value = Markup::join([Markup::of(&Content::lines(&value)), Markup::of(&source)]);
            let row = SummaryRow::new(field.label(), Content::Html(value));
            rows.push(if file.may_correct {
                let href = format!("{at}/correct/{}", fact.id);
                row.action(Action::new("Correct", href, field.label().to_lowercase()))
            } else {
                row
            });
        }
    }
    let corrected: Vec<String> = file
        .facts
        .iter()
        .filter_map(|old| {
            let new = file.facts.iter().find(|f| f.corrects == Some(old.id))?;
            Some(format!(
                "{}: {} was corrected to {} by {} on {}: {}",
                old.field.label(),
                shown_value(old.field, &old.value),
                shown_value(new.field, &new.value),
                new.recorded_by,
                in_words(new.recorded_at),
                new.reason.as_deref().unwrap_or_default()
            ))
        })
        .collect();
    let section = Section::new("facts", "What is known");
    let section = if rows.is_empty() {
        section.part(p("Nothing was recorded."))
    } else {
        section.part(SummaryList::new(rows))
    };
    section.part_if(
        (!corrected.is_empty())
            .then(|| Details::new("What was corrected", Content::from(bullets(corrected)))),
    )
}

fn shown_value(field: Field, value: &str) -> String {
    if field != Field::Born {
        return value.to_owned();
    }
    value
        .parse::<tessera_core::partial_date::PartialDate>()
        .map_or(value.to_owned(), |d| d.to_string())
}

fn relations(site: &Site, file: &File) -> Section {
    let head = ["Name", "To the child", "Parental responsibility", "Contact"].map(HeadCell::from);
    let label = |id: &str| site.app.codes.label("yes_no_unknown", id);
    let table = file.relations.iter().fold(Table::new("People around the child", head), |t, r| {
        let contact = r.contact.as_deref().map_or_else(String::new, |contact| {
            format!("{contact}\nSafe to contact: {}", label(&r.safe_to_contact))
        });
        t.row([
            Cell::from(Content::lines(&format!("{}\n{}", r.name, r.source))),
            Cell::from(r.relationship.clone()),
            Cell::from(label(&r.parental_responsibility)),
            Cell::from(Content::lines(&contact)),
        ])
    });
    Section::new("people", "People around the child").part(table.under_heading())
}

fn workers(file: &File) -> Section {
    let section = Section::new("workers", "Agencies and workers");
    if file.involvements.is_empty() {
        return section.part(p("No agency or worker is named yet."));
    }
    let head = ["Agency", "Worker", "What they do", "Since"].map(HeadCell::from);
    let table = file.involvements.iter().fold(Table::new("Agencies and workers", head), |t, i| {
        let until = i.until.map(|at| format!(" until {}", in_words(at))).unwrap_or_default();
        t.row([
            Cell::from(i.agency_name.clone()),
            Cell::from(or_not_given(i.user_name.as_deref())),
            Cell::from(i.role.clone()),
            Cell::from(format!("{}{until}", in_words(i.since))),
        ])
    });
    section.part(table.under_heading())
}

fn chronology(site: &Site, file: &File) -> Section {
    let section = Section::new("chronology", "Chronology");
    if file.events.is_empty() {
        return section.part(p("Nothing was recorded."));
    }
    let items: Vec<TimelineItem> = file.events.iter().map(|e| event(site, e)).collect();
    let mut timeline = Timeline::new(items);
    timeline.level = 3;
    section.part(timeline)
}

fn event(site: &Site, event: &Event) -> TimelineItem {
    let when = event.happened_on.map_or("Date not known".to_owned(), |d| d.to_string());
    let head = if event.kind == "decision" { "Reason" } else { "Opinion" };
    let opinion = event.opinion.as_deref().map(|o| format!("\n{head}: {o}")).unwrap_or_default();
    TimelineItem {
        id: format!("event-{}", event.id),
        title: Content::from(site.app.codes.label("event_kind", &event.kind)),
        datetime: event
            .happened_on
            .map(String::from)
            .unwrap_or_default()
            .trim_end_matches('~')
            .to_owned(),
        when: Content::from(when),
        by: Content::from(format!(
            "recorded by {}, {}",
            event.recorded_by,
            in_words(event.recorded_at)
        )),
        tags: if event.audience == "team" {
            vec![Tag::coloured("Team may read", "blue")]
        } else {
            vec![]
        },
        body: Content::lines(&format!("{}{opinion}", event.fact)),
        source: Content::from(event.source.clone()),
        ..TimelineItem::default()
    }
}

fn as_known_on(at: &str) -> Section {
    let mut input = tessera_pages::components::TextInput::new("as_known_on", "Day");
    input.kind = "date".into();
    input.classes = "govuk-input--width-10".into();
    let mut form = tessera_pages::components::Filter::new(at, "As known on", Content::from(input));
    form.button = "Show the file as known on that day".into();
    Section::new("as-known", "As known on a past day").part(form)
}

/// Asks for a reason, and shows nothing of the file.
pub(super) async fn reason(
    site: &Site,
    visitor: &Visitor,
    reference: &Reference,
    typed: &RawReason,
    errors: &FieldErrors,
    ask: Ask,
) -> Result<Page, WebError> {
    let (title, why, act, button) = match ask {
        Ask::Reason => (
            "Why do you need to open this file?",
            "You do not work with this child as far as the record shows. Give your reason. It is \
             written down, it holds for 12 hours, and the child's workers are told.",
            "reason",
            "Open the file",
        ),
        Ask::Emergency => (
            "This file is restricted to named people",
            "If a child's safety depends on it now, you can open it for 4 hours. Your reason is \
             written down and another manager reviews it.",
            "override",
            "Open it in an emergency",
        ),
    };
    let mut layout = site.layout(visitor, title).await?;
    layout.back = Some("/children".into());
    let form = Form::new(format!("/children/{reference}/{act}"), &layout)
        .part(area("reason", "Your reason", &typed.reason, errors))
        .part(Button::new(button));
    Ok(Page::new(layout)
        .errors(errors.0.iter().map(|e| (e.field.as_str(), e.message.clone())))
        .part(p(why))
        .part(form))
}

/// The file on paper, with its marking and who printed it.
pub(super) async fn print(site: &Site, visitor: &Visitor, file: &File) -> Result<Page, WebError> {
    let mut layout = site.layout(visitor, "The child's file, to be printed").await?;
    layout.back = Some(format!("/children/{}", file.identity.reference));
    layout.marking = Some(format!(
        "{MARKING}. Printed by {} on {}. Not to be copied or passed on.",
        visitor.actor.name,
        in_words(site.app.db.now())
    ));
    let at = String::new();
    let still = File {
        identity: file.identity.clone(),
        facts: file.facts.clone(),
        events: file.events.clone(),
        relations: file.relations.clone(),
        involvements: file.involvements.clone(),
        as_known_on: None,
        may_correct: false,
        may_protect: false,
    };
    let told = file.events.iter().flat_map(|event| {
        let place = event.happened_on.map_or_else(|| "No date".to_owned(), |day| day.to_string());
        let opinion = event.opinion.clone().map(|text| (format!("{place}, opinion"), text));
        [(place, event.fact.clone())].into_iter().chain(opinion)
    });
    let known = file.facts.iter().map(|f| (f.field.label().to_owned(), f.value.clone()));
    let notes = before_leaving(site, known.chain(told).collect()).await?;
    Ok(Page::new(layout)
        .above(identity(site, file))
        .part_if(notes)
        .part(Panel::interruption(MARKING, "Keep this paper with you. Shred it when you are done."))
        .part(facts(&still, &at))
        .part_if((!still.relations.is_empty()).then(|| relations(site, &still)))
        .part(workers(&still))
        .part(chronology(site, &still)))
}

/// Who looked, in plain words.
pub(super) async fn lookers(
    site: &Site,
    visitor: &Visitor,
    reference: &Reference,
    lookers: &[Looker],
) -> Result<Page, WebError> {
    let mut layout = site.layout(visitor, "Who looked at this file").await?;
    layout.back = Some(format!("/children/{reference}"));
    let lines = lookers.iter().map(|looker| {
        let what = Act::from_id(&looker.action).map_or(looker.action.as_str(), |a| a.words());
        let agency =
            if looker.agency.is_empty() { String::new() } else { format!(" ({})", looker.agency) };
        format!("On {} {}{agency} {what}.", in_words(looker.at), looker.name)
    });
    let lines: Vec<String> = lines.collect();
    let page = Page::new(layout).caption(reference.to_string());
    Ok(if lines.is_empty() {
        page.part(p("Nobody has looked at this file."))
    } else {
        page.part(bullets(lines))
    })
}
