//! The pages of telling.

use tessera_app::concern::{OpenDraft, Receipt};
use tessera_core::{
    concern::{MAX_CHILDREN, NameSharing, RawChild, RawConcern},
    errors::FieldErrors,
    messages::of,
    msg,
    partial_date::RawDate,
    reference::Code,
    t,
    time::in_words,
};
use tessera_pages::{
    components::{
        Action, Button, Choice, Content, EmergencyCard, InsetText, Label, Link, Panel, Radios,
        SummaryList, SummaryRow, TextInput, Textarea,
    },
    layout::Layout,
    page::{Form, Page, Paragraph, Section, bullets, buttons, h2, h3, p},
};

use crate::{
    error::WebError,
    help,
    language::beside,
    parts::{choices, date, err, noted, or_not_given},
    site::{Site, Visitor},
    tell::STEPS,
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

/// How to go on later with what was kept.
fn kept(open: &(Code, OpenDraft)) -> InsetText {
    InsetText::new(t!(
        "Your draft is kept. To go on later, here or on another device, use the code {code}. We \
         delete a draft that is not sent on {time}.",
        code = open.0,
        time = in_words(open.1.expires_at)
    ))
}

/// What did you notice?
pub(super) async fn what(
    site: &Site,
    visitor: &Visitor,
    raw: &RawConcern,
    errors: &FieldErrors,
    open: Option<&(Code, OpenDraft)>,
) -> Result<Page, WebError> {
    let mut layout = layout(site, visitor, t!("What did you notice?")).await?;
    layout.back = Some("/".into());
    let numbers: Vec<_> = layout.emergency.numbers.clone();
    let danger = (raw.kind == "danger").then(|| {
        EmergencyCard::new(
            t!("Call 999 first"),
            t!("This page is not read at once. Call now, then write what you know if you can."),
            numbers,
        )
    });
    let question = Textarea::new("what", t!("What did you notice?"))
        .hint(t!(
            "Write it in your own words: who, what, where, when. What you saw and heard comes \
             first; what you think can come later. Leave out what you do not know."
        ))
        .value(&raw.what)
        .rows(8)
        .error_if(err(errors, "what"))
        .as_page_heading();
    let question = with_notes(question, visitor);
    let hub = visitor.actor.is_hub();
    let channel = hub.then(|| {
        let ways = [
            Choice::new("", t!("I noticed it myself")),
            Choice::new("telephone", t!("Someone telephoned")),
            Choice::new("email", t!("Someone sent an e-mail")),
            Choice::new("paper", t!("It came on paper")),
        ];
        Radios::new("channel", t!("How did this reach you?"), ways)
            .chosen([raw.channel.as_str()])
            .error_if(err(errors, "channel"))
    });
    let form =
        Form::new("/tell", &layout).hidden("kind", &raw.kind).part_if(channel).part(question);
    let form = help::beside(site, form, &["tell.what"]).await?.part(buttons([
        Button::new(t!("Check and send")).named("send", "1"),
        Button::new(t!("Add more")).named("more", "1").secondary(),
    ]));
    let easy = easy_read(site).await?;
    Ok(Page::new(layout)
        .heading("")
        .part_if(danger)
        .part_if(easy)
        .part(form)
        .part_if(open.map(kept)))
}

/// What happens when somebody tells, in Easy Read, where there is such a page.
async fn easy_read(site: &Site) -> Result<Option<Paragraph>, WebError> {
    let now = site.app.guidance().await?;
    let page = now.library.page("easy-read", "what-happens-when-you-tell");
    Ok(page.map(|page| p(Link::new(t!("What happens when you tell: in Easy Read"), page.href()))))
}

/// A signed-in worker's words are noted while they type, those of others never.
fn with_notes(mut area: Textarea, visitor: &Visitor) -> Textarea {
    if visitor.session.is_some() {
        area.attributes = noted();
    }
    area
}

/// Whether a field is asked on a step.
pub(super) fn belongs(step: &str, field: &str) -> bool {
    match step {
        "children" => field.starts_with("child-") || field == "children",
        "where" => ["place", "when_text", "happened"].contains(&field),
        "others" => field == "others",
        "know" => ["origin", "child_words"].contains(&field),
        "think" => ["opinion", "child_knows", "parents_know"].contains(&field),
        _ => field == "name_sharing" || field.starts_with("reporter_"),
    }
}

/// The questions of a step, as the help beside them is keyed.
fn questions(step: &str) -> &'static [&'static str] {
    match step {
        "children" => &["tell.children"],
        "where" => &["tell.place", "tell.when_text", "tell.happened"],
        "others" => &["tell.others"],
        "know" => &["tell.origin", "tell.child_words"],
        "think" => &["tell.opinion", "tell.child_knows", "tell.parents_know"],
        _ => &["tell.name_sharing", "tell.reporter_name"],
    }
}

