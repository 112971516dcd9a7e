//! Prints one page with every component in its usual states, for looking at and for browser checks:
//! `cargo run -p tessera-pages --example gallery -- staff > gallery.html`.

use std::io::{self, Write};

use askama::Template;
use tessera_core::t;
use tessera_pages::components::{
    Action, Breadcrumbs, Button, Checkboxes, Choice, ChosenFilter, Content, ContextualDate,
    DateInput, Details, Direction, EmergencyCard, EmergencyNumber, ErrorSummary, Filter, HeadCell,
    IdentityBar, InsetText, Instead, Limit, Link, LinkCard, LinkCards, MarkedText, Markup,
    NotificationBanner, Pagination, Panel, Radios, Select, SelectItem, SubNavigation, SummaryList,
    SummaryRow, Table, Tag, Task, TaskList, TextInput, Textarea, Timeline, TimelineItem,
    WarningText, WordNote, WordNotes, WordsBeside,
};
use tessera_pages::layout::{Emergency, Layout, NavItem, SignedIn};

#[derive(Template)]
#[template(
    source = r#"{% extends "layout.html" %}
{% block before %}{{ crumbs }}{{ identity }}{% endblock %}
{% block content %}{{ summary }}<h1 class="govuk-heading-l">Gallery</h1>
{% for part in parts %}{{ part }}
{% endfor %}{% endblock %}"#,
    ext = "html"
)]
struct Gallery {
    layout: Layout,
    crumbs: Breadcrumbs,
    identity: IdentityBar,
    summary: ErrorSummary,
    parts: Vec<Content>,
}

fn main() -> io::Result<()> {
    let staff = std::env::args().any(|argument| argument == "staff");
    let page = Gallery {
        layout: layout(staff),
        crumbs: Breadcrumbs::new([("Queue", "/queue"), ("Children", "/children")]),
        identity: IdentityBar::new("Child", "Robin Okoro-Fenn")
            .tag(Tag::coloured("Child protection plan", "red"))
            .fact("Age", "14, born 3 May 2012")
            .fact("Lives", "Marlbrook, with an aunt")
            .notice("Each look at this record is written down."),
        summary: ErrorSummary::new([("noticed", "Tell us what you noticed".to_owned())]),
        parts: [inputs(), records(), messages()].into_iter().flatten().collect(),
    };
    writeln!(io::stdout(), "{page}")
}

fn layout(staff: bool) -> Layout {
    let nav = vec![
        NavItem { current: true, count: Some(3), ..NavItem::new("Queue", "/queue") },
        NavItem::new("Children", "/children"),
        NavItem::new("Checks", "/checks"),
        NavItem::new("People and agencies", "/admin"),
    ];
    let who = SignedIn {
        name: "Ada Pell".into(),
        role: "Hub officer".into(),
        agency: "Marlbrook Council".into(),
        nav,
        account_href: "/account".into(),
        sign_out_action: "/sign-out".into(),
    };
    let numbers = vec![
        EmergencyNumber::new("If a child is in danger now, call", "999", ""),
        EmergencyNumber::new("To talk to the hub, call", "01632 960100", "Monday to Friday"),
        EmergencyNumber::new("At night and at weekends, call", "01632 960200", ""),
    ];
    Layout {
        partnership: "Marlbrook Safeguarding Partnership".into(),
        signed_in: staff.then_some(who),
        exit: (!staff).then(|| "/exit".into()),
        demo: true,
        error: true,
        emergency: Emergency { numbers },
        footer: vec![
            NavItem::new("Accessibility", "/accessibility"),
            NavItem::new("Privacy", "/privacy"),
        ],
        marking: Some("OFFICIAL-SENSITIVE - printed by Ada Pell".into()),
        wide: staff,
        ..Layout::new("Gallery")
    }
}

fn inputs() -> Vec<Content> {
    let phone = TextInput::new("phone", "Phone number").kind("tel").width(20);
    vec![
        Textarea::new("noticed", "What did you notice?")
            .hint("Write it in your own words. You do not need to be sure.")
            .limit(Limit::Characters(4000))
            .error_if(Some("Tell us what you noticed".into()))
            .into(),
        Radios::new(
            "contact",
            "May we contact you?",
            [
                Choice::new("yes", "Yes").reveals(Markup::of(&phone)),
                Choice::new("no", "No").hint("You can still look up the answer."),
                Choice::divider("or"),
                Choice::new("unknown", "I do not know"),
            ],
        )
        .chosen(["no"])
        .into(),
        Checkboxes::new(
            "routes",
            "What should happen?",
            [Choice::new("referral", "Referral"), Choice::new("advice", "Advice only")],
        )
        .chosen(["advice"])
        .into(),
        DateInput::new("born", "Date of birth")
            .hint("The year alone is enough, for example 2012")
            .values("", "", "2012")
            .approximate(true)
            .into(),
        Select::new(
            "agency",
            "Agency",
            [SelectItem::new("1", "Marlbrook Council"), SelectItem::new("2", "Marlbrook Police")],
        )
        .into(),
        TextInput::new("plate", "Number plate")
            .hint("Part of it is enough")
            .width(10)
            .error_if(Some("Enter at most 8 letters and numbers".into()))
            .into(),
        Markup::join([
            Button::new("Continue"),
            Button::new("Add more").secondary(),
            Button::new("Withdraw").warning(),
            Button::link("Start", "/start"),
        ])
        .into(),
    ]
}

