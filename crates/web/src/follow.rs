//! Following up: with a reference and its code, or signed in.

use std::sync::Arc;
use tessera_core::{messages::of, t};

use axum::{
    Extension,
    extract::{Path, State},
    http::{HeaderMap, header},
    response::IntoResponse,
};
use tessera_app::concern::Line;
use tessera_app::{
    AppError,
    concern::{Followed, RawChallenge, RawEntry},
};
use tessera_core::{
    concern::{EntryKind, Status},
    errors::FieldErrors,
    reference::{Code, Reference},
    time::in_words,
};
use tessera_pages::{
    components::{
        Button, Cell, Choice, Content, HeadCell, Link, Radios, SummaryList, SummaryRow, Table,
        TextInput,
    },
    page::{Form as PageForm, Page, Section, h2, p, words},
};
use tessera_policy::Actor;

use crate::{
    cookies,
    error::WebError,
    form::{Form, Pairs},
    parts::{Answer, area, beginning, deadline, err, go, or_not_given, plain_area, show_errors},
    site::{Site, Visitor},
};

/// Asks for reference and code.
pub(crate) async fn ask(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    crate::parts::show(&ask_page(&site, &visitor, "", &FieldErrors::default()).await?)
}

async fn ask_page(
    site: &Site,
    visitor: &Visitor,
    reference: &str,
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let mut layout = site.layout(visitor, t!("Follow up what you told us")).await?;
    layout.exit = visitor.session.is_none().then(|| "/leave".to_owned());
    layout.back = Some("/".into());
    let form = PageForm::new("/follow", &layout)
        .part(
            TextInput::new("reference", t!("Reference"))
                .hint(t!("It looks like TES-7K42-9MXR"))
                .value(reference)
                .spellcheck(false)
                .width(20)
                .error_if(err(errors, "reference")),
        )
        .part(
            TextInput::new("code", t!("Follow-up code"))
                .hint(t!("Twelve letters and digits"))
                .spellcheck(false)
                .width(20),
        )
        .part(Button::new(t!("Follow up")));
    Ok(Page::new(layout).part(form))
}

/// Opens a concern by reference and code. What does not fit together looks like what does not
/// exist.
pub(crate) async fn open(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    pairs: Pairs,
) -> Answer {
    let both = (pairs.get("reference").parse::<Reference>().ok(), Code::typed(pairs.get("code")));
    let fits = match &both {
        (Some(reference), Some(code)) => {
            site.app.sender(reference, code, visitor.actor.request).await?
        }
        _ => None,
    };
    let ((Some(reference), Some(code)), Some(_)) = (both, fits) else {
        let message = t!("Reference and code do not fit together. Check both");
        let errors = FieldErrors::one("reference", message);
        let page = ask_page(&site, &visitor, pairs.get("reference"), &errors).await?;
        return show_errors(page, &errors);
    };
    let value = format!("{reference}.{code}");
    let cookie = cookies::set(&site.config, cookies::FOLLOW, &value);
    Ok(([(header::SET_COOKIE, cookie)], go("/follow/concern")?).into_response())
}

/// The sender that this browser's cookie stands for.
async fn sender(
    site: &Site,
    visitor: &Visitor,
    headers: &HeaderMap,
) -> Result<(Actor, Reference), WebError> {
    let value = cookies::get(headers, &site.config, cookies::FOLLOW).unwrap_or_default();
    let (reference, code) = value.split_once('.').unwrap_or_default();
    let (Ok(reference), Some(code)) = (reference.parse::<Reference>(), Code::typed(code)) else {
        return Err(WebError::NotFound);
    };
    let found = site.app.sender(&reference, &code, visitor.actor.request).await?;
    found.map(|actor| (actor, reference)).ok_or(WebError::NotFound)
}

/// Where it stands, for the holder of the code.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
) -> Answer {
    let (actor, reference) = sender(&site, &visitor, &headers).await?;
    let errors = FieldErrors::default();
    let at = "/follow/concern".to_owned();
    crate::parts::show(
        &concern_page(&site, &visitor, &actor, &reference, at, Typed::default(), &errors).await?,
    )
}

/// Adds something, for the holder of the code.
pub(crate) async fn add(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    Form(raw): Form<RawEntry>,
) -> Answer {
    let (actor, reference) = sender(&site, &visitor, &headers).await?;
    add_to(&site, &visitor, &actor, &reference, "/follow/concern".into(), raw).await
}

/// Challenges the outcome, for the holder of the code.
pub(crate) async fn challenge(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    Form(raw): Form<RawChallenge>,
) -> Answer {
    let (actor, reference) = sender(&site, &visitor, &headers).await?;
    challenge_it(&site, &visitor, &actor, &reference, "/follow/concern".into(), raw).await
}

