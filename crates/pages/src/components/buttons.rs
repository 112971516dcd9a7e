//! Acts (buttons) and ways (links).

use askama::Template;

use super::{Attributes, Content};
use crate::html_safe;

/// A button, or a link that looks like one.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/button.html")]
pub struct Button {
    /// What it does.
    pub text: Content,
    /// `submit`, `button` or `reset`.
    pub kind: String,
    /// Where it leads; makes it a link.
    pub href: Option<String>,
    /// The form field's name, when several buttons send one form.
    pub name: Option<String>,
    /// What it sends.
    pub value: Option<String>,
    /// Whether it cannot be pressed; better to leave a button out.
    pub disabled: bool,
    /// Whether it starts a service.
    pub start: bool,
    /// Extra classes.
    pub classes: String,
    /// Its id.
    pub id: Option<String>,
    /// Further attributes.
    pub attributes: Attributes,
}

impl Button {
    /// The main button of a form.
    #[must_use]
    pub fn new(text: impl Into<Content>) -> Self {
        Self { text: text.into(), kind: "submit".into(), ..Self::default() }
    }

    /// A link that looks like a button.
    #[must_use]
    pub fn link(text: impl Into<Content>, href: impl Into<String>) -> Self {
        Self { href: Some(href.into()), ..Self::new(text) }
    }

    /// A less important act.
    #[must_use]
    pub fn secondary(mut self) -> Self {
        self.classes = format!("{} govuk-button--secondary", self.classes).trim().into();
        self
    }

    /// An act that takes something away.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.classes = format!("{} govuk-button--warning", self.classes).trim().into();
        self
    }

    /// Names the button, so that the server knows which one was pressed.
    #[must_use]
    pub fn named(mut self, name: &str, value: &str) -> Self {
        self.name = Some(name.into());
        self.value = Some(value.into());
        self
    }
}

/// A link in running text or a cell.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/link.html")]
pub struct Link {
    /// What is read.
    pub text: Content,
    /// Where it leads.
    pub href: String,
    /// Read out after the text, where the text alone does not say what it is about.
    pub hidden: Option<String>,
    /// Extra classes.
    pub classes: String,
}

impl Link {
    /// An ordinary link.
    #[must_use]
    pub fn new(text: impl Into<Content>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into(), ..Self::default() }
    }

    /// Adds words that only a screen reader reads.
    #[must_use]
    pub fn hidden(mut self, words: impl Into<String>) -> Self {
        self.hidden = Some(words.into());
        self
    }
}

html_safe!(Button, Link);
