//! One version of a text: what it reads as, what changes, and the decision about it.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, Query, State},
};
use serde::Deserialize;
use tessera_app::{
    AppError,
    guidance::{Change, RawDecision, RawSend, Shown, State as Stage, compare},
};
use tessera_core::{
    errors::FieldErrors,
    ids::GuidanceId,
    partial_date::{PartialDate, RawDate},
    time::{day_in_london, day_in_words, in_words},
};
use tessera_pages::{
    components::{
        Button, Comparison, Content, Link, SummaryList, SummaryRow, Textarea, WarningText,
    },
    layout::Layout,
    page::{Form as PageForm, Page, Section, bullets, buttons, p},
};

use super::{name, stage};
use crate::{
    error::WebError,
    form::{Form, Pairs},
    guidance::text_parts,
    parts::{Answer, area, date, err, go, show, show_errors},
    site::{Site, Visitor},
};

fn id(text: &str) -> Result<GuidanceId, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

/// Two texts, line by line.
fn comparison(old: &str, new: &str) -> Comparison {
    let lines = compare::lines(old, new).into_iter().map(|(change, line)| {
        let kind = match change {
            Change::Gone => -1,
            Change::Same => 0,
            Change::New => 1,
        };
        (kind, line.to_owned())
    });
    Comparison { lines: lines.collect() }
}

/// What was typed into the forms of the page.
#[derive(Default)]
struct Typed {
    note: String,
    decision: RawDecision,
}

/// A version.
pub(crate) async fn show_one(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(version): Path<String>,
) -> Answer {
    page(&site, &visitor, id(&version)?, &Typed::default(), &FieldErrors::default()).await
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    id: GuidanceId,
    typed: &Typed,
    errors: &FieldErrors,
) -> Answer {
    let shown = site.app.guidance_version(&visitor.actor, id).await?;
    let version = &shown.version;
    let mut layout = site.layout(visitor, name(version)).await?;
    layout.back = shown.may_edit.then(|| "/editor".into());
    let acts = act(site, &shown, typed, errors, &layout);
    let changes: Content = match &shown.in_force {
        Some(now) if *now == version.body => p("It is what is in force now.").into(),
        Some(now) => comparison(now, &version.body).into(),
        None => p("Nothing is in force in its place: it is new.").into(),
    };
    let preview = match &shown.checked.page {
        Some(page) => Section::new("preview", "How it reads").parts(text_parts(page)),
        None => Section::new("preview", "Its text").part(comparison(&version.body, &version.body)),
    };
    let page = Page::new(layout)
        .caption(format!("{}, version {}", version.path, version.number))
        .part(facts(&shown))
        .part_if(faults(&shown))
        .part_if(acts)
        .part(preview)
        .part(Section::new("changes", "What it changes").part(changes));
    show_errors(page, errors)
}

fn facts(shown: &Shown) -> SummaryList {
    let version = &shown.version;
    let mut rows = vec![
        SummaryRow::new("Where it stands", Content::from(stage(version.state))),
        SummaryRow::new("Written by", version.written_by_name.as_str()),
        SummaryRow::new("Written", in_words(version.written_at)),
    ];
    if let Some((grade, most)) = shown.checked.grade {
        rows.push(SummaryRow::new("Reading grade", format!("{grade:.1}; {most:.0} at most")));
    }
    if !version.note.is_empty() {
        rows.push(SummaryRow::new("What changed", version.note.as_str()));
    }
    if let Some(from) = version.in_force_from {
        rows.push(SummaryRow::new("In force from", day_in_words(from)));
    }
    if let Some(at) = version.decided_at {
        let by = format!("{}, {}", version.decided_by_name, in_words(at));
        rows.push(SummaryRow::new("Decided by", by));
        rows.push(SummaryRow::new("Why", version.reason.as_str()));
    }
    SummaryList::new(rows)
}

fn faults(shown: &Shown) -> Option<Section> {
    let faults = &shown.checked.faults;
    let lines = faults.iter().map(|fault| match fault.line {
        Some(line) => format!("Line {line} of the file: {}", fault.reason),
        None => fault.reason.clone(),
    });
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| {
        Section::new("faults", "To mend first")
            .part(WarningText::new("This cannot be published as it is."))
            .part(bullets(lines))
    })
}