/// The concerns of a signed-in person.
pub(crate) async fn list(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let lists = site.app.own_concerns(&visitor.actor).await?;
    let mut layout = site.layout(&visitor, t!("My concerns")).await?;
    layout.wide = true;
    let page = Page::new(layout)
        .part(p(Button::link(t!("Tell us something"), "/tell")))
        .part(if lists.own.is_empty() {
            Content::from(t!("You have not sent anything yet."))
        } else {
            table(&site, t!("What you sent"), &lists.own, "/concerns").into()
        })
        .part_if(
            (!lists.colleagues.is_empty())
                .then(|| table(&site, t!("What your agency sent"), &lists.colleagues, "/concerns")),
        )
        .part_if(
            (!lists.routed.is_empty())
                .then(|| table(&site, t!("Passed to police"), &lists.routed, "/queue")),
        );
    crate::parts::show(&page)
}

fn table(site: &Site, caption: String, lines: &[Line], under: &str) -> Table {
    let head = [t!("Reference"), t!("Sent"), t!("Beginning"), t!("Status"), t!("Decision by")]
        .map(HeadCell::from);
    lines.iter().fold(Table::new(caption, head), |table, line| {
        let href = format!("{under}/{}", line.reference);
        let due = line.due_at.filter(|_| line.status.is_open());
        let due =
            due.map_or_else(|| Content::from(""), |at| deadline(at, site.app.db.now()).into());
        table.row([
            Cell::from(Content::from(Link::new(line.reference.to_string(), href))),
            Cell::from(in_words(line.received_at)),
            Cell::from(beginning(&line.what, 80)),
            Cell::from(line.status.label()),
            Cell::from(due),
        ])
    })
}

fn reference(text: &str) -> Result<Reference, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

/// One's own concern.
pub(crate) async fn show_own(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(concern): Path<String>,
) -> Answer {
    let reference = reference(&concern)?;
    let at = format!("/concerns/{reference}");
    let errors = FieldErrors::default();
    let page =
        concern_page(&site, &visitor, &visitor.actor, &reference, at, Typed::default(), &errors)
            .await?;
    crate::parts::show(&page)
}

/// Adds to one's own concern.
pub(crate) async fn add_own(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(concern): Path<String>,
    Form(raw): Form<RawEntry>,
) -> Answer {
    let reference = reference(&concern)?;
    let at = format!("/concerns/{reference}");
    add_to(&site, &visitor, &visitor.actor, &reference, at, raw).await
}

/// Challenges the outcome of one's own concern.
pub(crate) async fn challenge_own(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(concern): Path<String>,
    Form(raw): Form<RawChallenge>,
) -> Answer {
    let reference = reference(&concern)?;
    let at = format!("/concerns/{reference}");
    challenge_it(&site, &visitor, &visitor.actor, &reference, at, raw).await
}

/// What was typed and could not be taken.
#[derive(Default)]
struct Typed {
    entry: RawEntry,
    challenge: RawChallenge,
}

async fn add_to(
    site: &Site,
    visitor: &Visitor,
    actor: &Actor,
    reference: &Reference,
    at: String,
    raw: RawEntry,
) -> Answer {
    match site.app.add_entry(actor, reference, &raw).await {
        Ok(()) => go(&format!("{at}#since")),
        Err(AppError::Fields(errors)) => {
            let typed = Typed { entry: raw, ..Typed::default() };
            let page = concern_page(site, visitor, actor, reference, at, typed, &errors).await?;
            show_errors(page, &errors)
        }
        Err(error) => Err(error.into()),
    }
}

async fn challenge_it(
    site: &Site,
    visitor: &Visitor,
    actor: &Actor,
    reference: &Reference,
    at: String,
    raw: RawChallenge,
) -> Answer {
    match site.app.challenge(actor, reference, &raw).await {
        Ok(()) => go(&format!("{at}#outcome")),
        Err(AppError::Fields(errors)) => {
            let typed = Typed { challenge: raw, ..Typed::default() };
            let page = concern_page(site, visitor, actor, reference, at, typed, &errors).await?;
            show_errors(page, &errors)
        }
        Err(error) => Err(error.into()),
    }
}

async fn concern_page(
    site: &Site,
    visitor: &Visitor,
    actor: &Actor,
    reference: &Reference,
    at: String,
    typed: Typed,
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let followed = site.app.follow(actor, reference).await?;
    let mut layout = site.layout(visitor, t!("Concern {reference}", reference = reference)).await?;
    if visitor.session.is_none() {
        layout.exit = Some("/leave".into());
    } else {
        layout.back = Some("/concerns".into());
    }
    let concern = &followed.concern;
    let mut standing = vec![
        SummaryRow::new(t!("Where it stands"), of(concern.status.label())),
        SummaryRow::new(t!("What that means"), of(concern.status.told())),
        SummaryRow::new(t!("Sent"), in_words(concern.received_at)),
    ];
    if let Some(due) = followed.due_at {
        let when = deadline(due, site.app.db.now());
        standing.push(SummaryRow::new(t!("We decide by"), Content::from(when)));
    }
    let forms = followed.may_add && concern.status != Status::Withdrawn;
    let page = Page::new(layout.clone())
        .part(SummaryList::new(standing))
        .part_if(outcome(&followed, &layout, &at, &typed, errors))
        .part(since(&followed))
        .part_if(forms.then(|| add_form(&followed, &layout, &at, &typed, errors)))
        .part(told_us(site, &followed));
    Ok(page)
}

