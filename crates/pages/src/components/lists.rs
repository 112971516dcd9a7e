//! Facts and tasks: summary list, task list.

use askama::Template;
use tessera_core::t;

use super::{Content, Tag};
use crate::html_safe;

/// A link that changes one fact.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/action.html")]
pub struct Action {
    /// "Change".
    pub text: Content,
    /// Where it leads.
    pub href: String,
    /// Read out after it: "date of birth".
    pub hidden: Option<String>,
    /// Extra classes.
    pub classes: String,
    /// The title of the card it stands in; the list fills it in.
    pub card: Option<Content>,
}

impl Action {
    /// A link with the words that only a screen reader reads.
    #[must_use]
    pub fn new(
        text: impl Into<Content>,
        href: impl Into<String>,
        hidden: impl Into<String>,
    ) -> Self {
        Self {
            text: text.into(),
            href: href.into(),
            hidden: Some(hidden.into()),
            ..Self::default()
        }
    }
}

/// One fact.
#[derive(Clone, Debug, Default)]
pub struct SummaryRow {
    /// Its name.
    pub key: Content,
    /// Its value; say "Not known" or "Not provided" rather than nothing.
    pub value: Content,
    /// Links that change it.
    pub actions: Vec<Action>,
    /// Extra classes.
    pub classes: String,
}

impl SummaryRow {
    /// A fact without actions.
    #[must_use]
    pub fn new(key: impl Into<Content>, value: impl Into<Content>) -> Self {
        Self { key: key.into(), value: value.into(), ..Self::default() }
    }

    /// Adds a link that changes it.
    #[must_use]
    pub fn action(mut self, action: Action) -> Self {
        self.actions.push(action);
        self
    }
}

/// A frame with a title around a list of facts.
#[derive(Clone, Debug)]
pub struct Card {
    /// Its title.
    pub title: Content,
    /// The level of its heading.
    pub level: u8,
    /// Links that concern the whole card.
    pub actions: Vec<Action>,
}

/// A list of facts.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/summary_list.html")]
pub struct SummaryList {
    /// The facts.
    pub rows: Vec<SummaryRow>,
    /// The frame, if any.
    pub card: Option<Card>,
    /// Extra classes.
    pub classes: String,
}

impl SummaryList {
    /// A plain list.
    #[must_use]
    pub fn new(rows: impl IntoIterator<Item = SummaryRow>) -> Self {
        Self { rows: rows.into_iter().collect(), ..Self::default() }
    }

    /// Puts it into a card with an `<h2>` title.
    #[must_use]
    pub fn in_card(mut self, title: impl Into<Content>, actions: Vec<Action>) -> Self {
        self.card = Some(Card { title: title.into(), level: 2, actions });
        self
    }

    fn any_actions(&self) -> bool {
        self.rows.iter().any(|row| !row.actions.is_empty())
    }

    fn action(&self, action: &Action) -> Action {
        let card = self.card.as_ref().map(|card| card.title.clone());
        Action { card, ..action.clone() }
    }
}

/// One task of several.
#[derive(Clone, Debug, Default)]
pub struct Task {
    /// What is to be done.
    pub title: Content,
    /// Where it is done.
    pub href: Option<String>,
    /// Help.
    pub hint: Option<Content>,
    /// How far it is: text when complete, a [`Tag`] when something is still to do.
    pub status: Content,
    /// Whether it waits for another task.
    pub cannot_start: bool,
}

impl Task {
    /// A completed task: plain words, so that the open ones stand out.
    #[must_use]
    pub fn completed(title: impl Into<Content>, href: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            href: Some(href.into()),
            status: t!("Completed").into(),
            ..Self::default()
        }
    }

    /// A task that is still to be done.
    #[must_use]
    pub fn open(title: impl Into<Content>, href: impl Into<String>, status: Tag) -> Self {
        Self {
            title: title.into(),
            href: Some(href.into()),
            status: status.into(),
            ..Self::default()
        }
    }
}

/// Several tasks and how far each is.
#[derive(Clone, Debug, Template)]
#[template(path = "components/task_list.html")]
pub struct TaskList {
    /// The tasks.
    pub items: Vec<Task>,
    /// The start of the ids.
    pub id_prefix: String,
    /// Extra classes.
    pub classes: String,
}

impl TaskList {
    /// A list of tasks.
    #[must_use]
    pub fn new(items: Vec<Task>) -> Self {
        Self { items, id_prefix: "task-list".into(), classes: String::new() }
    }
}

html_safe!(Action, SummaryList, TaskList);
