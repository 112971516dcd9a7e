//! What a page says of itself, between two lines of three hyphens.

use serde::{Deserialize, Serialize};
use tessera_core::{
    content::{ContentError, Source},
    guidance::{Audience, Kind, SourceNote},
    time::Date,
};

/// The front matter of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Front {
    /// Its title.
    pub title: String,
    /// What it is about, in one sentence.
    pub summary: String,
    /// What it is.
    pub kind: Kind,
    /// Its place within the section.
    #[serde(default)]
    pub order: i64,
    /// For whom it is written.
    pub audience: Audience,
    /// The role or board that answers for it.
    pub owner: String,
    /// `published`, or `draft` for a page that is not shown.
    pub status: Status,
    /// The version in its owner's words, such as `1.0`.
    pub version: String,
    /// The first day on which it holds.
    pub in_force_from: Date,
    /// When its owner last looked whether it still holds.
    pub last_reviewed: Date,
    /// When its owner looks again.
    pub next_review: Date,
    /// What it is about, for those who follow a topic.
    #[serde(default)]
    pub topics: Vec<String>,
    /// The slug of its Easy Read version, in the same section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub easy_read: Option<String>,
    /// What it rests on.
    #[serde(default)]
    pub sources: Vec<SourceNote>,
}

/// Whether a page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Shown.
    Published,
    /// Not shown.
    Draft,
}

/// Parts a file into its front matter and its body; the body with the line it begins on, counted
/// from 1.
pub(crate) fn parts<'t>(
    file: &str,
    text: &'t str,
) -> Result<(&'t str, &'t str, usize), ContentError> {
    let fault = |line, reason: &str| ContentError {
        file: file.to_owned(),
        line: Some(line),
        reason: reason.to_owned(),
    };
    let rest = text
        .strip_prefix("---\n")
        .ok_or_else(|| fault(1, "the file must begin with a line `---` and its front matter"))?;
    let end = rest
        .find("\n---\n")
        .ok_or_else(|| fault(1, "the front matter has no end: a second line `---` is missing"))?;
    let front = rest.get(..=end).unwrap_or_default();
    let body = rest.get(end + 5..).unwrap_or_default();
    Ok((front, body, front.matches('\n').count() + 3))
}

impl Front {
    /// Reads the front matter that [`parts`] found.
    pub(crate) fn read(file: &str, front: &str) -> Result<(Self, Vec<ContentError>), ContentError> {
        // The first line of the file is the one of hyphens: lines are counted with it.
        let text = format!("\n{front}");
        let source = Source::new(file, &text);
        let front: Self = source.read()?;
        let mut faults = Vec::new();
        let mut add = |place: &str, reason: &str| faults.push(source.fault(place, reason));
        for (place, value) in [
            ("title", &front.title),
            ("summary", &front.summary),
            ("owner", &front.owner),
            ("version", &front.version),
        ] {
            if value.trim().is_empty() || value.contains('\n') {
                add(place, &format!("`{place}` must be one line of words"));
            }
        }
        if front.next_review < front.last_reviewed {
            add("next_review", "the next review is before the last one");
        }
        for (n, note) in front.sources.iter().enumerate() {
            let place = format!("sources[{n}]");
            if note.id.is_empty()
                || !note.id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
            {
                add(
                    &place,
                    "a source's id has letters, digits, hyphens, dots and underscores only",
                );
            }
            if front.sources.iter().take(n).any(|other| other.id == note.id) {
                add(&place, "another source has this id");
            }
            if note.title.trim().is_empty() {
                add(&place, "a source needs a title");
            }
            if !note.url.is_empty()
                && !note.url.starts_with("https://")
                && !note.url.starts_with("http://")
            {
                add(&place, "a source's address begins with https://");
            }
        }
        for (n, topic) in front.topics.iter().enumerate() {
            if topic.is_empty()
                || !topic.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            {
                add(&format!("topics[{n}]"), "a topic has small letters, digits and hyphens only");
            }
        }
        Ok((front, faults))
    }

    /// As YAML, as an edited page is written.
    #[must_use]
    pub fn to_yaml(&self) -> String {
        serde_yaml_ng::to_string(self).unwrap_or_default()
    }
}

/// Whether a page is shown, from what a form sends; anything but `draft` is.
#[must_use]
pub fn status(id: &str) -> Status {
    if id == "draft" { Status::Draft } else { Status::Published }
}
