//! The form of a page: its facts in boxes, its text in one.

use tessera_app::guidance::RawPage;
use tessera_core::{
    errors::FieldErrors,
    guidance::{Audience, Kind},
    partial_date::{PartialDate, RawDate},
    time::Date,
};
use tessera_pages::{
    components::{
        Button, Choice, Content, Details, Link, Markup, Radios, Select, SelectItem, TextInput,
        Textarea,
    },
    page::{Form, Page, Section, bullets, p},
};

use crate::{
    form::Pairs,
    parts::{Answer, date, err, show_errors},
    site::{Site, Visitor},
};

/// What a page that is begun holds at first.
pub(super) fn empty(path: &str, today: Date) -> RawPage {
    let day = |day: Date| RawDate::of(PartialDate::day(day));
    let next = today.saturating_add(tessera_core::time::SignedDuration::from_hours(24 * 365));
    RawPage {
        path: path.to_owned(),
        kind: Kind::Page.id().into(),
        audience: Audience::Public.id().into(),
        status: "published".into(),
        version: "1.0".into(),
        in_force_from: day(today),
        last_reviewed: day(today),
        next_review: day(next),
        ..RawPage::default()
    }
}

/// From what was posted.
pub(super) fn read(pairs: &Pairs) -> RawPage {
    let text = |name: &str| pairs.get(name).to_owned();
    let date = |prefix: &str| {
        let get = |part: &str| pairs.get(&format!("{prefix}_{part}")).to_owned();
        RawDate { day: get("day"), month: get("month"), year: get("year"), approximate: false }
    };
    RawPage {
        path: text("path"),
        title: text("title"),
        summary: text("summary"),
        kind: text("kind"),
        order: text("order"),
        audience: text("audience"),
        owner: text("owner"),
        status: text("status"),
        version: text("version"),
        in_force_from: date("in_force_from"),
        last_reviewed: date("last_reviewed"),
        next_review: date("next_review"),
        topics: text("topics"),
        easy_read: text("easy_read"),
        sources: text("sources"),
        body: text("body"),
    }
}

/// How a text is written.
fn how_to_write() -> Details {
    let lines = [
        "## A heading, ### a smaller one",
        "- a point of a list, 1. a numbered point",
        "**bold words**, [words of a link](/guidance/start)",
        "> [!LAW key] one statement of law, with the key of its source",
        "> [!NOW] what to do at once",
        "> [!EXAMPLE] an invented example",
        "[^key] after a statement refers to a source",
    ];
    Details::new("How to write headings, lists, boxes and sources", Content::from(bullets(lines)))
}

/// The form, with what was typed and what is wrong with it.
pub(super) async fn page(
    site: &Site,
    visitor: &Visitor,
    raw: &RawPage,
    errors: &FieldErrors,
) -> Answer {
    let title = if raw.title.is_empty() { "A new page" } else { raw.title.as_str() };
    let mut layout = site.layout(visitor, format!("Edit: {title}")).await?;
    layout.back = Some("/editor".into());
    let line = |name: &str, label: &str, value: &str| {
        TextInput::new(name, label).value(value).error_if(err(errors, name))
    };
    let kinds = Kind::ALL.map(|kind| SelectItem::new(kind.id(), kind.label()));
    let audiences = Audience::ALL.map(|a| {
        let hint = format!("Reading grade {:.0} at most", a.highest_grade());
        Choice::new(a.id(), a.label()).hint(hint)
    });
    let shown = [
        Choice::new("published", "Shown once it is published"),
        Choice::new("draft", "Not shown, also once it is published"),
    ];
    let facts = [
        Content::from(date("in_force_from", "In force from", &raw.in_force_from, errors)),
        date("last_reviewed", "Last reviewed", &raw.last_reviewed, errors).into(),
        date("next_review", "Next review", &raw.next_review, errors).into(),
    ];
    let form = Form::new("/editor/page", &layout)
        .hidden("path", &raw.path)
        .part(line("title", "Title", &raw.title))
        .part(line("summary", "Summary, in one sentence", &raw.summary))
        .part(
            Textarea::new("body", "Text")
                .value(&raw.body)
                .rows(24)
                .error_if(err(errors, "body")),
        )
        .part(how_to_write())
        .part(
            Textarea::new("sources", "Sources, one a line")
                .hint("key | title | publisher | address | day verified, such as 2026-11-01. Leave the day out if nobody has verified it")
                .value(&raw.sources)
                .rows(5)
                .error_if(err(errors, "sources")),
        )
        .part(Select::new("kind", "What it is", kinds).chosen(&raw.kind).error_if(err(errors, "kind")))
        .part(
            Radios::new("audience", "Written for", audiences)
                .chosen([raw.audience.as_str()])
                .error_if(err(errors, "audience")),
        )
        .part(line("owner", "Who answers for it", &raw.owner))
        .part(line("version", "Version", &raw.version).width(5))
        .part(Markup::join(facts))
        .part(line("topics", "Topics, with commas between them", &raw.topics))
        .part(line("order", "Place in its section", &raw.order).width(3).inputmode("numeric"))
        .part(line("easy_read", "Address of its Easy Read page, if there is one", &raw.easy_read))
        .part(Radios::new("status", "On the site", shown).chosen([raw.status.as_str()]))
        .part(Button::new("Save and look at it"));
    let page = Page::new(layout)
        .caption(raw.path.clone())
        .part(p("Nothing is shown to others until somebody else approves it."))
        .part(form)
        .part(Section::new("more", "More").part(p(Link::new(
            "History of this page",
            format!("/editor/history?path={}", raw.path),
        ))));
    show_errors(page, errors)
}
