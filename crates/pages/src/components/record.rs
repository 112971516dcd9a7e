//! Parts of a record: who it is about, what happened when, what is due, how a list is narrowed.

use askama::Template;
use tessera_core::t;

use super::{Content, Tag};
use crate::html_safe;

/// Keeps the subject of a record in view on each of its pages.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/identity_bar.html")]
pub struct IdentityBar {
    /// What the landmark is called: "Child".
    pub label: String,
    /// The name as the record gives it.
    pub name: Content,
    /// States that change what a reader does.
    pub tags: Vec<Tag>,
    /// Pairs of name and value: age, date of birth, where they live.
    pub facts: Vec<(Content, Content)>,
    /// Such as "This view is recorded".
    pub notice: Option<Content>,
}

impl IdentityBar {
    /// A bar with a name.
    #[must_use]
    pub fn new(label: &str, name: impl Into<Content>) -> Self {
        Self { label: label.into(), name: name.into(), ..Self::default() }
    }

    /// Adds a fact.
    #[must_use]
    pub fn fact(mut self, key: impl Into<Content>, value: impl Into<Content>) -> Self {
        self.facts.push((key.into(), value.into()));
        self
    }

    /// Adds a state.
    #[must_use]
    pub fn tag(mut self, tag: Tag) -> Self {
        self.tags.push(tag);
        self
    }

    /// Adds the notice.
    #[must_use]
    pub fn notice(mut self, text: impl Into<Content>) -> Self {
        self.notice = Some(text.into());
        self
    }
}

/// One event.
#[derive(Clone, Debug, Default)]
pub struct TimelineItem {
    /// Its id, so that others can point at it; unique on the page.
    pub id: String,
    /// What happened, in a few words.
    pub title: Content,
    /// Where more is written.
    pub href: Option<String>,
    /// For machines, ISO 8601; empty when the date is only partly known.
    pub datetime: String,
    /// For people: "14 March 2026", "about March 2026".
    pub when: Content,
    /// Who told or wrote it.
    pub by: Content,
    /// Kinds: fact, opinion, correction.
    pub tags: Vec<Tag>,
    /// The account.
    pub body: Content,
    /// Where it comes from and how far it was checked.
    pub source: Content,
}

/// Events, in the order given.
#[derive(Clone, Debug, Template)]
#[template(path = "components/timeline.html")]
pub struct Timeline {
    /// The events.
    pub items: Vec<TimelineItem>,
    /// The level of their headings.
    pub level: u8,
}

impl Timeline {
    /// Events under an `<h2>`.
    #[must_use]
    pub fn new(items: Vec<TimelineItem>) -> Self {
        Self { items, level: 3 }
    }
}

/// A filter that is in force.
#[derive(Clone, Debug)]
pub struct ChosenFilter {
    /// Such as "Urgency: today".
    pub text: Content,
    /// The list without it.
    pub remove_href: String,
}

/// A form that narrows a list, sent by GET. Keep personal data out of it: it is in the address.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/filter.html")]
pub struct Filter {
    /// The address of the list.
    pub action: String,
    /// What the landmark is called.
    pub label: String,
    /// The inputs.
    pub fields: Content,
    /// The filters in force.
    pub chosen: Vec<ChosenFilter>,
    /// The list without any.
    pub clear_href: Option<String>,
    /// The words on its button.
    pub button: String,
}

impl Filter {
    /// A filter form.
    #[must_use]
    pub fn new(action: &str, label: impl Into<String>, fields: impl Into<Content>) -> Self {
        Self {
            action: action.into(),
            label: label.into(),
            fields: fields.into(),
            button: t!("Apply filters"),
            ..Self::default()
        }
    }
}

/// How pressing a date is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to do yet.
    #[default]
    Neutral,
    /// Soon.
    Soon,
    /// Past.
    Overdue,
    /// Met.
    Done,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Neutral => "",
            Self::Soon => "tessera-due--soon",
            Self::Overdue => "tessera-due--overdue",
            Self::Done => "tessera-due--done",
        }
    }
}

/// A date with what it means now: "14 March 2026 overdue 3 days". Never the colour alone.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/contextual_date.html")]
pub struct ContextualDate {
    /// For machines, ISO 8601.
    pub datetime: String,
    /// For people.
    pub date: String,
    /// Such as "overdue 3 days", "due today"; may be empty.
    pub words: String,
    /// How pressing it is.
    pub tone: Tone,
}

impl ContextualDate {
    /// A date that is `days` away: below 0 it is overdue, up to `soon` days it is due soon.
    #[must_use]
    pub fn due_in(datetime: &str, date: &str, days: i32, soon: i32) -> Self {
        let plural = |n: u32| if n == 1 { "day" } else { "days" };
        let away = days.unsigned_abs();
        let (words, tone) = match days {
            i32::MIN..=-1 => (format!("overdue {away} {}", plural(away)), Tone::Overdue),
            0 => ("due today".to_owned(), Tone::Soon),
            n if n <= soon => (format!("due in {away} {}", plural(away)), Tone::Soon),
            _ => (format!("due in {away} days"), Tone::Neutral),
        };
        Self { datetime: datetime.into(), date: date.into(), words, tone }
    }
}

html_safe!(IdentityBar, Timeline, Filter, ContextualDate);
