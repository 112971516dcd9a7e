//! Screening instruments: their versions, their parts as forms, the text for experts, a preview, the
//! run of all cases, the comparison with the version in use, and approval by somebody else.

mod checks;
mod parts;
mod preview;

pub(crate) use checks::{cases, compare};
pub(crate) use parts::{entry, keep, part};
pub(crate) use preview::{overview as preview, step as preview_step};

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
};
use tessera_app::{
    AppError,
    screening::{CaseResult, Edited, RawInstrument, RawVerdict},
};
use tessera_core::{errors::FieldErrors, ids::InstrumentId, time::in_words};
use tessera_pages::{
    components::{
        Button, Cell, Choice, Content, Details, ErrorMessage, HeadCell, InsetText, Link, Radios,
        Table, Tag, Textarea, WarningText,
    },
    layout::Layout,
    page::{Form as PageForm, Page, Section, bullets, p},
};

use crate::{
    error::WebError,
    form::Form,
    parts::{Answer, area, err, go, show, show_errors},
    site::{Site, Visitor},
};

fn status(status: &str) -> Tag {
    match status {
        "published" => Tag::coloured("Published", "green"),
        "sent" => Tag::coloured("Sent for approval", "yellow"),
        "returned" => Tag::coloured("Returned", "red"),
        _ => Tag::coloured("Draft", "grey"),
    }
}

/// Every version.
pub(crate) async fn list(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let all = site.app.instruments(&visitor.actor).await?;
    let mut layout = site.layout(&visitor, "Screening instruments").await?;
    layout.back = Some("/screenings".into());
    let head = ["Version", "Where it stands", "Written by", "Decided by"].map(HeadCell::from);
    let table = all.iter().fold(Table::new("Newest first", head), |table, one| {
        let by = if one.written_by_name.is_empty() {
            "Came with the program".to_owned()
        } else {
            format!("{}, {}", one.written_by_name, in_words(one.changed_at))
        };
        table.row([
            Cell::from(Content::from(Link::new(
                format!("{} {}", one.code, one.version),
                format!("/instruments/{}", one.id),
            ))),
            Cell::from(Content::from(status(&one.status))),
            Cell::from(by),
            Cell::from(one.decided_by_name.clone().unwrap_or_default()),
        ])
    });
    let begin =
        PageForm::new("/instruments", &layout).part(Button::new("Begin a new version").secondary());
    let page = Page::new(layout)
        .part(p("A screening keeps the version it was made with. A version that is published is \
                 never changed. To change something, begin a new one."))
        .part(table)
        .part(begin);
    show(&page)
}

/// Begins a version from the one in use.
pub(crate) async fn begin(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    let id = site.app.begin_instrument(&visitor.actor).await?;
    go(&format!("/instruments/{id}"))
}

fn id(text: &str) -> Result<InstrumentId, WebError> {
    text.parse().map_err(|_| WebError::NotFound)
}

/// What was typed and could not be taken.
#[derive(Default)]
struct Typed {
    verdict: RawVerdict,
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    id: InstrumentId,
    typed: &Typed,
    errors: &FieldErrors,
) -> Answer {
    let found = site.app.edited(&visitor.actor, id).await?;
    let kept = &found.kept;
    let title = format!("{} {}", kept.code, kept.version);
    let at = format!("/instruments/{id}");
    let mut layout = site.layout(visitor, title).await?;
    layout.back = Some("/instruments".into());
    let editable = is_open(&kept.status);
    let ways = [
        ("preview", "See it as a worker will see it"),
        ("cases", "See every case and what it gives"),
        ("compare", "Compare it with the version in use"),
        ("text", if editable { "Edit it as text" } else { "Read it as text" }),
    ];
    let ways = ways.map(|(end, words)| Content::from(Link::new(words, format!("{at}/{end}"))));
    let parts = site.app.instrument_in_parts(&visitor.actor, id).await?;
    let page = Page::new(layout.clone())
        .part(p(Content::from(status(&kept.status))))
        .part_if(kept.reason.as_deref().map(|reason| {
            let by = kept.decided_by_name.as_deref().unwrap_or_default();
            InsetText::new(format!("{by}: {reason}"))
        }))
        .part(bullets(ways))
        .part(tried(&found))
        .part_if((!found.changes.is_empty()).then(|| {
            Section::new("changes", "What differs from the version in use")
                .part(bullets(found.changes.iter().map(String::as_str)))
        }))
        .part(parts::contents(&parts))
        .part_if(editable.then(|| send_form(&layout, &found, errors)))
        .part_if(verdict(&layout, &found, typed, errors))
        .part_if(saves(&found));
    show_errors(page, errors)
}

/// Whether a version may still be changed.
fn is_open(status: &str) -> bool {
    ["draft", "returned"].contains(&status)
}

fn tried(found: &Edited) -> Section {
    let mut section = Section::new("tried", "What trying it shows");
    if !found.tried.faults.is_empty() {
        section = section
            .part(WarningText::new("Something in the text is wrong."))
            .part(bullets(found.tried.faults.iter().map(String::as_str)));
    }
    let failed: Vec<&CaseResult> =
        found.tried.cases.iter().filter(|case| !case.differs.is_empty()).collect();
    let all = found.tried.cases.len();
    if all == 0 {
        return section;
    }
    section = section.part(p(format!(
        "{} of {all} cases give what they name. A case that differs must be mended before the \
         version can be sent.",
        all - failed.len()
    )));
    if failed.is_empty() {
        return section;
    }
    let head = ["Case", "Names", "What differs"].map(HeadCell::from);
    let table = failed.iter().fold(Table::new("Cases that differ", head), |table, case| {
        table.row([
            Cell::from(case.id.clone()),
            Cell::from(case.expects.clone()),
            Cell::from(case.differs.join("; ")),
        ])
    });
    section.part(table)
}

