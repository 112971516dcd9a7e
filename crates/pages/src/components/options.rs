//! Choosing one or several of a few answers: radios, checkboxes, select.

use askama::Template;
use tessera_core::t;

use super::{Content, Label, Legend, Markup, described_by};
use crate::html_safe;

/// One answer of radios or checkboxes, or a divider between answers.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the person reads.
    pub text: Content,
    /// Help for this answer.
    pub hint: Option<Content>,
    /// Whether it is chosen.
    pub checked: bool,
    /// Whether it cannot be chosen.
    pub disabled: bool,
    /// Asked only when this answer is chosen; always shown without scripts.
    pub conditional: Option<Markup>,
    /// Its id, else the group's id and its number.
    pub id: Option<String>,
    /// Its own field name (checkboxes only).
    pub name: Option<String>,
    /// If set, this is no answer but the word between answers.
    pub divider: Option<String>,
}

impl Choice {
    /// An answer that is not chosen.
    #[must_use]
    pub fn new(value: impl Into<String>, text: impl Into<Content>) -> Self {
        Self { value: value.into(), text: text.into(), ..Self::default() }
    }

    /// The word between two groups of answers, usually "or".
    #[must_use]
    pub fn divider(word: &str) -> Self {
        Self { divider: Some(word.into()), ..Self::default() }
    }

    /// Sets the help.
    #[must_use]
    pub fn hint(mut self, text: impl Into<Content>) -> Self {
        self.hint = Some(text.into());
        self
    }

    /// Sets whether it is chosen.
    #[must_use]
    pub fn checked(mut self, checked: bool) -> Self {
        self.checked = checked;
        self
    }

    /// Sets what is asked when it is chosen.
    #[must_use]
    pub fn reveals(mut self, body: Markup) -> Self {
        self.conditional = Some(body);
        self
    }
}

struct Numbered<'a> {
    id: String,
    name: &'a str,
    described_by: Option<String>,
    choice: &'a Choice,
}

macro_rules! choices {
    ($(#[$doc:meta])* $name:ident, $path:literal, $several:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, Template)]
        #[template(path = $path)]
        pub struct $name {
            /// The form field's name.
            pub name: String,
            /// The id of the first answer; the name unless changed.
            pub id: String,
            /// The question; without one the group has no fieldset.
            pub legend: Option<Legend>,
            /// Help below the question.
            pub hint: Option<Content>,
            /// What is wrong with the answer.
            pub error: Option<Content>,
            /// The answers.
            pub items: Vec<Choice>,
            /// Extra classes, such as the `--inline` and `--small` variants.
            pub classes: String,
            /// Ids of further text that describes the group.
            pub described_by: Option<String>,
            grouped: bool,
        }

        impl $name {
            /// A group with its question.
            #[must_use]
            pub fn new(
                name: &str,
                legend: impl Into<Legend>,
                items: impl IntoIterator<Item = Choice>,
            ) -> Self {
                Self {
                    name: name.into(),
                    id: name.into(),
                    legend: Some(legend.into()),
                    items: items.into_iter().collect(),
                    ..Self::default()
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

            /// Ticks the answers whose values are given, and no others.
            #[must_use]
            pub fn chosen<'a>(mut self, values: impl IntoIterator<Item = &'a str>) -> Self {
                let values: Vec<&str> = values.into_iter().collect();
                for item in &mut self.items {
                    item.checked = values.contains(&item.value.as_str());
                }
                self
            }

            /// Adds classes.
            #[must_use]
            pub fn classes(mut self, classes: &str) -> Self {
                self.classes = format!("{} {classes}", self.classes).trim().into();
                self
            }

            /// Makes the question the page's heading.
            #[must_use]
            pub fn as_page_heading(mut self) -> Self {
                self.legend = self.legend.map(Legend::as_page_heading);
                self
            }

            fn described_by(&self) -> Option<String> {
                let (hint, error) = (format!("{}-hint", self.id), format!("{}-error", self.id));
                described_by([
                    self.described_by.as_deref(),
                    self.hint.as_ref().map(|_| hint.as_str()),
                    self.error.as_ref().map(|_| error.as_str()),
                ])
            }

            fn numbered(&self) -> Vec<Numbered<'_>> {
                // Without a fieldset the error must be read with each checkbox.
                let group = ($several && self.legend.is_none()).then(|| self.described_by());
                let group = group.flatten();
                self.items
                    .iter()
                    .enumerate()
                    .map(|(n, choice)| {
                        let id = choice.id.clone().unwrap_or_else(|| match n {
                            0 => self.id.clone(),
                            n => format!("{}-{}", self.id, n + 1),
                        });
                        let hint = choice.hint.as_ref().map(|_| format!("{id}-item-hint"));
                        Numbered {
                            described_by: described_by([group.as_deref(), hint.as_deref()]),
                            name: choice.name.as_deref().unwrap_or(&self.name),
                            id,
                            choice,
                        }
                    })
                    .collect()
            }
        }

        html_safe!($name);
    };
}

choices!(
    /// One of a few answers.
    Radios,
    "components/radios.html",
    false
);
choices!(
    /// Any of a few answers.
    Checkboxes,
    "components/checkboxes.html",
    true
);

/// One option of a select.
#[derive(Clone, Debug, Default)]
pub struct SelectItem {
    /// What the form sends; the text if absent.
    pub value: Option<String>,
    /// What the person reads.
    pub text: String,
    /// Whether it is chosen.
    pub selected: bool,
    /// Whether it cannot be chosen.
    pub disabled: bool,
}

impl SelectItem {
    /// An option that is not chosen.
    #[must_use]
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: Some(value.into()), text: text.into(), ..Self::default() }
    }
}

/// One of many answers; radios are better for few.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/select.html")]
pub struct Select {
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
    /// The options.
    pub items: Vec<SelectItem>,
    /// Extra classes.
    pub classes: String,
    /// Ids of further text that describes it.
    pub described_by: Option<String>,
}

impl Select {
    /// A select with its label.
    #[must_use]
    pub fn new(
        name: &str,
        label: impl Into<Label>,
        items: impl IntoIterator<Item = SelectItem>,
    ) -> Self {
        Self {
            name: name.into(),
            id: name.into(),
            label: label.into(),
            items: items.into_iter().collect(),
            ..Self::default()
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

    /// Selects the option with this value, and no other.
    #[must_use]
    pub fn chosen(mut self, value: &str) -> Self {
        for item in &mut self.items {
            item.selected = item.value.as_deref().unwrap_or(&item.text) == value;
        }
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

html_safe!(Select);
