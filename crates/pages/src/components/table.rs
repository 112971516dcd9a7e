//! Tables, sorted by the server.

use askama::Template;

use super::Content;
use crate::html_safe;

/// How a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
    /// Not by this column.
    None,
}

impl Direction {
    fn aria(self) -> &'static str {
        match self {
            Self::Ascending => "ascending",
            Self::Descending => "descending",
            Self::None => "none",
        }
    }

    fn mark(self) -> &'static str {
        match self {
            Self::Ascending => " ▲",
            Self::Descending => " ▼",
            Self::None => "",
        }
    }
}

/// The sort link of a column.
#[derive(Clone, Debug)]
pub struct Sort {
    /// Where the other order is.
    pub href: String,
    /// The order now.
    pub direction: Direction,
}

/// The head of a column.
#[derive(Clone, Debug, Default)]
pub struct HeadCell {
    /// Its name.
    pub content: Content,
    /// Whether numbers stand below.
    pub numeric: bool,
    /// Its sort link.
    pub sort: Option<Sort>,
    /// Columns it spans.
    pub colspan: Option<usize>,
    /// Extra classes.
    pub classes: String,
}

impl HeadCell {
    /// A column that sorts.
    #[must_use]
    pub fn sorted(
        content: impl Into<Content>,
        href: impl Into<String>,
        direction: Direction,
    ) -> Self {
        Self {
            content: content.into(),
            sort: Some(Sort { href: href.into(), direction }),
            ..Self::default()
        }
    }
}

impl<T: Into<Content>> From<T> for HeadCell {
    fn from(content: T) -> Self {
        Self { content: content.into(), ..Self::default() }
    }
}

/// One cell.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// What it says.
    pub content: Content,
    /// Whether it is a number, set to the right.
    pub numeric: bool,
    /// Columns it spans.
    pub colspan: Option<usize>,
    /// Extra classes.
    pub classes: String,
}

impl Cell {
    /// A number.
    #[must_use]
    pub fn number(content: impl Into<Content>) -> Self {
        Self { content: content.into(), numeric: true, ..Self::default() }
    }
}

impl<T: Into<Content>> From<T> for Cell {
    fn from(content: T) -> Self {
        Self { content: content.into(), ..Self::default() }
    }
}

/// A table. Give it a caption: it is the table's name.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/table.html")]
pub struct Table {
    /// Its name.
    pub caption: Content,
    /// Extra classes of the caption, such as `govuk-table__caption--m` or `govuk-visually-hidden`.
    pub caption_classes: String,
    /// The heads of the columns.
    pub head: Vec<HeadCell>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// Whether the first cell of a row names the row.
    pub first_cell_is_header: bool,
    /// Extra classes.
    pub classes: String,
}

/// Shows each row as a block with named values where the screen is narrow.
const STACK: &str = "tessera-table--stack";

impl Table {
    /// A table whose rows become blocks on small screens.
    #[must_use]
    pub fn new(caption: impl Into<Content>, head: impl IntoIterator<Item = HeadCell>) -> Self {
        Self {
            caption: caption.into(),
            caption_classes: "govuk-table__caption--m".into(),
            head: head.into_iter().collect(),
            first_cell_is_header: true,
            classes: STACK.into(),
            ..Self::default()
        }
    }

    /// Keeps the caption for screen readers only, where a heading above says the same.
    #[must_use]
    pub fn under_heading(mut self) -> Self {
        self.caption_classes = "govuk-visually-hidden".into();
        self
    }

    /// Adds a row.
    #[must_use]
    pub fn row(mut self, cells: impl IntoIterator<Item = Cell>) -> Self {
        self.rows.push(cells.into_iter().collect());
        self
    }

    fn label_of(&self, column: usize) -> Option<&Content> {
        let stacks = self.classes.split_whitespace().any(|class| class == STACK);
        self.head.get(column).map(|cell| &cell.content).filter(|text| stacks && text.is_text())
    }
}

html_safe!(Table);