/// What this person may do with it.
fn act(
    site: &Site,
    shown: &Shown,
    typed: &Typed,
    errors: &FieldErrors,
    layout: &Layout,
) -> Option<Section> {
    let version = &shown.version;
    let edit_kind = if version.path.starts_with("pages/") { "page" } else { "list" };
    let edit = Link::new("Go on writing", format!("/editor/{edit_kind}?path={}", version.path));
    if shown.may_edit && version.state == Stage::Draft {
        let form = PageForm::new(format!("/editor/version/{}/send", version.id), layout)
            .part(area("note", "What did you change, and why?", &typed.note, errors).rows(2))
            .part(buttons([Content::from(Button::new("Send for approval")), Content::from(edit)]));
        return Some(Section::new("send", "Send for approval").part(form));
    }
    if shown.may_edit && version.state == Stage::Returned {
        return Some(Section::new("send", "Given back").part(p(edit)));
    }
    if !shown.may_decide {
        let waits = matches!(version.state, Stage::Sent | Stage::Proposed);
        let words = "Somebody other than its writer decides about it.";
        return waits.then(|| Section::new("decide", "Waits for a decision").part(p(words)));
    }
    let today = day_in_london(site.app.db.now());
    let from = if typed.decision.from == RawDate::default() {
        let wished = version.in_force_from.unwrap_or(today).max(today);
        RawDate::of(PartialDate::day(wished))
    } else {
        typed.decision.from.clone()
    };
    let form = PageForm::new(format!("/editor/version/{}/publish", version.id), layout)
        .part(date("from", "In force from", &from, errors))
        .part(
            Textarea::new("reason", "Why?")
                .value(&typed.decision.reason)
                .rows(2)
                .error_if(err(errors, "reason")),
        )
        .part(buttons([
            Button::new("Publish").named("act", "publish"),
            Button::new("Give it back").named("act", "return").secondary(),
        ]));
    Some(Section::new("decide", "Decide").part(form))
}

/// Sends a draft for approval.
pub(crate) async fn send(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(version): Path<String>,
    Form(raw): Form<RawSend>,
) -> Answer {
    let id = id(&version)?;
    match site.app.send_guidance(&visitor.actor, id, &raw).await {
        Ok(()) => go(&format!("/editor/version/{id}")),
        Err(AppError::Fields(errors)) => {
            let typed = Typed { note: raw.note, ..Typed::default() };
            page(&site, &visitor, id, &typed, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Publishes a version with a date, or gives it back.
pub(crate) async fn decide(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(version): Path<String>,
    pairs: Pairs,
) -> Answer {
    let id = id(&version)?;
    let get = |part: &str| pairs.get(&format!("from_{part}")).to_owned();
    let from =
        RawDate { day: get("day"), month: get("month"), year: get("year"), approximate: false };
    let raw = RawDecision { from, reason: pairs.get("reason").to_owned() };
    let done = if pairs.get("act") == "return" {
        site.app.return_guidance(&visitor.actor, id, &raw).await
    } else {
        site.app.publish_guidance(&visitor.actor, id, &raw).await
    };
    match done {
        Ok(()) => go(&format!("/editor/version/{id}")),
        Err(AppError::Fields(errors)) => {
            let typed = Typed { decision: raw, ..Typed::default() };
            page(&site, &visitor, id, &typed, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Two versions to compare.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Two {
    old: String,
    new: String,
}

/// Two versions side by side.
pub(crate) async fn compare_two(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(two): Query<Two>,
) -> Answer {
    // Who may not edit is told so whatever they ask for.
    site.app.editor_list(&visitor.actor).await?;
    let old = site.app.guidance_version(&visitor.actor, id(&two.old)?).await?.version;
    let new = site.app.guidance_version(&visitor.actor, id(&two.new)?).await?.version;
    let mut layout = site.layout(&visitor, format!("Compare: {}", name(&new))).await?;
    layout.back = Some(format!("/editor/history?path={}", new.path));
    let page = Page::new(layout)
        .part(p(format!("What version {} changed of version {}.", new.number, old.number)))
        .part(comparison(&old.body, &new.body));
    show(&page)
}
