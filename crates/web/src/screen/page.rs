//! The pages of a screening that is being answered.

mod fields;

use tessera_app::screening::{Instrument, Landing, OpenScreening, Report, Response, Sent};
use tessera_core::{errors::FieldErrors, messages::content, reference::Code, t, time::in_words};
use tessera_pages::{
    components::{
        Button, Content, EmergencyCard, InsetText, Link, Panel, SummaryList, SummaryRow, Tag, Task,
        TaskList, TextInput, WarningText,
    },
    layout::Layout,
    page::{Form, Page, Section, bullets, buttons, h2, p},
};

use super::{Step, read::step_of};
use crate::{
    error::WebError,
    parts::{err, or_not_given},
    site::{Site, Visitor},
};

pub(crate) use fields::Asked;

type Open = (Code, OpenScreening);

async fn layout(
    site: &Site,
    visitor: &Visitor,
    title: impl Into<String>,
) -> Result<Layout, WebError> {
    let mut layout = site.layout(visitor, title).await?;
    layout.exit = visitor.session.is_none().then(|| "/leave".to_owned());
    Ok(layout)
}

/// How to go on later with what was kept.
fn kept(open: &Open) -> InsetText {
    InsetText::new(t!(
        "Everything is kept, last on {kept}. To go on later, here or on another device, use the \
         code {code}. What is not sent is deleted on {deleted}.",
        kept = in_words(open.1.changed_at),
        code = open.0,
        deleted = in_words(open.1.expires_at)
    ))
}

fn danger(layout: &Layout) -> EmergencyCard {
    EmergencyCard::new(
        t!("Call 999 first"),
        t!("Stay with the child if it is safe. Then call us. You can write afterwards."),
        layout.emergency.numbers.clone(),
    )
}

/// All parts, and how far each is.
pub(super) async fn parts(site: &Site, visitor: &Visitor, open: &Open) -> Result<Page, WebError> {
    let instrument = &open.1.instrument;
    let header = &instrument.file().instrument;
    let layout = layout(site, visitor, content(&header.title)).await?;
    let signed_in = open.1.belongs.user.is_some();
    let wrong = open.1.raw.check(instrument, open.1.today, signed_in);
    let mut tasks = vec![task(open, t!("The child"), Step::Child, &wrong)];
    for (place, section) in instrument.sections().iter().enumerate() {
        tasks.push(task(open, content(&section.title), Step::Section(place), &wrong));
    }
    tasks.push(task(open, t!("The child's own words, and what helps"), Step::Words, &wrong));
    let card = (open.1.raw.danger == "yes").then(|| danger(&layout));
    let page = Page::new(layout.clone())
        .caption(t!("Version {version}", version = header.version))
        .part_if(card)
        .part_if(header.opening_text.as_deref().map(|text| p(content(text))))
        .part(TaskList::new(tasks))
        .part(buttons([
            Button::link(t!("Start with the first part"), Step::Child.href(instrument)),
            Button::link(t!("Check and send"), "/screen/check").secondary(),
        ]))
        .part(h2(t!("Keep in mind")))
        .part(bullets(header.principles.iter().map(|one| content(one))))
        .part(differences(open))
        .part(kept(open));
    let delete = Form::new("/screen/delete", &layout)
        .part(Button::new(t!("Delete this screening")).secondary());
    Ok(page.part(delete))
}

/// The conversation it was begun from, and the way to it.
fn differences(open: &Open) -> Section {
    let section = Section::new("differences", t!("Know the differences"));
    let Some(had) = &open.1.raw.differences else {
        return section
            .part(p(t!(
                "Not sure what you are looking at? A short guide asks one thing a page. Its \
                     answers can go into this screening."
            )))
            .part(p(Link::new(t!("Know the differences first"), "/differences")));
    };
    section
        .part(p(content(&had.result)))
        .part(tessera_pages::page::words(&content(&had.summary.join("\n"))))
}

