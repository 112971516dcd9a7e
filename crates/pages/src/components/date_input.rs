//! A date in three fields, of which any may be empty.

use askama::Template;
use tessera_core::t;

use super::{Content, Legend, described_by};
use crate::html_safe;

/// Day, month and year. A partial date ("2011") is welcome; the month may be a word.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/date_input.html")]
pub struct DateInput {
    /// The id of the group.
    pub id: String,
    /// Put before `day`, `month`, `year` and `approximate` in the field names, with its hyphen.
    pub name_prefix: String,
    /// The question; without one there is no fieldset.
    pub legend: Option<Legend>,
    /// Help below the question.
    pub hint: Option<Content>,
    /// What is wrong with the answer.
    pub error: Option<Content>,
    /// Which of day, month and year are wrong; all of them if none is named.
    pub wrong: [bool; 3],
    /// What was typed: day, month, year.
    pub values: [String; 3],
    /// Offers "This is approximate", ticked or not.
    pub approximate: Option<bool>,
    /// Whether the browser may fill in the user's own birthday.
    pub birthday: bool,
    /// Ids of further text that describes the group.
    pub described_by: Option<String>,
    grouped: bool,
}

struct Part<'a> {
    key: &'static str,
    label: String,
    width: u8,
    value: &'a str,
    error: bool,
    autocomplete: Option<&'static str>,
}

impl DateInput {
    /// Fields named `NAME-day`, `NAME-month` and `NAME-year`.
    #[must_use]
    pub fn new(name: &str, legend: impl Into<Legend>) -> Self {
        Self {
            id: name.into(),
            name_prefix: format!("{name}-"),
            legend: Some(legend.into()),
            grouped: true,
            ..Self::default()
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
    pub fn values(
        mut self,
        day: impl Into<String>,
        month: impl Into<String>,
        year: impl Into<String>,
    ) -> Self {
        self.values = [day.into(), month.into(), year.into()];
        self
    }

    /// Offers "This is approximate" in the field `NAME-approximate` (value `yes`).
    #[must_use]
    pub fn approximate(mut self, ticked: bool) -> Self {
        self.approximate = Some(ticked);
        self
    }

    /// Shows an error if there is one.
    #[must_use]
    pub fn error_if(mut self, error: Option<String>) -> Self {
        self.error = error.map(Content::from);
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

    fn parts(&self) -> [Part<'_>; 3] {
        let [day, month, year] = &self.values;
        let any = self.wrong.iter().any(|wrong| *wrong);
        let all = self.error.is_some() && !any;
        let [wrong_day, wrong_month, wrong_year] = self.wrong.map(|wrong| wrong || all);
        let fill = |purpose| self.birthday.then_some(purpose);
        [
            Part {
                key: "day",
                label: t!("Day"),
                width: 2,
                value: day,
                error: wrong_day,
                autocomplete: fill("bday-day"),
            },
            Part {
                key: "month",
                label: t!("Month"),
                width: 2,
                value: month,
                error: wrong_month,
                autocomplete: fill("bday-month"),
            },
            Part {
                key: "year",
                label: t!("Year"),
                width: 4,
                value: year,
                error: wrong_year,
                autocomplete: fill("bday-year"),
            },
        ]
    }
}

html_safe!(DateInput);
