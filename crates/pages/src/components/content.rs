//! What a component shows: text, which is escaped, or markup, which another component made.

use std::fmt::{self, Display, Formatter, Write as _};

use askama::FastWritable;
use askama::filters::{Escaper as _, Html, HtmlSafe};

/// HTML made by a component or a template of ours, never by joining strings of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// Renders something that promises to be safe HTML.
    #[must_use]
    pub fn of(part: &impl HtmlSafe) -> Self {
        Self(part.to_string())
    }

    /// Puts parts one after another, with a space between them.
    #[must_use]
    pub fn join<P: HtmlSafe>(parts: impl IntoIterator<Item = P>) -> Self {
        let mut html = String::new();
        for part in parts {
            if !html.is_empty() {
                html.push(' ');
            }
            // Writing into a String cannot fail.
            let _ = write!(html, "{part}");
        }
        Self(html)
    }

    /// HTML that a component wrote piece by piece, every text in it escaped.
    pub(crate) const fn trusted(html: String) -> Self {
        Self(html)
    }

    /// The HTML.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl Display for Markup {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FastWritable for Markup {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(dest.write_str(&self.0)?)
    }
}

impl HtmlSafe for Markup {}

/// Text or markup. Text is escaped when shown, so any value of a person may be given as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Plain words; `<` is shown as `<`.
    Text(String),
    /// The output of components.
    Html(Markup),
}

impl Content {
    /// Several lines of text, line breaks kept.
    #[must_use]
    pub fn lines(text: &str) -> Self {
        let mut html = String::new();
        for (n, line) in text.trim().lines().enumerate() {
            if n > 0 {
                html.push_str("<br>");
            }
            let _ = Html.write_escaped_str(&mut html, line);
        }
        Self::Html(Markup(html))
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Html(html) => html.is_empty(),
        }
    }

    /// Whether this is plain text.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self, Self::Text(_))
    }
}

impl Default for Content {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl Display for Content {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => Html.write_escaped_str(f, text),
            Self::Html(html) => f.write_str(&html.0),
        }
    }
}

impl FastWritable for Content {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        match self {
            Self::Text(text) => Ok(Html.write_escaped_str(dest, text)?),
            Self::Html(html) => Ok(dest.write_str(&html.0)?),
        }
    }
}

impl HtmlSafe for Content {}

impl From<&str> for Content {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Content {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Markup> for Content {
    fn from(html: Markup) -> Self {
        Self::Html(html)
    }
}

/// Extra HTML attributes of one element; values are escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes(Vec<(String, String)>);

impl Attributes {
    /// Adds `name="value"`. The name is ours, never typed by a person.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.push((name.to_owned(), value.into()));
        self
    }
}

impl Display for Attributes {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.0 {
            write!(f, " {name}=\"")?;
            Html.write_escaped_str(&mut *f, value)?;
            f.write_char('"')?;
        }
        Ok(())
    }
}

impl FastWritable for Attributes {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(write!(dest, "{self}")?)
    }
}

impl HtmlSafe for Attributes {}

/// Joins the ids an input is described by, leaving out what is absent.
pub(crate) fn described_by<'a>(ids: impl IntoIterator<Item = Option<&'a str>>) -> Option<String> {
    let ids: Vec<&str> = ids.into_iter().flatten().filter(|id| !id.is_empty()).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}