fn send_form(layout: &Layout, found: &Edited, errors: &FieldErrors) -> Section {
    let kept = &found.kept;
    let section = Section::new("body", "Send it for approval");
    let section = section.part_if(
        err(errors, "body")
            .map(|text| ErrorMessage { text: text.into(), ..ErrorMessage::default() }),
    );
    if !found.tried.is_good() {
        return section.part(p("Once nothing is wrong and every case passes, it can be sent."));
    }
    let send = PageForm::new(format!("/instruments/{}/send", kept.id), layout)
        .hidden("revision", kept.revision.to_string())
        .part(Button::new("Send for approval"));
    section.part(p("Somebody who did not write it decides.")).part(send)
}

/// The text, for experts.
async fn text_page(
    site: &Site,
    visitor: &Visitor,
    id: InstrumentId,
    typed: Option<&str>,
    errors: &FieldErrors,
) -> Answer {
    let found = site.app.edited(&visitor.actor, id).await?;
    let kept = &found.kept;
    let mut layout = site.layout(visitor, "The instrument as text").await?;
    layout.back = Some(format!("/instruments/{id}"));
    layout.wide = true;
    let page = Page::new(layout.clone()).caption(format!("{} {}", kept.code, kept.version));
    if !is_open(&kept.status) {
        return show(&page.part(tessera_pages::page::words(&kept.body)));
    }
    let form = PageForm::new(format!("/instruments/{id}"), &layout)
        .hidden("revision", kept.revision.to_string())
        .part(
            Textarea::new("body", "The text, as YAML")
                .hint("Texts, classes, conditions and rules. A list repeats with a dash for each entry.")
                .value(typed.unwrap_or(&kept.body))
                .rows(30)
                .error_if(err(errors, "body")),
        )
        .part(Button::new("Keep and try it"));
    let page = page
        .part(p("Everything here can also be done in forms. Remarks between the lines stay only \
                 while the text is edited here."))
        .part(tried(&found))
        .part(form);
    show_errors(page, errors)
}

/// The text of a version.
pub(crate) async fn text(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(instrument): Path<String>,
) -> Answer {
    text_page(&site, &visitor, id(&instrument)?, None, &FieldErrors::default()).await
}

fn verdict(
    layout: &Layout,
    found: &Edited,
    typed: &Typed,
    errors: &FieldErrors,
) -> Option<Section> {
    let kept = &found.kept;
    if kept.status != "sent" {
        return None;
    }
    let section = Section::new("verdict-form", "Approval");
    if !found.may_approve {
        return Some(section.part(p("Somebody who did not write it decides.")));
    }
    let ways = [
        Choice::new("published", "Publish it")
            .hint("It is in use for every screening from then on."),
        Choice::new("returned", "Return it to its writer"),
    ];
    let form = PageForm::new(format!("/instruments/{}/verdict", kept.id), layout)
        .hidden("revision", kept.revision.to_string())
        .part(
            Radios::new("verdict", "What do you decide?", ways)
                .chosen([typed.verdict.verdict.as_str()])
                .error_if(err(errors, "verdict")),
        )
        .part(area("verdict_reason", "Why", &typed.verdict.verdict_reason, errors))
        .part(Button::new("Decide"));
    Some(section.part(form))
}

fn saves(found: &Edited) -> Option<Details> {
    let lines: Vec<String> =
        found.saves.iter().map(|(at, by)| format!("{by}, {}", in_words(*at))).collect();
    (!lines.is_empty()).then(|| Details::new("Who saved it when", Content::from(bullets(lines))))
}

/// Opens a version.
pub(crate) async fn show_one(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(instrument): Path<String>,
) -> Answer {
    let none = FieldErrors::default();
    page(&site, &visitor, id(&instrument)?, &Typed::default(), &none).await
}

/// Keeps a text and tries it.
pub(crate) async fn save(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(instrument): Path<String>,
    Form(raw): Form<RawInstrument>,
) -> Answer {
    let id = id(&instrument)?;
    match site.app.save_instrument(&visitor.actor, id, &raw).await {
        Ok(()) => go(&format!("/instruments/{id}#tried")),
        Err(AppError::Fields(errors)) => {
            text_page(&site, &visitor, id, Some(&raw.body), &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The revision of the page.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Revision {
    revision: i64,
}

/// Sends a version for approval.
pub(crate) async fn send(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(instrument): Path<String>,
    Form(at): Form<Revision>,
) -> Answer {
    let id = id(&instrument)?;
    match site.app.send_instrument(&visitor.actor, id, at.revision).await {
        Ok(()) => go(&format!("/instruments/{id}")),
        Err(AppError::Fields(errors)) => {
            page(&site, &visitor, id, &Typed::default(), &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Publishes or returns a version.
pub(crate) async fn verdict_on(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(instrument): Path<String>,
    Form(raw): Form<RawVerdict>,
) -> Answer {
    let id = id(&instrument)?;
    match site.app.decide_instrument(&visitor.actor, id, &raw).await {
        Ok(()) => go(&format!("/instruments/{id}")),
        Err(AppError::Fields(errors)) => {
            let typed = Typed { verdict: raw };
            page(&site, &visitor, id, &typed, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}
