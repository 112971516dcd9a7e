//! A file to be sent.

use askama::Template;
use tessera_core::t;

use super::{Content, Label, described_by};
use crate::html_safe;

/// A choice of one file with its label, hint and error. Its form must be one
/// [`with a file`](crate::page::Form::with_file).
#[derive(Clone, Debug, Template)]
#[template(path = "components/file_upload.html")]
pub struct FileUpload {
    /// The form field's name.
    pub name: String,
    /// The element's id; the name unless changed.
    pub id: String,
    /// The label.
    pub label: Label,
    /// Help below the label.
    pub hint: Option<Content>,
    /// What is wrong with the file.
    pub error: Option<Content>,
    /// Endings that the browser offers first, such as `.pdf,.docx`.
    pub accept: Option<String>,
    /// Extra classes.
    pub classes: String,
    /// Ids of further text that describes the input.
    pub described_by: Option<String>,
    /// Whether several files may be chosen.
    pub multiple: bool,
    /// Whether it cannot be changed.
    pub disabled: bool,
}

impl FileUpload {
    /// A choice of one file.
    #[must_use]
    pub fn new(name: &str, label: impl Into<Label>) -> Self {
        Self {
            name: name.into(),
            id: name.into(),
            label: label.into(),
            hint: None,
            error: None,
            accept: None,
            classes: String::new(),
            described_by: None,
            multiple: false,
            disabled: false,
        }
    }

    /// Sets the hint.
    #[must_use]
    pub fn hint(mut self, text: impl Into<Content>) -> Self {
        self.hint = Some(text.into());
        self
    }

    /// Shows an error if there is one.
    #[must_use]
    pub fn error_if(mut self, error: Option<String>) -> Self {
        self.error = error.map(Content::from);
        self
    }

    /// Sets the endings that the browser offers first.
    #[must_use]
    pub fn accept(mut self, endings: impl Into<String>) -> Self {
        self.accept = Some(endings.into());
        self
    }

    fn label_for(&self) -> Label {
        Label { for_id: self.id.clone(), ..self.label.clone() }
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

html_safe!(FileUpload);
