//! Small parts that several pages share.

#![allow(
    clippy::unnecessary_wraps,
    reason = "they end a handler, and give back what a handler gives"
)]

use axum::response::{Html, IntoResponse, Redirect, Response};
use tessera_core::{
    codes::{Code, CodeBook},
    errors::FieldErrors,
    messages::of,
    partial_date::RawDate,
    t,
    time::{SignedDuration, Timestamp, in_words},
    tn,
};
use tessera_pages::{
    components::{
        Attributes, Choice, ContextualDate, DateInput, Label, Legend, Select, SelectItem, Tag,
        Textarea, Tone,
    },
    page::Page,
};

use crate::error::WebError;

/// What a handler gives back.
pub(crate) type Answer = Result<Response, WebError>;

/// A page as a response.
pub(crate) fn show(page: &Page) -> Answer {
    Ok(Html(page.to_string()).into_response())
}

/// A page that reports errors: 422, so that programs notice too.
pub(crate) fn show_errors(page: Page, errors: &FieldErrors) -> Answer {
    let page = page.errors(errors.0.iter().map(|e| (e.field.as_str(), e.message.clone())));
    let status = if errors.is_empty() {
        axum::http::StatusCode::OK
    } else {
        axum::http::StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok((status, Html(page.to_string())).into_response())
}

/// On to the next page after something was done (303).
pub(crate) fn go(to: &str) -> Answer {
    Ok(Redirect::to(to).into_response())
}

/// The message beside a field.
pub(crate) fn err(errors: &FieldErrors, field: &str) -> Option<String> {
    errors.of(field).map(str::to_owned)
}

/// A text area with what was typed and what is wrong with it.
pub(crate) fn plain_area(
    name: &str,
    label: impl Into<Label>,
    value: &str,
    errors: &FieldErrors,
) -> Textarea {
    Textarea::new(name, label).value(value).rows(4).error_if(err(errors, name))
}

/// A text area for a worker's narrative: a script shows notes on the words while they are typed.
pub(crate) fn area(
    name: &str,
    label: impl Into<Label>,
    value: &str,
    errors: &FieldErrors,
) -> Textarea {
    let mut area = plain_area(name, label, value, errors);
    area.attributes = noted();
    area
}

/// Marks a text area whose words a script may have checked.
pub(crate) fn noted() -> Attributes {
    Attributes::default().with("data-words", "")
}

/// A date in three boxes named `name_day` and so on.
pub(crate) fn date(
    name: &str,
    legend: impl Into<Legend>,
    raw: &RawDate,
    errors: &FieldErrors,
) -> DateInput {
    let mut input = DateInput::new(name, legend)
        .values(raw.day.clone(), raw.month.clone(), raw.year.clone())
        .error_if(err(errors, name));
    input.name_prefix = format!("{name}_");
    input
}

/// The codes of a list as choices.
pub(crate) fn choices(codes: &CodeBook, list: &str, chosen: &str) -> Vec<Choice> {
    let choice = |code: &Code| {
        let choice = Choice::new(&code.id, of(&code.label)).checked(code.id == chosen);
        if code.hint.is_empty() { choice } else { choice.hint(of(&code.hint)) }
    };
    codes.options(list).iter().map(choice).collect()
}

/// The codes of a list to pick from, with an empty first line.
pub(crate) fn select(
    name: &str,
    label: &str,
    codes: &CodeBook,
    list: &str,
    chosen: &str,
    errors: &FieldErrors,
) -> Select {
    let mut items = vec![SelectItem::new("", t!("Choose"))];
    items.extend(codes.options(list).iter().map(|c| SelectItem::new(&c.id, of(&c.label))));
    Select::new(name, label, items).chosen(chosen).error_if(err(errors, name))
}

/// A deadline with what it means now.
pub(crate) fn deadline(due: Timestamp, now: Timestamp) -> ContextualDate {
    let left = due.duration_since(now);
    let words = left_in_words(left);
    let tone = if left.is_negative() {
        Tone::Overdue
    } else if left < SignedDuration::from_hours(4) {
        Tone::Soon
    } else {
        Tone::Neutral
    };
    ContextualDate { datetime: due.to_string(), date: in_words(due), words, tone }
}

/// How long is left, or how long ago it was due, in the largest unit that says enough.
fn left_in_words(left: SignedDuration) -> String {
    let minutes = left.as_mins().unsigned_abs();
    match (left.is_negative(), minutes) {
        (true, 0..=119) => tn!(minutes, "overdue by {n} minute", "overdue by {n} minutes"),
        (true, 120..=2_879) => tn!(minutes / 60, "overdue by {n} hour", "overdue by {n} hours"),
        (true, _) => tn!(minutes / 1_440, "overdue by {n} day", "overdue by {n} days"),
        (false, 0..=119) => tn!(minutes, "due in {n} minute", "due in {n} minutes"),
        (false, 120..=2_879) => tn!(minutes / 60, "due in {n} hour", "due in {n} hours"),
        (false, _) => tn!(minutes / 1_440, "due in {n} day", "due in {n} days"),
    }
}

/// The tag of an urgency code.
pub(crate) fn urgency_tag(codes: &CodeBook, urgency: Option<&str>, danger_now: bool) -> Tag {
    match urgency {
        Some(code) => {
            let label = codes.label("urgency", code);
            let short = label.split(':').next().unwrap_or(&label).to_owned();
            let colour = match code {
                "red" => "red",
                "amber" => "yellow",
                "green" => "green",
                _ => "blue",
            };
            Tag::coloured(short, colour)
        }
        None if danger_now => Tag::coloured("Danger now, not graded", "red"),
        None => Tag::coloured("Not graded", "grey"),
    }
}

/// The beginning of a text, cut at a word.
pub(crate) fn beginning(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut.get(..end).unwrap_or(&cut))
}

/// Something as shown, or that it was not given.
pub(crate) fn or_not_given(text: Option<&str>) -> String {
    text.filter(|t| !t.trim().is_empty()).map_or_else(|| t!("Not given"), str::to_owned)
}
