//! One line of text.

use askama::Template;
use tessera_core::t;

use super::{Attributes, Content, Label, described_by};
use crate::html_safe;

/// A single-line input with its label, hint and error.
#[derive(Clone, Debug, Template)]
#[template(path = "components/text_input.html")]
pub struct TextInput {
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
    /// The HTML input type: `text`, `email`, `tel`, `password`, `search`, `date`...
    pub kind: String,
    /// Which keyboard a phone offers: `numeric`, `tel`...
    pub inputmode: Option<String>,
    /// The autofill purpose, needed for facts about the user (WCAG 1.3.5).
    pub autocomplete: Option<String>,
    /// `none`, `words`, `characters`.
    pub autocapitalize: Option<String>,
    /// A pattern that chooses the keyboard on old phones; never the check itself.
    pub pattern: Option<String>,
    /// Whether the browser may check the spelling (it may send the text away, so off for names).
    pub spellcheck: Option<bool>,
    /// Shown inside, before the input.
    pub prefix: Option<Content>,
    /// Shown inside, after the input.
    pub suffix: Option<Content>,
    /// Extra classes, such as `govuk-input--width-10`.
    pub classes: String,
    /// Ids of further text that describes the input.
    pub described_by: Option<String>,
    /// Whether it cannot be changed.
    pub disabled: bool,
    /// Further attributes.
    pub attributes: Attributes,
}

impl TextInput {
    /// An empty text input.
    #[must_use]
    pub fn new(name: &str, label: impl Into<Label>) -> Self {
        Self {
            name: name.into(),
            id: name.into(),
            label: label.into(),
            hint: None,
            error: None,
            value: String::new(),
            kind: "text".into(),
            inputmode: None,
            autocomplete: None,
            autocapitalize: None,
            pattern: None,
            spellcheck: None,
            prefix: None,
            suffix: None,
            classes: String::new(),
            described_by: None,
            disabled: false,
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

    /// Sets the HTML input type.
    #[must_use]
    pub fn kind(mut self, kind: &str) -> Self {
        self.kind = kind.into();
        self
    }

    /// Sets the autofill purpose.
    #[must_use]
    pub fn autocomplete(mut self, purpose: &str) -> Self {
        self.autocomplete = Some(purpose.into());
        self
    }

    /// Sets the phone keyboard.
    #[must_use]
    pub fn inputmode(mut self, mode: &str) -> Self {
        self.inputmode = Some(mode.into());
        self
    }

    /// Allows or forbids the browser's spelling check.
    #[must_use]
    pub fn spellcheck(mut self, check: bool) -> Self {
        self.spellcheck = Some(check);
        self
    }

    /// Makes it as wide as about `characters`: one of 2, 3, 4, 5, 10, 20, 30.
    #[must_use]
    pub fn width(mut self, characters: u8) -> Self {
        self.classes = format!("{} govuk-input--width-{characters}", self.classes).trim().into();
        self
    }

    /// Adds classes.
    #[must_use]
    pub fn classes(mut self, classes: &str) -> Self {
        self.classes = format!("{} {classes}", self.classes).trim().into();
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

    fn has_affix(&self) -> bool {
        self.prefix.is_some() || self.suffix.is_some()
    }

    fn described_by_ids(&self) -> Option<String> {
        let (hint, error) = (format!("{}-hint", self.id), format!("{}-error", self.id));
        described_by([
            self.described_by.as_deref(),
            self.hint.as_ref().map(|_| hint.as_str()),
            self.error.as_ref().map(|_| error.as_str()),
        ])
    }
}

html_safe!(TextInput);