const fn title(step: &str) -> &'static str {
    match step.as_bytes() {
        b"children" => msg!("Which child or children is it about?"),
        b"where" => msg!("Where and when was it?"),
        b"others" => msg!("Who or what else was there?"),
        b"know" => msg!("How do you know?"),
        b"think" => msg!("Is there anything else?"),
        _ => msg!("Who may know that you told us?"),
    }
}

/// One question.
pub(super) async fn step(
    site: &Site,
    visitor: &Visitor,
    step: &str,
    open: &(Code, OpenDraft),
    raw: &RawConcern,
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let mut layout = layout(site, visitor, of(title(step))).await?;
    let place = STEPS.iter().position(|s| *s == step).unwrap_or(0);
    let before = place.checked_sub(1).and_then(|n| STEPS.get(n));
    layout.back = Some(before.map_or_else(|| "/tell".into(), |s| format!("/tell/{s}")));
    let form = Form::new(format!("/tell/{step}"), &layout);
    let form = match step {
        "children" => children(form, raw, errors, visitor.user().is_some()),
        "where" => place_and_time(form, raw, errors),
        "others" => others(form, raw, errors, visitor),
        "know" => know(site, form, raw, errors),
        "think" => think(site, form, raw, errors, visitor),
        _ => you(form, raw, errors, visitor),
    };
    let form = help::beside(site, form, questions(step)).await?.part(buttons([
        Button::new(t!("Continue")),
        Button::new(t!("I don't know, go on")).named("skip", "1").secondary(),
        Button::new(t!("Check and send now")).named("check", "1").secondary(),
    ]));
    Ok(Page::new(layout)
        .caption(t!("Question {n} of {all}", n = place + 2, all = STEPS.len() + 1))
        .part(form)
        .part(kept(open)))
}

fn input(name: &str, label: impl Into<Label>, value: &str, errors: &FieldErrors) -> TextInput {
    TextInput::new(name, label).value(value).error_if(err(errors, name))
}

fn children(mut form: Form, raw: &RawConcern, errors: &FieldErrors, worker: bool) -> Form {
    form = form
        .part(p(t!("Write what you know. A nickname, an age or what they look like helps too.")));
    let shown = (raw.children.len() + 1).clamp(1, MAX_CHILDREN);
    let empty = RawChild::default();
    for n in 0..shown {
        let child = raw.children.get(n).unwrap_or(&empty);
        let name = |part: &str| format!("child-{n}-{part}");
        let heading = if n == 0 { t!("First child") } else { t!("Child {number}", number = n + 1) };
        let mut section = Section::new(&format!("child-{n}"), heading)
            .part(input(&name("name"), t!("Name, or part of it"), &child.name, errors))
            .part(input(&name("known_as"), t!("Nickname or other names"), &child.known_as, errors))
            .part(input(&name("age"), t!("Age, roughly"), &child.age, errors).width(10))
            .part(date(&name("born"), t!("Date of birth, if you know it"), &child.born, errors))
            .part(input(&name("school"), t!("School, college or club"), &child.school, errors))
            .part(input(&name("address"), t!("Where they live or stay"), &child.address, errors));
        if worker {
            let number = input(&name("nhs_number"), t!("NHS number"), &child.nhs_number, errors);
            section = section.part(number.width(20));
        }
        form = form.part(section);
    }
    form.part_if(
        (shown < MAX_CHILDREN)
            .then(|| Button::new(t!("Add another child")).named("another", "1").secondary()),
    )
}