fn records() -> Vec<Content> {
    let due = |days| ContextualDate::due_in("2026-03-14", "14 March 2026", days, 2);
    let table = Table::new(
        "Contacts that wait for a decision",
        [
            HeadCell::sorted("Contact", "?sort=contact", Direction::None),
            HeadCell::sorted("Due", "?sort=-due", Direction::Ascending),
            HeadCell::from("State"),
        ],
    )
    .row([Link::new("TES-7K4-92M", "/c/1").into(), due(-3).into(), Tag::new("New").into()])
    .row([
        Link::new("TES-2P8-11C", "/c/2").into(),
        due(1).into(),
        Content::from("Checks").into(),
    ]);
    let change = Action::new("Change", "/change", "date of birth");
    let facts = [
        SummaryRow::new("Name", "Robin Okoro-Fenn"),
        SummaryRow::new("Date of birth", "About 2012").action(change),
    ];
    let mut filter = Filter::new(
        "/queue",
        "Filter the queue",
        Select::new("urgency", "Urgency", [SelectItem::new("", "Any")]),
    );
    filter.chosen =
        vec![ChosenFilter { text: "Urgency: today".into(), remove_href: "/queue".into() }];
    let item = |id: &str, title: &str| TimelineItem {
        id: id.into(),
        title: title.into(),
        when: "14 March 2026".into(),
        datetime: "2026-03-14".into(),
        by: "Ellis Grove, Marlbrook School".into(),
        tags: vec![Tag::coloured("Fact", "grey")],
        body: "A white van waited at the gate from 15:10 to 15:40.".into(),
        source: "Seen by the person who told it.".into(),
        ..TimelineItem::default()
    };
    vec![
        SubNavigation::new("Views", "/a", [("Overview", "/a"), ("Timeline", "/b")]).into(),
        filter.into(),
        table.into(),
        SummaryList::new(facts.clone()).into(),
        SummaryList::new(facts).in_card("Who this is about", vec![]).into(),
        Timeline {
            level: 2,
            ..Timeline::new(vec![item("a", "Van at the gate"), item("b", "Call")])
        }
        .into(),
        TaskList::new(vec![
            Task::completed("Search for earlier contacts", "/t/1"),
            Task::open("Record the decision", "/t/2", Tag::new("Not yet started")),
        ])
        .into(),
        Pagination::of(5, 9, |n| format!("?page={n}")).into(),
        Pagination {
            landmark: "Steps".into(),
            ..Pagination::steps(Some("?before".into()), Some("?after".into()))
        }
        .into(),
    ]
}

fn messages() -> Vec<Content> {
    let numbers = vec![EmergencyNumber::new("Call", "999", "and ask for the police")];
    let colours = ["grey", "green", "teal", "purple", "magenta", "red", "orange", "yellow"];
    let cards = LinkCards::new([
        LinkCard::new("A child is in danger now", "/danger", "Call first.").urgent(),
        LinkCard::new("I am worried about a child", "/worried", "You do not need to be sure."),
        LinkCard::new("I noticed something", "/noticed", "A car, a place, something said."),
    ]);
    vec![
        cards.into(),
        EmergencyCard::new("A child is in danger now", "Do not write here.", numbers).into(),
        Panel { level: 2, ..Panel::new("We have it", "Your reference is TES-7K4-92M") }.into(),
        Panel { level: 2, ..Panel::interruption("Look at this record?", "It will be recorded.") }
            .into(),
        NotificationBanner::new("The hub has asked you a question.").into(),
        NotificationBanner { title_id: "done".into(), ..NotificationBanner::success("Sent.") }
            .into(),
        WarningText::new("Do not ask the child to repeat it.").into(),
        InsetText::new(Content::lines("I saw a white van.\nIt was there yesterday too.")).into(),
        Details::new("What happens next", "Someone reads it within 1 working day.").into(),
        Markup::join(colours.map(|colour| Tag::coloured(colour, colour))).into(),
        MarkedText::plain("A sentence with marked words in it.", std::iter::once(16..28)).into(),
        words().into(),
    ]
}

fn words() -> WordsBeside {
    let text = "The boy was called a trouble-maker in two letters.";
    let note = WordNote {
        number: 1,
        words: "trouble-maker".into(),
        tag: Tag::coloured("Change this", "red"),
        raised: "These words label a person instead of saying what happened".into(),
        why: "A label stays longer than what it stood for.".into(),
        instead: vec![
            Instead { text: "was upset in class".into(), accept: Some("text|a.0.0".into()) },
            Instead { text: "describe what happened".into(), accept: None },
        ],
        own: Some("text|a.0.own".into()),
        sources: vec![("A guide".into(), "https://example.org/guide".into())],
    };
    WordsBeside {
        text: MarkedText::new("note-text", text, 1, std::iter::once(21..34)),
        notes: WordNotes { prefix: "note-text".into(), notes: vec![note] },
    }
}
