//! The small parts of a form: label, legend, hint, error message, fieldset.

use askama::Template;
use tessera_core::t;

use super::Content;
use crate::html_safe;

/// The label of one input.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/label.html")]
pub struct Label {
    /// What is asked.
    pub text: Content,
    /// Extra classes, such as `govuk-label--l`.
    pub classes: String,
    /// Whether this label is the heading of the page.
    pub heading: bool,
    /// The id of its input; inputs fill it in.
    pub for_id: String,
}

impl Label {
    /// A label of ordinary size.
    #[must_use]
    pub fn new(text: impl Into<Content>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

impl<T: Into<Content>> From<T> for Label {
    fn from(text: T) -> Self {
        Self::new(text)
    }
}

/// The question of a group of inputs.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/legend.html")]
pub struct Legend {
    /// What is asked.
    pub text: Content,
    /// Extra classes, such as `govuk-fieldset__legend--m`.
    pub classes: String,
    /// Whether this legend is the heading of the page.
    pub heading: bool,
}

impl Legend {
    /// A legend of ordinary size.
    #[must_use]
    pub fn new(text: impl Into<Content>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// The legend as the page's large heading.
    #[must_use]
    pub fn as_page_heading(mut self) -> Self {
        self.heading = true;
        self.classes = "govuk-fieldset__legend--l".into();
        self
    }
}

impl<T: Into<Content>> From<T> for Legend {
    fn from(text: T) -> Self {
        Self::new(text)
    }
}

/// A hint on its own.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/hint.html")]
pub struct Hint {
    /// The help.
    pub text: Content,
    /// Its id, for `aria-describedby`.
    pub id: Option<String>,
    /// Extra classes.
    pub classes: String,
}

/// An error message on its own.
#[derive(Clone, Debug, Template)]
#[template(path = "components/error_message.html")]
pub struct ErrorMessage {
    /// What is wrong and how to put it right.
    pub text: Content,
    /// Its id, for `aria-describedby`.
    pub id: Option<String>,
    /// Extra classes.
    pub classes: String,
    /// Read out before the message; "Error" unless changed.
    pub prefix: String,
}

impl Default for ErrorMessage {
    fn default() -> Self {
        Self { text: Content::default(), id: None, classes: String::new(), prefix: t!("Error") }
    }
}

/// A group of inputs under one question.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/fieldset.html")]
pub struct Fieldset {
    /// The question.
    pub legend: Legend,
    /// The inputs.
    pub body: Content,
    /// Extra classes.
    pub classes: String,
    /// An ARIA role; `group` for several text inputs.
    pub role: Option<String>,
    /// Ids of hints and errors.
    pub described_by: Option<String>,
}

impl Fieldset {
    /// A fieldset around `body`.
    #[must_use]
    pub fn new(legend: impl Into<Legend>, body: impl Into<Content>) -> Self {
        Self { legend: legend.into(), body: body.into(), ..Self::default() }
    }
}

html_safe!(Hint, ErrorMessage, Fieldset);
// These two are made from content, so they cannot become content.
impl askama::filters::HtmlSafe for Label {}
impl askama::filters::HtmlSafe for Legend {}