fn place_and_time(form: Form, raw: &RawConcern, errors: &FieldErrors) -> Form {
    form.part(
        input("place", t!("Where was it?"), &raw.place, errors)
            .hint(t!("A street, a shop, a park, a school gate, a website or an app")),
    )
    .part(
        input("when_text", t!("When was it?"), &raw.when_text, errors)
            .hint(t!("For example: Tuesdays after school, or about 4pm")),
    )
    .part(date("happened", t!("What date, if you know it?"), &raw.happened, errors))
}

fn others(form: Form, raw: &RawConcern, errors: &FieldErrors, visitor: &Visitor) -> Form {
    let area = Textarea::new("others", t!("Other people, cars, telephones, names used online"))
        .hint(t!(
            "Names or nicknames, what they looked like, a number plate or part of it, make and \
                 colour, a telephone number, a name on an app"
        ))
        .value(&raw.others)
        .rows(6)
        .error_if(err(errors, "others"));
    form.part(with_notes(area, visitor))
}

fn know(site: &Site, form: Form, raw: &RawConcern, errors: &FieldErrors) -> Form {
    let origins = choices(&site.app.codes, "origin", &raw.origin);
    form.part(
        Radios::new("origin", t!("How do you know this?"), origins).error_if(err(errors, "origin")),
    )
    .part(
        Textarea::new("child_words", t!("If a child told you: what did they say?"))
            .hint(t!("Their own words, as near as you can. Do not ask the child for more details."))
            .value(&raw.child_words)
            .rows(4)
            .error_if(err(errors, "child_words")),
    )
}

fn think(
    site: &Site,
    form: Form,
    raw: &RawConcern,
    errors: &FieldErrors,
    visitor: &Visitor,
) -> Form {
    let area = Textarea::new("opinion", t!("What do you think is happening?"))
        .hint(t!("This is kept apart from what you saw and heard."))
        .value(&raw.opinion)
        .rows(4)
        .error_if(err(errors, "opinion"));
    let form = form.part(with_notes(area, visitor));
    if visitor.session.is_none() {
        return form;
    }
    let knows = |name: &str, question: String, value: &str| {
        Radios::new(name, question, choices(&site.app.codes, "knows", value))
            .error_if(err(errors, name))
    };
    form.part(knows(
        "child_knows",
        t!("Does the child know that you are telling us?"),
        &raw.child_knows,
    ))
    .part(knows("parents_know", t!("Do the parents or carers know?"), &raw.parents_know))
}

fn you(form: Form, raw: &RawConcern, errors: &FieldErrors, visitor: &Visitor) -> Form {
    let signed_in = visitor.session.is_some() && raw.channel.is_empty();
    let choices =
        NameSharing::ALL.into_iter().filter(|c| !signed_in || *c != NameSharing::NotKnown);
    let choices = choices.map(|c| Choice::new(c.id(), of(c.label())));
    let form = form.part(
        Radios::new("name_sharing", t!("Who may know that you told us?"), choices)
            .hint(t!(
                "Whatever you choose, your name is kept sealed and apart from what you told us."
            ))
            .chosen([raw.name_sharing.as_str()])
            .error_if(err(errors, "name_sharing")),
    );
    if signed_in {
        return form;
    }
    form.part(h2(t!("How we can reach you (optional)")))
        .part(p(t!(
            "You need not say who you are. If you do, we can ask you something that helps."
        )))
        .part(
            input("reporter_name", t!("Your name"), &raw.reporter_name, errors)
                .autocomplete("name"),
        )
        .part(
            input("reporter_telephone", t!("Telephone number"), &raw.reporter_telephone, errors)
                .kind("tel")
                .autocomplete("tel"),
        )
        .part(
            input("reporter_email", t!("E-mail address"), &raw.reporter_email, errors)
                .kind("email")
                .autocomplete("email"),
        )
        .part(
            input("reporter_relation", t!("Who you are"), &raw.reporter_relation, errors)
                .hint(t!("For example: a neighbour, a football coach, a teaching assistant")),
        )
}

