//! Snapshots for a meeting: made from what the filter shows, for those who attend, for a few days.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, Query, State},
};
use tessera_app::{
    AppError,
    explore::{Filter, RawSnapshot, SnapshotView},
};
use tessera_core::{errors::FieldErrors, ids::SnapshotId, time::in_words, user::Role};
use tessera_pages::{
    components::{
        Button, Cell, Checkboxes, Choice, Content, HeadCell, Link, Network, NetworkLine,
        NetworkNode, SummaryList, SummaryRow, Table, TextInput, WarningText,
    },
    page::{Form as PageForm, Page, Section, bullets, p},
};

use crate::{
    error::WebError,
    form::Form,
    parts::{self, Answer, err, go, show_errors},
    picture::views,
    site::{Site, Visitor},
};

/// The way from the picture to a snapshot of it; for those who may make one.
pub(super) fn way(visitor: &Visitor, filter: &Filter) -> Option<Section> {
    let link = Link::new("Make a snapshot of this", format!("/snapshots/new{}", filter.query()));
    visitor
        .actor
        .is(Role::PoliceIntelligence)
        .then(|| Section::new("meeting", "For a meeting").part(p(link)))
}

/// The snapshots that one made or attends.
pub(crate) async fn snapshots(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let all = site.app.snapshots(&visitor.actor).await?;
    let layout = site.layout(&visitor, "Snapshots for meetings").await?;
    let head = ["Meeting", "Made by", "Made", "Until"].map(HeadCell::from);
    let table = all.iter().fold(Table::new("Snapshots, newest first", head), |table, one| {
        let link = Link::new(one.shown.title.clone(), format!("/snapshots/{}", one.id));
        table.row([
            Cell::from(Content::from(link)),
            Cell::from(one.made_name.clone()),
            Cell::from(in_words(one.at)),
            Cell::from(in_words(one.expires_at)),
        ])
    });
    let desk = visitor.actor.is(Role::PoliceIntelligence) || visitor.actor.is_hub();
    let mut page = Page::new(layout);
    if desk {
        page = page.above(views("/snapshots"));
    }
    let page = page
        .part(p("A snapshot is for those who attend. It is erased when its time is up."))
        .part_if(all.is_empty().then(|| p("There is none for you.")))
        .part_if((!all.is_empty()).then_some(table));
    parts::show(&page)
}

/// The form for a snapshot of what a filter shows.
pub(crate) async fn new_snapshot(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(filter): Query<Filter>,
) -> Answer {
    let raw = RawSnapshot {
        days: "7".into(),
        search: serde_json::to_string(&filter).unwrap_or_default(),
        ..RawSnapshot::default()
    };
    parts::show(&form(&site, &visitor, &raw, &FieldErrors::default()).await?)
}

async fn form(
    site: &Site,
    visitor: &Visitor,
    raw: &RawSnapshot,
    errors: &FieldErrors,
) -> Result<Page, AppError> {
    let people = site.app.possible_attendees(&visitor.actor).await?;
    let mut layout = site.layout(visitor, "Make a snapshot for a meeting").await?;
    layout.back = Some("/picture".into());
    let choices = people.iter().map(|person| {
        let id = person.id.to_string();
        let checked = raw.attendee.contains(&id);
        Choice::new(id, format!("{}, {}", person.name, person.agency_name)).checked(checked)
    });
    let line = |name: &str, label: &str, value: &str| {
        TextInput::new(name, label).value(value).error_if(err(errors, name))
    };
    let attend = Checkboxes::new("attendee", "Who attends?", choices)
        .hint("The snapshot holds only what each of them may see, in the words that all were given")
        .classes("govuk-checkboxes--small")
        .error_if(err(errors, "attendee"));
    let form = PageForm::new("/snapshots", &layout)
        .hidden("search", raw.search.clone())
        .part(line("title", "Which meeting is it for?", &raw.title))
        .part(line("purpose", "Why must the meeting see this?", &raw.purpose))
        .part(
            line("days", "For how many days?", &raw.days)
                .hint("From 1 to 28")
                .width(2)
                .inputmode("numeric"),
        )
        .part(attend)
        .part(Button::new("Make the snapshot"));
    Ok(Page::new(layout)
        .part(p(
            "With somebody from outside the desk and the front door, only sanitised words are in it. \
             A name stands in it only where those words have it.",
        ))
        .part(form))
}

