//! The pages of "Know the differences".

use tessera_app::screening::differences::{Law, Weighed};
use tessera_core::time::day_in_words;
use tessera_core::{messages::content, t};
use tessera_pages::{
    components::{
        Button, Choice, Content, EmergencyCard, InsetText, Link, Markup, Radios, SummaryList,
        SummaryRow, Tag, TextInput, Textarea, WarningText,
    },
    layout::Layout,
    page::{Form, Page, Section, bullets, buttons, h2, p},
};

use super::{AGE, DANGER, Given, order};
use crate::{
    error::WebError,
    site::{Site, Visitor},
};

async fn layout(
    site: &Site,
    visitor: &Visitor,
    title: impl Into<String>,
) -> Result<Layout, WebError> {
    let mut layout = site.layout(visitor, title).await?;
    layout.exit = visitor.session.is_none().then(|| "/leave".to_owned());
    Ok(layout)
}

/// The answers as they stand in an address, without one of them.
fn query(given: &Given, without: &str) -> String {
    let kept = given.iter().filter(|(id, _)| *id != without);
    let pairs: Vec<String> = kept.map(|(id, answer)| format!("{id}={answer}")).collect();
    pairs.join("&")
}

pub(super) fn address(path: &str, given: &Given, without: &str, change: bool) -> String {
    let mut query = query(given, without);
    if change {
        query.push_str(if query.is_empty() { "change=1" } else { "&change=1" });
    }
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

fn with_answers(mut form: Form, given: &Given, without: &str) -> Form {
    for (id, answer) in given.iter().filter(|(id, _)| *id != without) {
        form = form.hidden(id, answer.as_str());
    }
    form
}

/// What it is, and what to bear in mind.
pub(super) async fn intro(site: &Site, visitor: &Visitor) -> Result<Page, WebError> {
    let aid = &site.app.aid.file().aid;
    let mut layout = layout(site, visitor, content(&aid.title)).await?;
    layout.back = Some("/".into());
    let card = EmergencyCard::new(
        t!("A child is in danger now"),
        t!("Call 999. Stay with the child if it is safe."),
        layout.emergency.numbers.iter().take(1).cloned().collect(),
    );
    let form = Form::new(format!("/differences/ask/{DANGER}"), &layout)
        .by_get()
        .part(Button::new(t!("Start")));
    Ok(Page::new(layout)
        .part(card)
        .part(p(t!(
            "This helps you think about sexual activity, grooming and exploitation of someone \
                 under 18. It asks one thing a page. You can leave any answer open and change it \
                 later."
        )))
        .part(p(t!(
            "Nothing is kept. You need no account. It is no legal advice, and it does not \
                 replace a safeguarding lead, a social worker or a police officer."
        )))
        .part(h2(t!("Think of these first")))
        .part(bullets(aid.asks_first.iter().map(|one| content(one))))
        .part(h2(t!("Never")))
        .part(bullets(aid.never.iter().map(|one| content(one))))
        .part(form)
        .part(p(Link::new(
            t!("Read the duties and what to never do without answering"),
            "/differences/result",
        )))
        .part(p(t!(
            "Version {version}, last gone through on {day}.",
            version = aid.version,
            day = day_in_words(aid.reviewed)
        ))))
}

/// One question.
pub(super) async fn ask(
    site: &Site,
    visitor: &Visitor,
    id: &str,
    given: &Given,
    weighed: &Weighed,
    change: bool,
) -> Result<Page, WebError> {
    let aid = &site.app.aid;
    let ids = order(aid, given);
    let place = ids.iter().position(|one| one == id);
    let next = place.and_then(|place| ids.get(place + 1)).filter(|_| !change);
    let before = place.and_then(|place| ids.get(place.checked_sub(1)?));
    let question = aid.question(id);
    let title =
        question.map_or_else(|| t!("How old is the child?"), |question| content(&question.ask));
    let mut layout = layout(site, visitor, title.clone()).await?;
    layout.back = Some(match before {
        Some(before) if !change => address(&format!("/differences/ask/{before}"), given, "", false),
        _ if change => address("/differences/result", given, "", false),
        _ => "/differences".into(),
    });
    let on =
        next.map_or("/differences/result".to_owned(), |next| format!("/differences/ask/{next}"));
    let form = Form::new(on, &layout);
    let chosen = given.get(id).map_or("", String::as_str);
    let form = match question {
        Some(question) if question.free_text => form.part(
            Textarea::new("words", title.clone())
                .hint(t!("Their own words, as near as you can. Do not question the child."))
                .rows(5)
                .as_page_heading(),
        ),
        Some(question) => {
            let items = question.answers.iter().map(|a| Choice::new(&a.id, content(&a.label)));
            let mut radios =
                Radios::new(id, title.clone(), items).chosen([chosen]).as_page_heading();
            radios.hint = question.note.as_deref().map(|note| Content::from(content(note)));
            form.by_get().part(radios)
        }
        None => form.by_get().part(
            TextInput::new(AGE, title)
                .hint(t!("In years. Leave it empty if you do not know."))
                .value(chosen)
                .inputmode("decimal")
                .width(3)
                .as_page_heading(),
        ),
    };
    let form = with_answers(form, given, id).part(buttons([Button::new(if next.is_some() {
        t!("Continue")
    } else {
        t!("See what it suggests")
    })]));
    let caption = match place {
        Some(place) if !change => {
            t!("Question {number} of {all}", number = place + 1, all = ids.len())
        }
        _ => t!("Change an answer"),
    };
    Ok(Page::new(layout)
        .heading("")
        .part(p(caption))
        .part(form)
        .part_if(so_far(given, weighed, change)))
}

/// What the answers so far come to, once one of them weighs.
fn so_far(given: &Given, weighed: &Weighed, change: bool) -> Option<Section> {
    let flagged = weighed.red.len() + weighed.amber.len();
    if flagged == 0 || change {
        return None;
    }
    let see = Link::new(
        t!("See what your answers suggest so far"),
        address("/differences/result", given, "", false),
    );
    Some(
        Section::new("so-far", t!("So far"))
            .part(InsetText::new(content(&weighed.result)))
            .part(p(t!("Later answers can add to this.")))
            .part(p(see)),
    )
}

/// What the answers suggest.
pub(super) async fn result(
    site: &Site,
    visitor: &Visitor,
    given: &Given,
    words: &str,
    weighed: &Weighed,
) -> Result<Page, WebError> {
    let mut layout = layout(site, visitor, t!("What your answers suggest")).await?;
    layout.back = Some("/differences".into());
    let danger = given.get(DANGER).is_some_and(|answer| answer == "yes");
    let card = danger.then(|| {
        let numbers = layout.emergency.numbers.iter().take(1).cloned().collect();
        EmergencyCard::new(t!("Call 999 first"), t!("Stay with the child if it is safe."), numbers)
    });
    let closing = WarningText::new(content(&weighed.closing_words));
    let close = t!(
        "May it be closed without a referral? {answer}",
        answer = content(&weighed.may_close_without_referral)
    );
    let go_on = Section::new("go-on", t!("Go on from here"))
        .part(p(t!("Your answers go with you. You do not type them again.")))
        .part(
            with_words(Form::new("/differences/concern", &layout), given, words)
                .part(Button::new(t!("Tell us about it"))),
        )
        .part(
            with_words(Form::new("/differences/screening", &layout), given, words)
                .part(Button::new(t!("Start a screening")).secondary()),
        );
    Ok(Page::new(layout)
        .part_if(card)
        .part(InsetText::new(content(&weighed.result)))
        .part(p(close))
        .part(closing)
        .part(must_do(site, weighed))
        .part(matter(given, weighed))
        .part(open(site, given, weighed))
        .part_if(means(site, weighed))
        .part(go_on)
        .part_if(said(site, words))
        .part(law(site, weighed))
        .part(duties(site))
        .part(all(site, given))
        .part(h2(t!("Never")))
        .part(bullets(site.app.aid.file().aid.never.iter().map(|one| content(one))))
        .part(p(t!("To keep this page, print it or save it as a file. We keep nothing."))))
}

fn with_words(form: Form, given: &Given, words: &str) -> Form {
    let form = with_answers(form, given, "");
    if words.trim().is_empty() { form } else { form.hidden("words", words.trim()) }
}

fn must_do(site: &Site, weighed: &Weighed) -> Section {
    let section = Section::new("must-do", t!("What must be done"));
    if weighed.must_do.is_empty() {
        return section
            .part(p(t!("No answer asks for a step of its own. The decision above holds.")));
    }
    let name = |id: &String| {
        let aid = &site.app.aid;
        let band = aid.band(id).map(|band| band.label.clone());
        let name = band.or_else(|| aid.question(id).map(|question| question.ask.clone()));
        content(&name.unwrap_or_default())
    };
    let rows = weighed.must_do.iter().map(|task| {
        let why: Vec<String> = task.because.iter().map(name).collect();
        SummaryRow::new(content(&task.what), t!("Because of: {reasons}", reasons = why.join("; ")))
    });
    section.part(SummaryList::new(rows))
}

fn matter(given: &Given, weighed: &Weighed) -> Section {
    let section = Section::new("matter", t!("The answers that matter most"));
    if weighed.red.is_empty() && weighed.amber.is_empty() {
        return section.part(p(t!("None of your answers weighs by itself.")));
    }
    let red =
        weighed.red.iter().map(|flagged| (flagged, Tag::coloured(t!("Refer the same day"), "red")));
    let amber = weighed
        .amber
        .iter()
        .map(|flagged| (flagged, Tag::coloured(t!("Weigh with others"), "yellow")));
    let rows = red.chain(amber).map(|(flagged, tag)| {
        let value = Markup::join([
            Markup::of(&Content::from(format!("{} ", content(&flagged.answer)))),
            Markup::of(&tag),
        ]);
        let change = tessera_pages::components::Action::new(
            t!("Change"),
            address(&format!("/differences/ask/{}", flagged.question), given, "", true),
            content(&flagged.ask),
        );
        SummaryRow::new(content(&flagged.ask), Content::Html(value)).action(change)
    });
    section.part(SummaryList::new(rows))
}

fn open(site: &Site, given: &Given, weighed: &Weighed) -> Section {
    let section = Section::new("open", t!("What is still open"));
    let ids = weighed.open.iter().filter_map(|id| site.app.aid.question(id));
    let links: Vec<Link> = ids
        .map(|question| {
            let href = address(&format!("/differences/ask/{}", question.id), given, "", true);
            Link::new(content(&question.ask), href)
        })
        .collect();
    if links.is_empty() {
        return section.part(p(t!("Every question has an answer.")));
    }
    section
        .part(p(t!("These could change what is suggested. What is not known never counts as no.")))
        .part(bullets(links))
}

fn means(site: &Site, weighed: &Weighed) -> Option<Section> {
    let file = site.app.aid.file();
    let bands = weighed.bands.iter().filter_map(|id| site.app.aid.band(id));
    let bands = bands.map(|band| SummaryRow::new(content(&band.label), content(&band.suggests)));
    let terms = file.definitions.iter().filter(|one| weighed.suggests.contains(&one.id));
    let terms = terms.map(|one| SummaryRow::new(content(&one.label), content(&one.means)));
    let rows: Vec<SummaryRow> = bands.chain(terms).collect();
    (!rows.is_empty()).then(|| {
        Section::new("means", t!("What it may be"))
            .part(p(t!("More than one may be true. A person who knows the child decides.")))
            .part(SummaryList::new(rows))
    })
}

fn said(site: &Site, words: &str) -> Option<Section> {
    let question = site.app.aid.file().questions.iter().find(|question| question.free_text)?;
    (!words.trim().is_empty()).then(|| {
        Section::new("said", content(&question.ask)).part(tessera_pages::page::words(words.trim()))
    })
}

/// How far a statement was checked, and when.
fn checked(site: &Site, verified: bool) -> Markup {
    let on = day_in_words(site.app.aid.file().aid.reviewed);
    let (tag, colour, words) = if verified {
        (t!("Verified"), "green", t!("Compared with the text on {day}.", day = on))
    } else {
        (t!("Not yet verified"), "yellow", t!("Last gone through on {day}.", day = on))
    };
    Markup::join([Markup::of(&Tag::coloured(tag, colour)), Markup::of(&p(words))])
}

fn law_row(site: &Site, law: &Law) -> SummaryRow {
    let value = Markup::join([
        Markup::of(&p(content(&law.text))),
        Markup::of(&p(Link::new(content(&law.source), law.address.as_str()))),
        checked(site, law.verified),
    ]);
    SummaryRow::new(content(&law.source), Content::Html(value))
}

fn law(site: &Site, weighed: &Weighed) -> Section {
    let laws: Vec<&Law> = weighed.law.iter().filter_map(|id| site.app.aid.law(id)).collect();
    let section = Section::new("law", t!("The law behind this"));
    if laws.is_empty() {
        return section.part(p(t!("Your answers so far point to no statement of law.")));
    }
    section
        .part(p(t!("England and Wales. In our own words, to be read beside the text itself.")))
        .part(SummaryList::new(laws.into_iter().map(|law| law_row(site, law))))
}

fn duties(site: &Site) -> Section {
    let rows = site.app.aid.file().duties.iter().map(|duty| {
        let from = if let Some(day) = duty.in_force_from {
            t!("In force from {day}.", day = day_in_words(day))
        } else {
            t!("Not yet in force.")
        };
        let value = Markup::join([
            Markup::of(&p(format!("{from} {}", content(&duty.note)))),
            Markup::of(&p(content(&duty.law))),
            checked(site, duty.verified),
        ]);
        SummaryRow::new(content(&duty.label), Content::Html(value))
    });
    Section::new("duties", t!("Duties beside this")).part(SummaryList::new(rows))
}

fn all(site: &Site, given: &Given) -> Section {
    let aid = &site.app.aid;
    let rows = order(aid, given).into_iter().filter_map(|id| {
        let question = aid.question(&id);
        if question.is_some_and(|question| question.free_text) {
            return None;
        }
        let ask =
            question.map_or_else(|| t!("How old is the child?"), |question| content(&question.ask));
        let answer = given.get(&id);
        let label = match (question, answer) {
            (Some(question), Some(answer)) => {
                let found = question.answers.iter().find(|one| one.id == *answer);
                found.map_or_else(|| t!("Not answered"), |one| content(&one.label))
            }
            (None, Some(age)) => t!("{age} years", age = age),
            _ => t!("Not answered"),
        };
        let change = tessera_pages::components::Action::new(
            t!("Change"),
            address(&format!("/differences/ask/{id}"), given, "", true),
            ask.clone(),
        );
        Some(SummaryRow::new(ask, label).action(change))
    });
    Section::new("answers", t!("Your answers")).part(SummaryList::new(rows))
}

/// Somebody without an account needs a link for a screening.
pub(super) async fn needs_link(
    site: &Site,
    visitor: &Visitor,
    given: &Given,
    words: &str,
) -> Result<Page, WebError> {
    let mut layout = layout(site, visitor, t!("A screening needs a link")).await?;
    layout.back = Some(address("/differences/result", given, "", false));
    let form = with_words(Form::new("/differences/concern", &layout), given, words)
        .part(Button::new(t!("Tell us about it now")));
    Ok(Page::new(layout)
        .part(p(t!(
            "A screening is read by the safeguarding lead of your organisation. Ask them for a \
                 link. It works on your phone, and you need no account."
        )))
        .part(p(t!(
            "If you have a link, open it and choose to know the differences first. Then your \
                 answers go into the screening."
        )))
        .part(p(Link::new(t!("Sign in, if you have an account"), "/sign-in")))
        .part(p(t!("You need not wait. You can tell us now, and your answers go with it.")))
        .part(form))
}