/// Check your answers.
pub(super) async fn check(
    site: &Site,
    visitor: &Visitor,
    open: &(Code, OpenDraft),
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let raw = &open.1.raw;
    let mut layout = layout(site, visitor, t!("Check what you are sending")).await?;
    layout.back = Some("/tell".into());
    let code = |list: &str, id: &str| {
        if id.is_empty() { String::new() } else { of(&site.app.codes.label(list, id)) }
    };
    let row = |key: String, value: &str, step: &str| {
        SummaryRow::new(key.as_str(), Content::lines(&or_not_given(Some(value))))
            .action(Action::new(t!("Change"), format!("/tell{step}"), key.to_lowercase()))
    };
    let mut rows = vec![row(t!("What you noticed"), &raw.what, "")];
    let named: Vec<&RawChild> = raw.children.iter().filter(|c| !c.is_empty()).collect();
    if named.is_empty() {
        rows.push(row(t!("Children"), "", "/children"));
    }
    for (n, child) in named.iter().enumerate() {
        let key = if named.len() == 1 { t!("Child") } else { t!("Child {number}", number = n + 1) };
        rows.push(row(key, &child_in_words(child), "/children"));
    }
    rows.push(row(t!("Where"), &raw.place, "/where"));
    let when = [raw.when_text.as_str(), &date_in_words(&raw.happened)].join(" ");
    rows.push(row(t!("When"), &when, "/where"));
    rows.push(row(t!("Others"), &raw.others, "/others"));
    rows.push(row(t!("How you know"), &code("origin", &raw.origin), "/know"));
    rows.push(row(t!("The child's own words"), &raw.child_words, "/know"));
    rows.push(row(t!("What you think"), &raw.opinion, "/think"));
    if visitor.session.is_some() {
        rows.push(row(t!("The child knows"), &code("knows", &raw.child_knows), "/think"));
        rows.push(row(t!("The parents know"), &code("knows", &raw.parents_know), "/think"));
    }
    let sharing = NameSharing::from_id(&raw.name_sharing).map_or(String::new(), |c| of(c.label()));
    rows.push(row(t!("Who may know that you told us"), &sharing, "/you"));
    if visitor.session.is_none() || !raw.channel.is_empty() {
        let who = [
            &raw.reporter_name,
            &raw.reporter_telephone,
            &raw.reporter_email,
            &raw.reporter_relation,
        ];
        let who: Vec<&str> =
            who.into_iter().map(String::as_str).filter(|t| !t.is_empty()).collect();
        rows.push(row(t!("How to reach you"), &who.join("\n"), "/you"));
    }
    let seen_by =
        t!("The officers of the front door read this. They pass on only what is needed to \
                   keep a child safe. Each look at it is written down.");
    let send = Form::new("/tell/send", &layout).part(Button::new(t!("Send")));
    let delete =
        Form::new("/tell/delete", &layout).part(Button::new(t!("Delete this draft")).secondary());
    let wrong = errors.0.iter().map(|e| e.message.clone());
    let advice = advice(site, visitor, &layout, raw).await?;
    Ok(Page::new(layout)
        .part_if((!errors.is_empty()).then(|| bullets(wrong)))
        .part(SummaryList::new(rows))
        .part_if(advice)
        .part(h2(t!("Who will see this")))
        .part(p(seen_by))
        .part(send)
        .part(kept(open))
        .part(delete))
}

