//! Typed components in the manner of the design systems of GOV.UK and the Ministry of Justice.
//!
//! # How to use them
//!
//! A component is a struct with a short constructor, chained setters and public fields. It is an
//! askama template marked [`HtmlSafe`](askama::filters::HtmlSafe), so a page template shows it with
//! `{{ component }}`, without `|safe`:
//!
//! ```
//! use tessera_pages::components::{Button, TextInput};
//!
//! let plate = TextInput::new("plate", "Number plate")
//!     .hint("Part of it is enough")
//!     .value("FY12")
//!     .error_if(None);
//! assert!(plate.to_string().contains(r#"<label class="govuk-label" for="plate">"#));
//! assert!(Button::new("Continue").to_string().starts_with("<button"));
//! ```
//!
//! - Words are [`Content`]: `"a string"` becomes escaped text by itself; the output of components
//!   becomes markup by `Markup::of(&component)` or `Markup::join([a, b])`; text of several lines is
//!   `Content::lines(text)`. There is no way to pass a string as HTML.
//! - A partial template of a page becomes usable the same way with [`html_safe!`](crate::html_safe).
//! - Inputs take `error_if(Option<String>)`; their error links from [`ErrorSummary`] use `#id`, and
//!   the `id` of a field is its name unless it is set.
//! - A question that is the only one on its page: `.as_page_heading()` on the input makes its label
//!   or legend the `<h1>`.
//! - Two things side by side (one below the other on a phone): `<div class="tessera-columns">` for
//!   two thirds and one third, with `tessera-columns--even` for halves; a column is a plain `<div>`.
//! - Nothing here needs a script. With scripts, conditional answers fold and counters count.
//!
//! What is compared with the design system's published fixtures, and which of its parameters we
//! leave out and why, is in `tests/all/fixtures.rs`.

mod buttons;
mod content;
mod date_input;
mod feedback;
mod file_upload;
mod form;
mod guidance;
mod language;
mod lists;
mod map;
mod navigation;
mod network;
mod options;
mod record;
mod table;
mod text_input;
mod textarea;

pub use buttons::{Button, Link};
pub(crate) use content::described_by;
pub use content::{Attributes, Content, Markup};
pub use date_input::DateInput;
pub use feedback::{
    Details, EmergencyCard, EmergencyNumber, ErrorSummary, InsetText, NotificationBanner, Panel,
    SummaryError, Tag, WarningText,
};
pub use file_upload::FileUpload;
pub use form::{ErrorMessage, Fieldset, Hint, Label, Legend};
pub use guidance::{Comparison, Marked, Part, SearchBox, Sources, guidance_text, in_source};
pub use language::{
    Instead, Mark, MarkedText, ScreenOnly, Stretch, WordNote, WordNotes, WordsBeside,
};
pub use lists::{Action, Card, SummaryList, SummaryRow, Task, TaskList};
pub use map::{Map, MapArea, MapMark, MovingPicture};
pub use navigation::{
    BackLink, Breadcrumbs, Crumb, LinkCard, LinkCards, PageItem, PageLink, Pagination, SubNavItem,
    SubNavigation,
};
pub use network::{Network, NetworkLine, NetworkNode};
pub use options::{Checkboxes, Choice, Radios, Select, SelectItem};
pub use record::{ChosenFilter, ContextualDate, Filter, IdentityBar, Timeline, TimelineItem, Tone};
pub use table::{Cell, Direction, HeadCell, Sort, Table};
pub use text_input::TextInput;
pub use textarea::{Limit, Textarea};

/// Promises that the named askama templates are HTML templates, so that others may embed them with
/// `{{ part }}` and `Markup::of(&part)`. Only for types whose template file ends in `.html`.
#[macro_export]
macro_rules! html_safe {
    ($($name:ty),+ $(,)?) => {
        $(
            impl ::askama::filters::HtmlSafe for $name {}

            impl From<$name> for $crate::components::Content {
                fn from(part: $name) -> Self {
                    Self::Html($crate::components::Markup::of(&part))
                }
            }
        )+
    };
}