fn task(open: &Open, title: String, step: Step<'_>, wrong: &FieldErrors) -> Task {
    let instrument = &open.1.instrument;
    let href = step.href(instrument);
    let key = href.trim_start_matches("/screen/").to_owned();
    let mut mine = super::read::names(step, instrument);
    if let Step::Section(place) = step {
        mine = super::read::names(Step::More(place), instrument);
    }
    let missing = wrong.0.iter().any(|error| mine.contains(&error.field));
    if missing && open.1.raw.seen.contains(&key) {
        return Task::open(title, href, Tag::coloured(t!("More to tell"), "yellow"));
    }
    if open.1.raw.seen.contains(&key) {
        return Task::completed(title, href);
    }
    Task::open(title, href, Tag::coloured(t!("Not yet looked at"), "grey"))
}

/// The fields of one page.
pub(crate) fn asked(
    site: &Site,
    form: Form,
    at: Step<'_>,
    asked: &Asked<'_>,
    errors: &FieldErrors,
) -> Form {
    match at {
        Step::Child => fields::child(form, asked, errors),
        Step::Section(place) => fields::section(form, asked, place),
        Step::More(place) => fields::more(form, asked, place, errors),
        Step::Words | Step::None(_) => fields::words(site, form, asked, errors),
    }
}

/// The title of one page.
pub(crate) fn title_of(at: Step<'_>, instrument: &Instrument) -> String {
    let section = |place: usize| {
        instrument.sections().get(place).map(|one| content(&one.title)).unwrap_or_default()
    };
    match at {
        Step::Child => t!("The child"),
        Step::Words | Step::None(_) => t!("The child's own words, and what helps"),
        Step::Section(place) => section(place),
        Step::More(place) => t!("{title}: more about it", title = section(place)),
    }
}

/// One page.
pub(super) async fn step(
    site: &Site,
    visitor: &Visitor,
    at: Step<'_>,
    open: &Open,
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let instrument = &open.1.instrument;
    let sections = instrument.sections();
    let title = title_of(at, instrument);
    let mut layout = layout(site, visitor, &title).await?;
    layout.back = Some("/screen".into());
    let form = Form::new(at.href(instrument), &layout)
        .id("autosave")
        .words("data-kept", t!("Kept at {time}", time = "{time}"))
        .words("data-not-kept", t!("Not kept just now. We try again."));
    let signed_in = open.1.belongs.user.is_some();
    let form = asked(site, form, at, &Asked { instrument, raw: &open.1.raw, signed_in }, errors);
    let form = form.part(buttons([
        Button::new(t!("Keep and go on")),
        Button::new(t!("Keep and see all parts")).named("parts", "1").secondary(),
    ]));
    let place = match at {
        Step::Child => 1,
        Step::Section(place) | Step::More(place) => place + 2,
        Step::Words | Step::None(_) => sections.len() + 2,
    };
    let help = match at {
        Step::Section(place) => sections.get(place).and_then(|one| one.help.clone()),
        _ => None,
    };
    let card = (open.1.raw.danger == "yes" && at == Step::Child).then(|| danger(&layout));
    Ok(Page::new(layout)
        .caption(t!("Part {number} of {all}", number = place, all = sections.len() + 2))
        .part_if(card)
        .part_if(help.map(|text| p(content(&text))))
        .part(form)
        .part(kept(open)))
}

