//! Several lines of text, with or without a limit.

use askama::Template;
use tessera_core::t;

use super::{Attributes, Content, Label, described_by};
use crate::html_safe;

/// How long a text may be. The server checks it; the page says it, and a script counts down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Unicode characters.
    Characters(usize),
    /// Words.
    Words(usize),
}

impl Limit {
    fn attribute(self) -> &'static str {
        match self {
            Self::Characters(_) => "maxlength",
            Self::Words(_) => "maxwords",
        }
    }

    fn is_words(self) -> bool {
        matches!(self, Self::Words(_))
    }

    fn count(self) -> usize {
        match self {
            Self::Characters(n) | Self::Words(n) => n,
        }
    }

    fn message(self) -> String {
        let most = self.count();
        match self {
            Self::Characters(_) => t!("You can enter up to {most} characters", most = most),
            Self::Words(_) => t!("You can enter up to {most} words", most = most),
        }
    }
}

/// A text area with its label, hint and error.
#[derive(Clone, Debug, Template)]
#[template(path = "components/textarea.html")]
pub struct Textarea {
    /// The form field's name.
    pub name: String,
    /// The element's id; the name unless changed.
    pub id: String,
    /// The label.
    pub label: Label,
    /// Help below the label.
    pub hint: Option<Content>,
    /// What is wrong with the answer.
    pub error: Option<Content>,
    /// What was typed, given back unchanged.
    pub value: String,
    /// Lines shown at first.
    pub rows: usize,
    /// The longest text that is taken.
    pub limit: Option<Limit>,
    /// Whether the browser may check the spelling (it may send the text away).
    pub spellcheck: Option<bool>,
    /// The autofill purpose.
    pub autocomplete: Option<String>,
    /// Extra classes.
    pub classes: String,
    /// Ids of further text that describes it.
    pub described_by: Option<String>,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Textarea {
    /// An empty text area of 5 lines.
    #[must_use]
    pub fn new(name: &str, label: impl Into<Label>) -> Self {
        Self {
            name: name.into(),
            id: name.into(),
            label: label.into(),
            hint: None,
            error: None,
            value: String::new(),
            rows: 5,
            limit: None,
            spellcheck: None,
            autocomplete: None,
            classes: String::new(),
            described_by: None,
            attributes: Attributes::default(),
        }
    }

    /// Sets the hint.
    #[must_use]
    pub fn hint(mut self, text: impl Into<Content>) -> Self {
        self.hint = Some(text.into());
        self
    }

    /// Sets what was typed.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// Shows an error if there is one.
    #[must_use]
    pub fn error_if(mut self, error: Option<String>) -> Self {
        self.error = error.map(Content::from);
        self
    }

    /// Sets the lines shown at first.
    #[must_use]
    pub fn rows(mut self, rows: usize) -> Self {
        self.rows = rows;
        self
    }

    /// Says the longest text that is taken.
    #[must_use]
    pub fn limit(mut self, limit: Limit) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Allows or forbids the browser's spelling check.
    #[must_use]
    pub fn spellcheck(mut self, check: bool) -> Self {
        self.spellcheck = Some(check);
        self
    }

    /// Makes the label the page's heading.
    #[must_use]
    pub fn as_page_heading(mut self) -> Self {
        self.label.heading = true;
        self.label.classes = "govuk-label--l".into();
        self
    }

    fn label_for(&self) -> Label {
        Label { for_id: self.id.clone(), ..self.label.clone() }
    }

    fn described_by_ids(&self) -> Option<String> {
        let (hint, error) = (format!("{}-hint", self.id), format!("{}-error", self.id));
        let info = format!("{}-info", self.id);
        described_by([
            self.limit.map(|_| info.as_str()),
            self.described_by.as_deref(),
            self.hint.as_ref().map(|_| hint.as_str()),
            self.error.as_ref().map(|_| error.as_str()),
        ])
    }
}

html_safe!(Textarea);