/// Makes a snapshot.
pub(crate) async fn make(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(raw): Form<RawSnapshot>,
) -> Answer {
    match site.app.make_snapshot(&visitor.actor, &raw).await {
        Ok(id) => go(&format!("/snapshots/{id}")),
        Err(AppError::Fields(errors)) => {
            show_errors(form(&site, &visitor, &raw, &errors).await?, &errors)
        }
        Err(error) => Err(error.into()),
    }
}

/// One snapshot.
pub(crate) async fn snapshot(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(snapshot): Path<String>,
) -> Answer {
    let id: SnapshotId = snapshot.parse().map_err(|_| WebError::NotFound)?;
    let view = site.app.snapshot(&visitor.actor, id).await?;
    let shown = &view.snapshot.shown;
    let mut layout = site.layout(&visitor, shown.title.clone()).await?;
    layout.wide = true;
    layout.back = Some("/snapshots".into());
    layout.marking = Some(format!(
        "OFFICIAL-SENSITIVE. For {} alone, until {}. Do not copy or pass on.",
        visitor.actor.name,
        in_words(view.snapshot.expires_at)
    ));
    let page = Page::new(layout)
        .caption("Snapshot for a meeting")
        .part_if((view.gone > 0).then(|| {
            WarningText::new(format!(
                "{} reports were taken back since, or are not for you any more. Do not rely on them.",
                view.gone
            ))
        }))
        .part(SummaryList::new([
            SummaryRow::new("Why", shown.purpose.clone()),
            SummaryRow::new("Made by", format!("{}, {}", view.snapshot.made_name, in_words(view.snapshot.at))),
            SummaryRow::new("Until", in_words(view.snapshot.expires_at)),
            SummaryRow::new("Who attends", shown.attendees.join("; ")),
        ]))
        .part(Section::new("words", "In words").part(bullets(words(&view))))
        .part(
            Section::new("picture", "As a picture")
                .part(p(crate::picture::LINES))
                .part(picture(&view)),
        )
        .part(Section::new("things", "What they share").part(things(&view)))
        .part(Section::new("reports", "The reports by day").part(reports(&view)));
    parts::show(&page)
}

fn words(view: &SnapshotView) -> Vec<String> {
    let shown = &view.snapshot.shown;
    let mut words = vec![format!(
        "{} reports share {} people and things.",
        shown.reports.len(),
        shown.things.len()
    )];
    words.extend(shown.things.iter().take(5).map(|thing| {
        format!("{}: {} stands in {} reports.", thing.kind, thing.name, thing.reports.len())
    }));
    if shown.left_out > 0 {
        words.push("Reports that not everyone may see were left out.".into());
    }
    if shown.outsiders {
        words.push("The words were sanitised for those who attend.".into());
    }
    words
}

fn picture(view: &SnapshotView) -> Network {
    let shown = &view.snapshot.shown;
    let place = |number: i64| shown.reports.iter().position(|report| report.number == number);
    let lines: Vec<NetworkLine> = shown
        .things
        .iter()
        .enumerate()
        .flat_map(|(thing, of)| {
            let line = move |(number, decided): &(i64, bool)| {
                Some(NetworkLine { report: place(*number)?, thing, decided: *decided })
            };
            of.reports.iter().filter_map(line).collect::<Vec<_>>()
        })
        .collect();
    Network::new(
        "The network as a picture; the same stands in the tables below",
        &words(view).join(" "),
        shown.reports.iter().map(|r| NetworkNode::new(&r.day, &r.from)).collect(),
        shown.things.iter().map(|t| NetworkNode::new(&t.name, &t.kind)).collect(),
        &lines,
    )
}

fn things(view: &SnapshotView) -> Table {
    let head = ["What", "Kind", "Reports"].map(HeadCell::from);
    view.snapshot.shown.things.iter().fold(
        Table::new("People and things", head).under_heading(),
        |table, thing| {
            table.row([
                Cell::from(thing.name.clone()),
                Cell::from(thing.kind.clone()),
                Cell::number(thing.reports.len().to_string()),
            ])
        },
    )
}

fn reports(view: &SnapshotView) -> Table {
    let head = ["Day", "Held by", "Grade", "What the meeting may read"].map(HeadCell::from);
    view.snapshot.shown.reports.iter().fold(
        Table::new("Reports by day", head).under_heading(),
        |table, report| {
            table.row([
                Cell::from(report.day.clone()),
                Cell::from(report.from.clone()),
                Cell::from(report.grade.clone()),
                Cell::from(report.words.clone()),
            ])
        },
    )
}