/// Check before sending.
pub(super) async fn check(
    site: &Site,
    visitor: &Visitor,
    open: &Open,
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let instrument = &open.1.instrument;
    let mut layout = layout(site, visitor, t!("Check what you are sending")).await?;
    layout.back = Some("/screen".into());
    let sheet = open.1.sheet()?;
    let report = Report::of(instrument, &sheet);
    let raw = &open.1.raw;
    let row = |key: String, value: &str, step: Step<'_>| {
        SummaryRow::new(key.as_str(), Content::lines(&or_not_given(Some(value)))).action(
            tessera_pages::components::Action::new(
                t!("Change"),
                step.href(instrument),
                key.to_lowercase(),
            ),
        )
    };
    let born = raw.child.born.read(&mut FieldErrors::default(), "born");
    let born = born.map(|day| day.to_string()).unwrap_or_default();
    let born = if born.is_empty() { raw.child.age.clone() } else { born };
    let mut rows = vec![
        row(t!("Child"), &raw.child.name, Step::Child),
        row(t!("Born or age"), &born, Step::Child),
    ];
    for (place, section) in instrument.sections().iter().enumerate() {
        rows.push(row(content(&section.title), &in_short(open, place), Step::Section(place)));
    }
    rows.push(row(t!("The child's own words"), &raw.child_words, Step::Words));
    rows.push(row(t!("What the child wants"), &raw.child_wishes, Step::Words));
    rows.push(row(t!("What you think"), &raw.opinion, Step::Words));
    rows.push(row(t!("Others"), &raw.others, Step::Words));
    let to_mend: Vec<Link> = errors
        .0
        .iter()
        .map(|error| {
            let step = step_of(&error.field, instrument);
            let href = format!("{}#{}", step.href(instrument), error.field);
            Link::new(told_of(instrument, error), href)
        })
        .collect();
    let danger_now = report.overlays.iter().any(|one| one == "immediate_danger");
    let card = danger_now.then(|| danger(&layout));
    let send = Form::new("/screen/send", &layout).part(Button::new(t!("Send")));
    let page = Page::new(layout).part_if(card);
    let page = if to_mend.is_empty() {
        page.part(send)
    } else {
        page.part(WarningText::new(t!("Some answers need more before this can be sent.")))
            .part(bullets(to_mend))
    };
    Ok(page
        .part(suggests(&report))
        .part(SummaryList::new(rows))
        .part(h2(t!("Who will see this")))
        .part(p(t!(
            "The safeguarding lead of your organisation checks it. What the level asks for goes \
                 to the front door. Each look at it is written down."
        )))
        .part(kept(open)))
}

/// An error with the indicator that it is about.
fn told_of(instrument: &Instrument, error: &tessera_core::errors::FieldError) -> String {
    let id = error.field.rsplit_once('-').map_or("", |(id, _)| id);
    let indicator = instrument.indicators().iter().find(|one| one.id == id);
    indicator.map_or_else(
        || error.message.clone(),
        |one| format!("{}: {}", content(&one.text), error.message),
    )
}

/// What was answered in a section, in a few words.
fn in_short(open: &Open, place: usize) -> String {
    let instrument = &open.1.instrument;
    let Some(section) = instrument.sections().get(place) else { return String::new() };
    let indicators = instrument.indicators().get(section.indicators.clone()).unwrap_or_default();
    let mut lines = Vec::new();
    let mut not_known = 0_usize;
    for indicator in indicators {
        let answer = open.1.raw.answer(&indicator.id);
        match answer.answered() {
            Response::Yes => lines.push(t!("Yes: {sign}", sign = content(&indicator.text))),
            Response::Possible => {
                lines.push(t!("Possible: {sign}", sign = content(&indicator.text)));
            }
            Response::NotKnown => not_known += 1,
            Response::No => {}
        }
    }
    if not_known > 0 {
        lines.push(t!("Not known: {number} of {all}", number = not_known, all = indicators.len()));
    }
    if lines.is_empty() { t!("No to all") } else { lines.join("\n") }
}

