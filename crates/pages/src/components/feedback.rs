//! What a page tells the person: errors, warnings, states, confirmations, emergency numbers.

use askama::Template;
use tessera_core::t;

use super::Content;
use crate::html_safe;

/// One line of the error summary.
#[derive(Clone, Debug, Default)]
pub struct SummaryError {
    /// What is wrong, in the same words as beside the field.
    pub text: Content,
    /// `#id` of the field.
    pub href: Option<String>,
}

/// Everything that is wrong with a page, at its top. Set `Layout::error` too: the title says it.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/error_summary.html")]
pub struct ErrorSummary {
    /// Its heading.
    pub title: Content,
    /// A sentence before the list.
    pub description: Option<Content>,
    /// The errors, in the order of the page.
    pub errors: Vec<SummaryError>,
    /// Extra classes.
    pub classes: String,
}

impl ErrorSummary {
    /// "There is a problem", with a link for each pair of field id and message.
    #[must_use]
    pub fn new<'a>(errors: impl IntoIterator<Item = (&'a str, String)>) -> Self {
        Self {
            title: t!("There is a problem").into(),
            errors: errors
                .into_iter()
                .map(|(id, text)| SummaryError { text: text.into(), href: Some(format!("#{id}")) })
                .collect(),
            ..Self::default()
        }
    }
}

/// A short state, such as "Overdue". Its words say everything; the colour only helps.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/tag.html")]
pub struct Tag {
    /// The state.
    pub text: Content,
    /// Extra classes.
    pub classes: String,
}

impl Tag {
    /// A tag in the default colour.
    #[must_use]
    pub fn new(text: impl Into<Content>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A tag in `grey`, `green`, `teal`, `purple`, `magenta`, `red`, `orange` or `yellow`.
    #[must_use]
    pub fn coloured(text: impl Into<Content>, colour: &str) -> Self {
        Self { text: text.into(), classes: format!("govuk-tag--{colour}") }
    }
}

/// A warning that must not be missed.
#[derive(Clone, Debug, Template)]
#[template(path = "components/warning_text.html")]
pub struct WarningText {
    /// The warning.
    pub text: Content,
    /// Read out instead of the exclamation mark.
    pub fallback: String,
}

impl WarningText {
    /// A warning.
    #[must_use]
    pub fn new(text: impl Into<Content>) -> Self {
        Self { text: text.into(), fallback: t!("Warning") }
    }
}

/// A block set apart from the text, such as a quotation of what was written.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/inset_text.html")]
pub struct InsetText {
    /// What is set apart.
    pub text: Content,
    /// Its id.
    pub id: Option<String>,
    /// Extra classes.
    pub classes: String,
}

impl InsetText {
    /// A block with a line at its left.
    #[must_use]
    pub fn new(text: impl Into<Content>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// A message about something that is not on this page, such as the act just done.
#[derive(Clone, Debug, Template)]
#[template(path = "components/notification_banner.html")]
pub struct NotificationBanner {
    /// The heading of the banner.
    pub title: Content,
    /// The message; text is shown large, markup as it is.
    pub body: Content,
    /// Whether it tells of success.
    pub success: bool,
    /// `alert` for what was just done, `region` for the rest.
    pub role: String,
    /// The id of the heading.
    pub title_id: String,
    /// The level of the heading.
    pub level: u8,
    /// Extra classes.
    pub classes: String,
}

impl NotificationBanner {
    /// Something to know.
    #[must_use]
    pub fn new(body: impl Into<Content>) -> Self {
        Self {
            title: t!("Important").into(),
            body: body.into(),
            success: false,
            role: "region".into(),
            title_id: "govuk-notification-banner-title".into(),
            level: 2,
            classes: String::new(),
        }
    }

    /// Something was done.
    #[must_use]
    pub fn success(body: impl Into<Content>) -> Self {
        Self { title: t!("Success").into(), success: true, role: "alert".into(), ..Self::new(body) }
    }
}

/// The confirmation at the end of a journey.
#[derive(Clone, Debug, Template)]
#[template(path = "components/panel.html")]
pub struct Panel {
    /// What happened.
    pub title: Content,
    /// The reference.
    pub body: Content,
    /// The level of its heading.
    pub level: u8,
    /// Extra classes.
    pub classes: String,
}

impl Panel {
    /// A confirmation as the page's heading.
    #[must_use]
    pub fn new(title: impl Into<Content>, body: impl Into<Content>) -> Self {
        Self { title: title.into(), body: body.into(), level: 1, classes: String::new() }
    }

    /// A hard stop before something that must not happen by accident; the body holds the ways on.
    #[must_use]
    pub fn interruption(title: impl Into<Content>, body: impl Into<Content>) -> Self {
        Self { classes: "govuk-panel--interruption".into(), ..Self::new(title, body) }
    }

    fn stops(&self) -> bool {
        self.classes.contains("govuk-panel--interruption")
    }
}

/// Help that only some need. Never facts that a reader must not miss.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/details.html")]
pub struct Details {
    /// What it is about.
    pub summary: Content,
    /// The help.
    pub body: Content,
    /// Whether it is open at first.
    pub open: bool,
    /// Its id.
    pub id: Option<String>,
    /// Extra classes.
    pub classes: String,
}

impl Details {
    /// A closed block.
    #[must_use]
    pub fn new(summary: impl Into<Content>, body: impl Into<Content>) -> Self {
        Self { summary: summary.into(), body: body.into(), ..Self::default() }
    }
}

/// One number and when to call it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmergencyNumber {
    /// When, as the start of a sentence: "If a child is in danger now, call".
    pub when: String,
    /// The number as people write it: "999", "01632 960100".
    pub number: String,
    /// Hours or a remark, such as "Monday to Friday, 9am to 5pm"; may be empty.
    pub note: String,
}

impl EmergencyNumber {
    /// A number with its occasion.
    #[must_use]
    pub fn new(when: &str, number: &str, note: &str) -> Self {
        Self { when: when.into(), number: number.into(), note: note.into() }
    }

    /// The number as a telephone wants it: digits and a leading plus.
    #[must_use]
    pub fn dial(&self) -> String {
        self.number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }
}

/// The hard stop of the front door: what to do when it cannot wait.
#[derive(Clone, Debug, Template)]
#[template(path = "components/emergency_card.html")]
pub struct EmergencyCard {
    /// Its heading.
    pub title: Content,
    /// A sentence or markup.
    pub body: Content,
    /// The numbers.
    pub numbers: Vec<EmergencyNumber>,
    /// The id of the heading.
    pub id: String,
    /// The level of the heading.
    pub level: u8,
}

impl EmergencyCard {
    /// A card with numbers to call.
    #[must_use]
    pub fn new(
        title: impl Into<Content>,
        body: impl Into<Content>,
        numbers: Vec<EmergencyNumber>,
    ) -> Self {
        Self {
            title: title.into(),
            body: body.into(),
            numbers,
            id: "emergency-title".into(),
            level: 2,
        }
    }
}

html_safe!(
    ErrorSummary,
    Tag,
    WarningText,
    InsetText,
    NotificationBanner,
    Panel,
    Details,
    EmergencyCard
);
