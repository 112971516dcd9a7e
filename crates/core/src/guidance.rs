//! Guidance as read: a page's text as blocks, and where its statements come from. Nothing here can
//! hold HTML, so that what an editor types is shown as words whatever it is.

use serde::{Deserialize, Serialize};

use crate::{msg, time::Date};

/// A law, guidance or study that a page rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceNote {
    /// How the text of the page refers to it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    #[serde(default)]
    pub publisher: String,
    /// Where it can be read.
    #[serde(default)]
    pub url: String,
    /// The day on which one of us read it and found the statement there; `None`: nobody has yet.
    #[serde(default)]
    pub verified: Option<Date>,
    /// What else a reader should know of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// For whom a page is written; it sets how plain its words must be. Everybody may read every page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Anybody.
    Public,
    /// Volunteers.
    Volunteers,
    /// People who do this for a living.
    Staff,
}

impl Audience {
    /// Every audience, in the order shown.
    pub const ALL: [Self; 3] = [Self::Public, Self::Volunteers, Self::Staff];

    /// The highest Flesch-Kincaid grade its pages may have.
    #[must_use]
    pub const fn highest_grade(self) -> f64 {
        match self {
            Self::Public | Self::Volunteers => 6.0,
            Self::Staff => 9.0,
        }
    }

    /// As written in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Volunteers => "volunteers",
            Self::Staff => "staff",
        }
    }

    /// As shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Public => msg!("Everybody"),
            Self::Volunteers => msg!("Volunteers"),
            Self::Staff => msg!("Staff"),
        }
    }

    /// Read back from its id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.id() == id)
    }
}

/// What a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A page by itself.
    Page,
    /// A chapter of the handbook.
    Chapter,
    /// A policy, which people confirm they have read.
    Policy,
    /// A learning briefing.
    Briefing,
}

impl Kind {
    /// Every kind, in the order shown.
    pub const ALL: [Self; 4] = [Self::Page, Self::Chapter, Self::Policy, Self::Briefing];

    /// As written in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Chapter => "chapter",
            Self::Policy => "policy",
            Self::Briefing => "briefing",
        }
    }

    /// As shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Page => msg!("Page"),
            Self::Chapter => msg!("Chapter of the handbook"),
            Self::Policy => msg!("Policy"),
            Self::Briefing => msg!("Learning briefing"),
        }
    }

    /// Read back from its id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// Part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Words that stand out.
    Strong(Vec<Inline>),
    /// Words with stress.
    Emphasis(Vec<Inline>),
    /// A way to somewhere else.
    Link {
        /// Where to: a path of ours, an anchor, `https:`, `mailto:` or `tel:`.
        href: String,
        /// Its words.
        inside: Vec<Inline>,
    },
    /// A note that names the source at this place of the page's list, counted from 0.
    Note(usize),
    /// A new line.
    Break,
}

/// Part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading of level 2 or 3.
    Heading {
        /// 2 or 3.
        level: u8,
        /// Its anchor.
        id: String,
        /// Its words.
        inside: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// The words of a list's item that is no paragraph of its own.
    Plain(Vec<Inline>),
    /// A list.
    List {
        /// With numbers.
        ordered: bool,
        /// Its items.
        items: Vec<Vec<Block>>,
    },
    /// A table.
    Table {
        /// The words of its head.
        head: Vec<Vec<Inline>>,
        /// Its rows of cells.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// One statement of law, with the place of its source in the page's list.
    Law {
        /// Counted from 0.
        source: usize,
        /// The statement.
        inside: Vec<Block>,
    },
    /// What to do at once.
    Now(Vec<Block>),
    /// An invented example.
    Example(Vec<Block>),
    /// Somebody's words.
    Quote(Vec<Block>),
}

/// The words of a line, without what dresses them.
#[must_use]
pub fn words(inside: &[Inline]) -> String {
    let mut text = String::new();
    for part in inside {
        match part {
            Inline::Text(words) => text.push_str(words),
            Inline::Strong(inside) | Inline::Emphasis(inside) | Inline::Link { inside, .. } => {
                text.push_str(&self::words(inside));
            }
            Inline::Break => text.push(' '),
            Inline::Note(_) => {}
        }
    }
    text
}