/// What the rules suggest so far. A named person decides.
fn suggests(report: &Report) -> Section {
    let told: Vec<String> = report
        .actions
        .iter()
        .filter(|action| action.action.who.contains("completing worker"))
        .map(|action| content(&format!("{} ({})", action.action.what, action.action.within)))
        .collect();
    let section = Section::new("suggests", t!("What the rules suggest so far"))
        .part(InsetText::new(t!("Level: {level}", level = content(&report.level_label))))
        .part(p(t!("A named person decides. A screen that finds nothing does not mean that a child is safe.")));
    if told.is_empty() {
        return section;
    }
    section.part(p(t!("What this level asks of you:"))).part(bullets(told))
}

/// The receipt.
pub(super) async fn sent(site: &Site, visitor: &Visitor, sent: &Sent) -> Result<Page, WebError> {
    let layout = layout(site, visitor, t!("We have your screening")).await?;
    let card = sent.danger.then(|| danger(&layout));
    let time = in_words(sent.due_at);
    let mut next = vec![if sent.by_hub {
        t!("A manager of the front door checks it by {time} at the latest.", time = time)
    } else {
        t!(
            "The safeguarding lead of {agency} checks it by {time} at the latest.",
            agency = sent.agency,
            time = time
        )
    }];
    if sent.danger {
        next.push(t!("You said that a child is in danger now. The front door has it already."));
    }
    next.push(t!("What the level asks for then goes to the front door by itself."));
    let own = visitor.session.is_some().then(|| {
        p(Link::new(t!("Open this screening"), format!("/screenings/{}", sent.reference)))
    });
    Ok(Page::new(layout)
        .heading("")
        .part(Panel::new(
            t!("We have your screening"),
            t!("Your reference is {reference}", reference = sent.reference),
        ))
        .part_if(card)
        .part(h2(t!("What happens next")))
        .part(bullets(next))
        .part(p(t!("Talk to your safeguarding lead too. If something changes, do not wait.")))
        .part_if(own))
}

/// Go on with a screening.
pub(super) async fn resume(
    site: &Site,
    visitor: &Visitor,
    typed: &str,
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let mut layout = layout(site, visitor, t!("Go on with a screening")).await?;
    layout.back = Some("/".into());
    let form = Form::new("/screen/resume", &layout)
        .part(
            TextInput::new("code", t!("The code of your screening"))
                .hint(t!("Twelve letters and digits. Capitals, spaces and hyphens do not matter."))
                .value(typed)
                .spellcheck(false)
                .width(20)
                .error_if(err(errors, "code")),
        )
        .part(Button::new(t!("Open the screening")));
    let start = visitor.actor.works_with_children();
    Ok(Page::new(layout)
        .part(form)
        .part_if(start.then(|| p(Link::new(t!("Start a new screening"), "/screenings/start")))))
}

/// What a one-use link is for.
pub(super) async fn landing(
    site: &Site,
    visitor: &Visitor,
    link: &str,
    found: &Landing,
) -> Result<Page, WebError> {
    let layout = layout(site, visitor, t!("A screening for a child you worry about")).await?;
    let form = Form::new(format!("/screen/link/{link}"), &layout).part(buttons(if found.begun {
        vec![Button::new(t!("Go on with the screening"))]
    } else {
        vec![
            Button::new(t!("Start the screening")),
            Button::new(t!("Know the differences first")).named("differences", "1").secondary(),
        ]
    }));
    let numbers = layout.emergency.numbers.iter().take(1).cloned().collect();
    let card = EmergencyCard::new(t!("A child is in danger now"), t!("Call 999 first."), numbers);
    Ok(Page::new(layout)
        .part(card)
        .part(p(t!(
            "This link is for {who}. It was made by {name}, {agency}. It works once, until {time}.",
            who = found.made_for,
            name = found.made_by,
            agency = found.agency,
            time = in_words(found.expires_at)
        )))
        .part(p(t!(
            "You answer questions about what you know, have seen and have heard. Not knowing is \
                 an answer. Every page is kept, and you can stop and go on later."
        )))
        .part(p(t!(
            "The safeguarding lead reads what you send. One cookie keeps it open in this browser."
        )))
        .part(form))
}