/// Notes on a worker's own words, beside the words. They never stop the concern.
async fn advice(
    site: &Site,
    visitor: &Visitor,
    layout: &Layout,
    raw: &RawConcern,
) -> Result<Option<Section>, WebError> {
    if visitor.session.is_none() {
        return Ok(None);
    }
    let advice = site.app.advice_on_concern(raw).await?;
    if advice.is_empty() {
        return Ok(None);
    }
    let mut form = Form::new("/tell/words", layout);
    for one in &advice {
        form = form.part(h3(of(one.place))).part(beside(one.field, &one.text, &one.findings));
    }
    let intro =
        t!("You can send it as it is. If you change these words, the record says who did the \
                 harm. Press other words to put them in. Words that someone really said can stay, \
                 in quotation marks.");
    Ok(Some(Section::new("words", t!("Words to think about")).part(p(intro)).part(form)))
}

fn date_in_words(raw: &RawDate) -> String {
    let mut errors = FieldErrors::default();
    raw.read(&mut errors, "").map(|date| date.to_string()).unwrap_or_default()
}

fn child_in_words(child: &RawChild) -> String {
    let born = date_in_words(&child.born);
    let born = if born.is_empty() { born } else { t!("Born {date}", date = born) };
    let parts = [
        child.name.clone(),
        if child.known_as.is_empty() {
            String::new()
        } else {
            t!("Known as {names}", names = child.known_as)
        },
        if child.age.is_empty() { String::new() } else { t!("Age {age}", age = child.age) },
        born,
        child.school.clone(),
        child.address.clone(),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The receipt.
pub(super) async fn sent(
    site: &Site,
    visitor: &Visitor,
    receipt: &Receipt,
) -> Result<Page, WebError> {
    let layout = layout(site, visitor, t!("We have it")).await?;
    let signed_in = visitor.session.is_some();
    let page = Page::new(layout)
        .heading("")
        .part(Panel::new(
            t!("We have it"),
            t!("Your reference is {reference}", reference = receipt.reference),
        ))
        .part(h2(t!("Keep these two")))
        .part(SummaryList::new([
            SummaryRow::new(t!("Reference"), receipt.reference.to_string()),
            SummaryRow::new(t!("Follow-up code"), receipt.follow.to_string()),
        ]))
        .part(p(t!(
            "With both you can read what we decide, add something, put something right or take \
                 it back. We cannot give you the code again later, so write it down or take a \
                 picture of this page."
        )))
        .part(h2(t!("What happens next")))
        .part(bullets([
            t!(
                "A named officer reads it and decides what to do by {time} at the latest.",
                time = in_words(receipt.due_at)
            ),
            t!("If we have a question, you see it when you follow up."),
            t!("When we have decided, you can read the outcome there."),
        ]))
        .part(p(receipt.explained.clone()))
        .part(p(Link::new(
            t!("Follow up what you told us"),
            if signed_in { "/concerns" } else { "/follow" },
        )))
        .part(p(Link::new(t!("Tell us something else"), "/tell")));
    Ok(page)
}

/// Go on with a draft.
pub(super) async fn resume(
    site: &Site,
    visitor: &Visitor,
    typed: &str,
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let mut layout = layout(site, visitor, t!("Go on with a draft")).await?;
    layout.back = Some("/".into());
    let form = Form::new("/tell/resume", &layout)
        .part(
            TextInput::new("code", t!("The code of your draft"))
                .hint(t!("Twelve letters and digits. Capitals, spaces and hyphens do not matter."))
                .value(typed)
                .spellcheck(false)
                .width(20)
                .error_if(err(errors, "code")),
        )
        .part(Button::new(t!("Open the draft")));
    Ok(Page::new(layout).part(form))
}