fn outcome(
    followed: &Followed,
    layout: &tessera_pages::layout::Layout,
    at: &str,
    typed: &Typed,
    errors: &FieldErrors,
) -> Option<Section> {
    if followed.told.is_empty() {
        return None;
    }
    let mut section = Section::new("outcome", t!("What we decided"));
    for (decision, name) in &followed.told {
        let about = if name.is_empty() { String::new() } else { format!("{name}: ") };
        let by = t!(
            "{name} on {time}",
            name = decision.decided_by,
            time = in_words(decision.decided_at)
        );
        section = section.part(words(&format!("{about}{}", decision.told))).part(p(by));
    }
    for challenge in &followed.challenges {
        section = section.part(p(t!("You disagreed on {time}:", time = in_words(challenge.at))));
        section = section.part(words(&challenge.reason));
        section = match (&challenge.answer, &challenge.answered_by) {
            (Some(answer), Some(by)) => {
                section.part(p(t!("{name} answered:", name = by))).part(words(answer))
            }
            _ => section.part(p(t!(
                "A manager who did not take the decision answers by {time}.",
                time = in_words(challenge.due_at)
            ))),
        };
    }
    if followed.may_add {
        let form = PageForm::new(format!("{at}/challenge"), layout)
            .part(plain_area(
                "reason",
                t!("Why should it be looked at again?"),
                &typed.challenge.reason,
                errors,
            ))
            .part(Button::new(t!("Challenge the outcome")).secondary());
        section = section.part(h2(t!("You think this is not right?"))).part(form);
    }
    Some(section)
}

fn since(followed: &Followed) -> Section {
    let mut section = Section::new("since", t!("Since then"));
    if followed.entries.is_empty() {
        section = section.part(p(t!("Nothing was added.")));
    }
    for entry in &followed.entries {
        let head =
            format!("{}, {}, {}", of(entry.kind.label()), of_sender(&entry.by), in_words(entry.at));
        section = section.part(p(head)).part(words(&entry.body));
    }
    section
}

fn add_form(
    followed: &Followed,
    layout: &tessera_pages::layout::Layout,
    at: &str,
    typed: &Typed,
    errors: &FieldErrors,
) -> Section {
    let asked = followed.concern.status == Status::MoreWanted;
    let mut kinds = vec![
        Choice::new("addition", t!("Add something")),
        Choice::new("correction", t!("Put something right")),
        Choice::new("withdrawal", t!("Take it back")),
    ];
    if asked {
        kinds.insert(0, Choice::new("answer", t!("Answer the question")));
    }
    let standard = if asked { EntryKind::Answer.id() } else { EntryKind::Addition.id() };
    let chosen = if typed.entry.kind.is_empty() { standard } else { &typed.entry.kind };
    // Only a worker's words are checked.
    let words_area = if layout.signed_in.is_some() { area } else { plain_area };
    let form = PageForm::new(format!("{at}/add"), layout)
        .part(
            Radios::new("kind", t!("What do you want to do?"), kinds)
                .chosen([chosen])
                .error_if(err(errors, "kind")),
        )
        .part(words_area("body", t!("Your words"), &typed.entry.body, errors))
        .part(Button::new(t!("Send")));
    Section::new("add", t!("Add to what you told us")).part(form)
}

fn told_us(site: &Site, followed: &Followed) -> Section {
    let concern = &followed.concern;
    let mut rows = vec![SummaryRow::new(t!("What you noticed"), Content::lines(&concern.what))];
    for child in followed.children.iter().filter(|c| !c.name.is_empty()) {
        rows.push(SummaryRow::new(t!("Child"), child.name.clone()));
    }
    let mut optional = |key: String, value: Option<&str>| {
        if value.is_some() {
            rows.push(SummaryRow::new(key, Content::lines(&or_not_given(value))));
        }
    };
    optional(t!("Where"), concern.place.as_deref());
    optional(t!("When"), concern.when_text.as_deref());
    optional(t!("Others"), concern.others.as_deref());
    optional(t!("The child's own words"), concern.child_words.as_deref());
    optional(t!("What you think"), concern.opinion.as_deref());
    let origin = concern.origin.as_deref().map(|id| of(&site.app.codes.label("origin", id)));
    optional(t!("How you know"), origin.as_deref());
    Section::new("told", t!("What you told us")).part(SummaryList::new(rows))
}

/// Who added something: people by their names, the sender in the reader's language.
fn of_sender(by: &str) -> String {
    if by == tessera_app::concern::SENDER { of(by) } else { by.to_owned() }
}
