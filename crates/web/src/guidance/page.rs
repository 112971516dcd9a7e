//! The parts of one page of guidance.

use tessera_app::guidance::{InForce, Page as Guidance, Standing};
use tessera_core::{
    errors::FieldErrors,
    guidance::Kind,
    partial_date::RawDate,
    time::{Timestamp, day_in_words, in_words},
    user::Role,
};
use tessera_core::{
    messages::{content, of},
    t,
};
use tessera_pages::{
    components::{
        Breadcrumbs, Button, Content, DateInput, Details, Filter, InsetText, Link, Markup, Part,
        Sources, SummaryList, SummaryRow, Tag, guidance_text, in_source,
    },
    layout::Layout,
    page::{Form, bullets, p},
};

use super::{crumbs, is_late};
use crate::{parts::err, site::Visitor};

/// Where a page stands.
pub(super) fn place(now: &InForce, page: &Guidance) -> Breadcrumbs {
    let section = now.library.sections.iter().find(|s| s.id == page.section);
    let title = content(section.map_or(page.section.as_str(), |section| section.title.as_str()));
    let own = content(&page.front.title);
    crumbs(&[(&title, &format!("/guidance/{}", page.section)), (&own, "")])
}

/// The Easy Read version, and from it the way back.
pub(super) fn easy_read(now: &InForce, page: &Guidance) -> Option<Content> {
    let easy = now.library.easy_read(page)?;
    Some(p(Link::new(t!("Read this in Easy Read"), easy.href())).into())
}

/// Its summary, what it holds, its text and its sources.
pub(crate) fn parts(page: &Guidance) -> Vec<Content> {
    in_source(|| written(page))
}

fn written(page: &Guidance) -> Vec<Content> {
    let easy = page.section == "easy-read";
    let mut parts: Vec<Content> = vec![p(page.front.summary.as_str()).into()];
    let contents = page.contents();
    if contents.len() > 3 && !easy {
        let links = contents.iter().map(|(id, words)| Link::new(words.as_str(), format!("#{id}")));
        let list = bullets(links.map(Content::from));
        parts.push(
            Part {
                classes: "tessera-screen-only",
                body: Details::new(t!("On this page"), Content::from(list)).into(),
            }
            .into(),
        );
    }
    let text = guidance_text(&page.blocks, &page.front.sources);
    let classes = if easy { "tessera-easy" } else { "tessera-guidance" };
    parts.push(Part { classes, body: text.into() }.into());
    if !page.front.sources.is_empty() {
        parts.push(Sources::new(&page.front.sources).into());
    }
    parts
}

/// Who answers for it, and when it was and will be looked at.
pub(super) fn facts(now: &InForce, page: &Guidance, standing: &Standing) -> SummaryList {
    let front = &page.front;
    let next = day_in_words(front.next_review);
    let next: Content = if is_late(now, page) {
        let late = Tag::coloured(t!("Review overdue"), "yellow");
        Markup::join([Content::from(next), late.into()]).into()
    } else {
        next.into()
    };
    let from = standing.from.unwrap_or(front.in_force_from);
    SummaryList::new([
        SummaryRow::new(t!("Who answers for this page"), content(&front.owner)),
        SummaryRow::new(t!("Version"), front.version.as_str()),
        SummaryRow::new(t!("In force since"), day_in_words(from)),
        SummaryRow::new(t!("Last reviewed"), day_in_words(front.last_reviewed)),
        SummaryRow::new(t!("Next review"), next),
        SummaryRow::new(t!("Written for"), of(front.audience.label())),
    ])
    .in_card(t!("About this page"), Vec::new())
}

/// A policy is confirmed as read by those who are signed in.
pub(super) fn confirm(
    visitor: &Visitor,
    page: &Guidance,
    standing: &Standing,
    read_at: Option<Timestamp>,
    layout: &Layout,
) -> Option<Content> {
    if visitor.session.is_none() || page.front.kind != Kind::Policy {
        return None;
    }
    if let Some(at) = read_at {
        let words =
            t!("You confirmed on {time} that you have read this version.", time = in_words(at));
        return Some(InsetText::new(words).into());
    }
    let action = format!("/policies/{}/{}/read", page.section, page.slug);
    let form = Form::new(action, layout)
        .hidden("version", standing.id.to_string())
        .part(Button::new(t!("I have read version {version}", version = page.front.version)));
    Some(form.into())
}

/// Ways on from a page: words, e-mail, another day, editing.
pub(super) fn ways_on(
    visitor: &Visitor,
    page: &Guidance,
    raw: &RawDate,
    errors: &FieldErrors,
) -> Part {
    let mut links = vec![Content::from(Link::new(t!("Words we use"), "/guidance/words"))];
    if let Some(topic) = page.front.topics.first() {
        let href = format!("/guidance/subscribe?topic={topic}");
        links.push(Link::new(t!("Get an e-mail when this changes"), href).into());
    }
    if page.front.kind == Kind::Policy
        && [Role::AgencyLead, Role::HubManager, Role::Editor].iter().any(|r| visitor.actor.is(*r))
    {
        let href = format!("/policies/{}/{}", page.section, page.slug);
        links.push(Link::new(t!("Who has read this"), href).into());
    }
    if visitor.actor.is(Role::Editor) {
        links.push(
            Link::new(t!("Edit this page"), format!("/editor/page?path={}", page.path())).into(),
        );
        let href = format!("/editor/history?path={}", page.path());
        links.push(Link::new(t!("Its history"), href).into());
    }
    let mut date = DateInput::new("on", t!("Show the page as in force on this day"))
        .values(raw.day.clone(), raw.month.clone(), raw.year.clone())
        .error_if(err(errors, "on"));
    date.name_prefix = "on_".into();
    let mut filter = Filter::new(&page.href(), t!("Another day"), Content::from(date));
    filter.button = t!("Show");
    let mut another_day = Details::new(t!("As it was on another day"), Content::from(filter));
    another_day.open = !errors.is_empty();
    let body = Markup::join([Content::from(bullets(links)), another_day.into()]);
    Part { classes: "tessera-screen-only", body: body.into() }
}
