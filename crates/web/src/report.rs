//! Sending an intelligence report, and following it up.

mod form;
mod own;

use std::sync::Arc;

use axum::{Extension, extract::State};
use tessera_app::{
    AppError,
    report::{RawAddition, Review},
};
use tessera_core::{
    chance::Draw,
    errors::FieldErrors,
    reference::Reference,
    report::{MentionKind, RawMention, RawReport},
};
use tessera_pages::{
    components::{Button, Checkboxes, Choice, Content, InsetText, Radios, SummaryList, SummaryRow},
    page::{Form as PageForm, Page, Section, buttons, h3, p},
};

pub(crate) use own::{add, list, show as show_own};

use crate::{
    error::WebError,
    form::Pairs,
    language::{beside, chosen},
    parts::{self, Answer, err, go, or_not_given, show_errors},
    site::{Site, Visitor},
};

/// The empty form.
pub(crate) async fn new(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Answer {
    site.app.may_send_report(&visitor.actor).await?;
    let raw = RawReport::default();
    parts::show(&form::page(&site, &visitor, &raw, None, &FieldErrors::default()).await?)
}

/// The form again with another block, or the page to check and send.
pub(crate) async fn save(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    pairs: Pairs,
) -> Answer {
    site.app.may_send_report(&visitor.actor).await?;
    let raw = form::read(&pairs);
    if let Some(kind) = MentionKind::from_id(pairs.get("more")) {
        let none = FieldErrors::default();
        return parts::show(&form::page(&site, &visitor, &raw, Some(kind), &none).await?);
    }
    match site.app.review_report(&visitor.actor, &raw).await {
        Ok(review) => {
            let key = hex::encode(site.app.db.chance().secret());
            let none = FieldErrors::default();
            parts::show(&check(&site, &visitor, &raw, &review, &key, &none).await?)
        }
        Err(AppError::Fields(errors)) => {
            show_errors(form::page(&site, &visitor, &raw, None, &errors).await?, &errors)
        }
        Err(error) => Err(error.into()),
    }
}

/// Sends it, or goes back to change it.
pub(crate) async fn send(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    pairs: Pairs,
) -> Answer {
    site.app.may_send_report(&visitor.actor).await?;
    let kept = serde_json::from_str::<RawReport>(pairs.get("report"));
    let mut raw = kept.map_err(|_| WebError::BadRequest)?;
    let none = FieldErrors::default();
    if pairs.has("change") {
        return parts::show(&form::page(&site, &visitor, &raw, None, &none).await?);
    }
    let changed = put_in(&site, &pairs, &mut raw).await?;
    let review = match site.app.review_report(&visitor.actor, &raw).await {
        Ok(review) => review,
        Err(AppError::Fields(errors)) => {
            let page = form::page(&site, &visitor, &raw, None, &errors).await?;
            return show_errors(page, &errors);
        }
        Err(error) => return Err(error.into()),
    };
    let key = pairs.get("key").to_owned();
    if changed {
        return parts::show(&check(&site, &visitor, &raw, &review, &key, &none).await?);
    }
    match (&review.before, pairs.get("again")) {
        (Some(before), "yes") => return add_instead(&site, &visitor, before, &raw).await,
        (Some(_), again) if again != "no" => {
            let errors = FieldErrors::one("again", "Say whether you told us this before");
            let page = check(&site, &visitor, &raw, &review, &key, &errors).await?;
            return show_errors(page, &errors);
        }
        _ => {}
    }
    let accepted: Vec<RawMention> = review
        .found
        .iter()
        .enumerate()
        .filter(|(n, _)| pairs.all("accept").any(|value| value == n.to_string()))
        .map(|(_, mention)| mention.clone())
        .collect();
    raw.mentions.extend(accepted);
    let receipt = site.app.submit_report(&visitor.actor, &raw, &key).await?;
    go(&format!("/reports/{}?sent=1", receipt.reference))
}

/// Puts the words that were chosen in a note into the report; whether a note was answered.
async fn put_in(site: &Site, pairs: &Pairs, raw: &mut RawReport) -> Result<bool, WebError> {
    let texts = [
        ("what", &mut raw.what),
        ("opinion", &mut raw.opinion),
        ("provenance", &mut raw.provenance),
    ];
    for (field, text) in texts {
        if let Some(chosen) = chosen(pairs, field) {
            *text = site.app.rewritten(text, &chosen).await?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// What was told before gets this as an addition.
async fn add_instead(
    site: &Site,
    visitor: &Visitor,
    before: &Reference,
    raw: &RawReport,
) -> Answer {
    let addition = RawAddition { addition: raw.what.clone() };
    site.app.add_to_report(&visitor.actor, before, &addition).await?;
    go(&format!("/reports/{before}?added=1"))
}

/// Check and send: what will be sent, what was found in the words, advice, and whether it was told
/// before.
async fn check(
    site: &Site,
    visitor: &Visitor,
    raw: &RawReport,
    review: &Review,
    key: &str,
    errors: &FieldErrors,
) -> Result<Page, WebError> {
    let mut layout = site.layout(visitor, "Check and send").await?;
    layout.back = Some("/reports/new".into());
    layout.wide = !review.advice.is_empty();
    let text = |value: &str| Content::lines(&or_not_given(Some(value)));
    let mut happened = FieldErrors::default();
    let day = raw.happened.read(&mut happened, "").map(|d| d.to_string()).unwrap_or_default();
    let when = [raw.when_text.clone(), day].join(" ");
    let mut rows = vec![
        SummaryRow::new("What you noticed", text(&raw.what)),
        SummaryRow::new("When", text(when.trim())),
        SummaryRow::new("Where", text(&raw.place)),
    ];
    for kind in MentionKind::ALL {
        let of = raw.mentions.iter().filter(|m| m.kind == kind.id());
        let lines: Vec<String> = of.map(RawMention::in_words).collect();
        if !lines.is_empty() {
            rows.push(SummaryRow::new(kind.plural(), Content::lines(&lines.join("\n"))));
        }
    }
    let origin = (!raw.origin.is_empty()).then(|| site.app.codes.label("origin", &raw.origin));
    rows.push(SummaryRow::new("How you know", text(&origin.unwrap_or_default())));
    let stored = serde_json::to_string(raw).map_err(|_| WebError::BadRequest)?;
    let form = PageForm::new("/reports/send", &layout)
        .hidden("report", stored.clone())
        .hidden("key", key)
        .part_if(review.before.as_ref().map(|before| told_before(before, errors)))
        .part_if((!review.found.is_empty()).then(|| found(&review.found)))
        .part(buttons([
            Button::new("Send"),
            Button::new("Change something").named("change", "1").secondary(),
        ]));
    let notes = PageForm::new("/reports/send", &layout).hidden("report", stored).hidden("key", key);
    Ok(Page::new(layout)
        .part(SummaryList::new(rows))
        .part_if((!review.advice.is_empty()).then(|| advice(review, notes)))
        .part(form))
}

/// Whether it is new, asked when one's own words of before are nearly the same.
fn told_before(before: &Reference, errors: &FieldErrors) -> Radios {
    let choices = [
        Choice::new("yes", format!("Yes: add these words to {before}")),
        Choice::new("no", "No: it happened again, or it is something else"),
    ];
    Radios::new("again", "You sent nearly the same words before. Is it the same report?", choices)
        .error_if(err(errors, "again"))
}

/// What the recognisers found, each to be taken over or left.
fn found(found: &[RawMention]) -> Checkboxes {
    let choices = found.iter().enumerate().map(|(n, mention)| {
        let kind = MentionKind::from_id(&mention.kind).map_or("", MentionKind::label);
        Choice::new(n.to_string(), format!("{kind}: {}", mention.in_words()))
    });
    Checkboxes::new("accept", "Found in your words. Which of these are right?", choices)
        .hint("A machine found them. Tick what is right; what you leave is not kept.")
}

/// Notes on the sender's own words, beside the words. They never stop the report.
fn advice(review: &Review, mut form: PageForm) -> Section {
    for one in &review.advice {
        form = form.part(h3(one.place)).part(beside(one.field, &one.text, &one.findings));
    }
    let intro = "You can send it as it is. Press other words to put them in. Words that someone \
                 really said can stay, in quotation marks.";
    Section::new("words", "Words to think about").part(p(intro)).part(form)
}

/// The gate before any typing.
fn gate() -> InsetText {
    InsetText::new(
        "If a child is in danger now, call 999. If a child needs help, or is missing now, tell the \
         front door as well. This form is for the small pieces: a name, a car, a place, a pattern.",
    )
}
