//! A page as a list of components, and the plain parts that stand between them: headings,
//! paragraphs, lists, forms, columns.

use askama::Template;
use tessera_core::t;

use crate::{
    components::{Attributes, Content, ErrorSummary, Markup},
    html_safe,
    layout::Layout,
};

/// A page: what is shared, a heading, and its parts in order.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "page.html")]
pub struct Page {
    /// What every page shares; its title is also the heading unless `heading` is set.
    pub layout: Layout,
    /// A line above the heading: the record or the step this page belongs to.
    pub caption: String,
    /// The heading, where it differs from the title; `Some("")` for a page whose only question is
    /// its heading.
    pub heading: Option<String>,
    /// What stands above everything: an identity bar, breadcrumbs.
    pub above: Option<Markup>,
    /// What is wrong with what was typed.
    pub errors: Option<ErrorSummary>,
    /// The parts.
    pub parts: Vec<Markup>,
}

/// What only the style sheet and script of work know: text areas whose words are noted, notes and
/// marks on words, networks, and the form that is kept while somebody types.
const WORK: [&str; 9] = [
    "data-words",
    "tessera-note",
    "tessera-marked",
    "tessera-typed",
    "tessera-beside",
    "tessera-network",
    "tessera-map",
    "tessera-moving",
    "id=\"autosave\"",
];

impl Page {
    /// A page with a layout.
    #[must_use]
    pub fn new(layout: Layout) -> Self {
        Self { layout, ..Self::default() }
    }

    /// Whether something on the page needs the style sheet and script of work.
    fn is_work(&self) -> bool {
        self.parts
            .iter()
            .chain(&self.above)
            .any(|part| WORK.iter().any(|mark| part.as_str().contains(mark)))
    }

    /// Whether a script draws a network on the page.
    fn has_moving_picture(&self) -> bool {
        self.parts.iter().any(|part| part.as_str().contains("data-picture="))
    }

    /// Sets the line above the heading.
    #[must_use]
    pub fn caption(mut self, text: impl Into<String>) -> Self {
        self.caption = text.into();
        self
    }

    /// Sets the heading apart from the title.
    #[must_use]
    pub fn heading(mut self, text: impl Into<String>) -> Self {
        self.heading = Some(text.into());
        self
    }

    /// Sets what stands above everything.
    #[must_use]
    pub fn above(mut self, part: impl Into<Content>) -> Self {
        self.above = Some(markup(part.into()));
        self
    }

    /// Shows what is wrong, and marks the title.
    #[must_use]
    pub fn errors<'a>(mut self, errors: impl IntoIterator<Item = (&'a str, String)>) -> Self {
        let summary = ErrorSummary::new(errors);
        if !summary.errors.is_empty() {
            self.layout.error = true;
            self.errors = Some(summary);
        }
        self
    }

    /// Adds a part.
    #[must_use]
    pub fn part(mut self, part: impl Into<Content>) -> Self {
        self.parts.push(markup(part.into()));
        self
    }

    /// Adds a part, if there is one.
    #[must_use]
    pub fn part_if<P: Into<Content>>(self, part: Option<P>) -> Self {
        match part {
            Some(part) => self.part(part),
            None => self,
        }
    }

    /// Adds several parts.
    #[must_use]
    pub fn parts<P: Into<Content>>(mut self, parts: impl IntoIterator<Item = P>) -> Self {
        self.parts.extend(parts.into_iter().map(|part| markup(part.into())));
        self
    }

    fn shown_heading(&self) -> &str {
        self.heading.as_deref().unwrap_or(&self.layout.title)
    }
}

fn markup(content: Content) -> Markup {
    match content {
        Content::Html(html) => html,
        text @ Content::Text(_) => Markup::of(&Paragraph { body: text }),
    }
}

/// A paragraph.
#[derive(Clone, Debug, Template)]
#[template(source = r#"<p class="govuk-body">{{ body }}</p>"#, ext = "html")]
pub struct Paragraph {
    /// Its words.
    pub body: Content,
}

/// A paragraph of plain words, or of a link.
#[must_use]
pub fn p(body: impl Into<Content>) -> Paragraph {
    Paragraph { body: body.into() }
}

/// A heading below the page's own.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<h{{ level }} class="govuk-heading-{% if level == 2 %}m{% else %}s{% endif %}"{% if let Some(id) = id %} id="{{ id }}"{% endif %}>{{ text }}</h{{ level }}>"#,
    ext = "html"
)]
pub struct Heading {
    level: u8,
    id: Option<String>,
    text: String,
}

/// A heading of the second level.
#[must_use]
pub fn h2(text: impl Into<String>) -> Heading {
    Heading { level: 2, id: None, text: text.into() }
}

/// A heading of the second level that links can lead to.
#[must_use]
pub fn h2_at(id: &str, text: impl Into<String>) -> Heading {
    Heading { level: 2, id: Some(id.into()), text: text.into() }
}

/// A heading of the third level.
#[must_use]
pub fn h3(text: impl Into<String>) -> Heading {
    Heading { level: 3, id: None, text: text.into() }
}

/// A list with bullets.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<ul class="govuk-list govuk-list--bullet">{% for item in items %}<li>{{ item }}</li>{% endfor %}</ul>"#,
    ext = "html"
)]
pub struct Bullets {
    items: Vec<Content>,
}

/// A list with bullets.
#[must_use]
pub fn bullets<C: Into<Content>>(items: impl IntoIterator<Item = C>) -> Bullets {
    Bullets { items: items.into_iter().map(Into::into).collect() }
}

/// A form; posted with its anti-forgery token unless [`Form::by_get`] says otherwise.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<form method="{% if by_get %}get{% else %}post{% endif %}" action="{{ action }}"{% if with_file %} enctype="multipart/form-data"{% endif %} novalidate{% if !id.is_empty() %} id="{{ id }}"{% endif %}{{ attributes }}>{% if !by_get %}<input type="hidden" name="csrf" value="{{ csrf }}">{% endif %}{% for (name, value) in hidden %}<input type="hidden" name="{{ name }}" value="{{ value }}">{% endfor %}{% for part in parts %}{{ part }}{% endfor %}</form>"#,
    ext = "html"
)]
pub struct Form {
    action: String,
    csrf: String,
    id: String,
    attributes: Attributes,
    with_file: bool,
    by_get: bool,
    hidden: Vec<(String, String)>,
    parts: Vec<Markup>,
}

impl Form {
    /// A form sent to an address, with the token of the page's layout.
    #[must_use]
    pub fn new(action: impl Into<String>, layout: &Layout) -> Self {
        Self {
            action: action.into(),
            csrf: layout.csrf.clone(),
            id: String::new(),
            attributes: Attributes::default(),
            with_file: false,
            by_get: false,
            hidden: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// Sends files with it.
    #[must_use]
    pub const fn with_file(mut self) -> Self {
        self.with_file = true;
        self
    }

    /// An id, for a script that works with it.
    #[must_use]
    pub fn id(mut self, id: &str) -> Self {
        self.id = id.into();
        self
    }

    /// Words for a script that works with it.
    #[must_use]
    pub fn words(mut self, name: &str, words: impl Into<String>) -> Self {
        self.attributes = self.attributes.with(name, words);
        self
    }

    /// Sends it by GET, without a token: what is in it stands in the address, so nothing of a
    /// person may be.
    #[must_use]
    pub const fn by_get(mut self) -> Self {
        self.by_get = true;
        self
    }

    /// Something sent unseen.
    #[must_use]
    pub fn hidden(mut self, name: &str, value: impl Into<String>) -> Self {
        self.hidden.push((name.into(), value.into()));
        self
    }

    /// Adds a part.
    #[must_use]
    pub fn part(mut self, part: impl Into<Content>) -> Self {
        self.parts.push(markup(part.into()));
        self
    }

    /// Adds a part, if there is one.
    #[must_use]
    pub fn part_if<P: Into<Content>>(self, part: Option<P>) -> Self {
        match part {
            Some(part) => self.part(part),
            None => self,
        }
    }
}

/// Buttons side by side.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<div class="govuk-button-group">{% for part in parts %}{{ part }} {% endfor %}</div>"#,
    ext = "html"
)]
pub struct ButtonGroup {
    parts: Vec<Markup>,
}

/// Buttons, and links among them, side by side.
#[must_use]
pub fn buttons<P: Into<Content>>(parts: impl IntoIterator<Item = P>) -> ButtonGroup {
    ButtonGroup { parts: parts.into_iter().map(|part| markup(part.into())).collect() }
}

/// Someone's words as they said or wrote them.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<blockquote class="govuk-inset-text tessera-words">{{ words }}</blockquote>"#,
    ext = "html"
)]
pub struct Words {
    words: Content,
}

/// Someone's words, line breaks kept.
#[must_use]
pub fn words(text: &str) -> Words {
    Words { words: Content::lines(text) }
}

/// A part of the page with its own heading, folded on request; what a reader must not miss never
/// goes in one.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<section aria-labelledby="{{ id }}-heading" id="{{ id }}"><h2 class="govuk-heading-m" id="{{ id }}-heading">{{ title }}</h2>{% for part in parts %}{{ part }}{% endfor %}</section>"#,
    ext = "html"
)]
pub struct Section {
    id: String,
    title: String,
    parts: Vec<Markup>,
}

impl Section {
    /// A section that links can lead to.
    #[must_use]
    pub fn new(id: &str, title: impl Into<String>) -> Self {
        Self { id: id.into(), title: title.into(), parts: Vec::new() }
    }

    /// Adds a part.
    #[must_use]
    pub fn part(mut self, part: impl Into<Content>) -> Self {
        self.parts.push(markup(part.into()));
        self
    }

    /// Adds a part, if there is one.
    #[must_use]
    pub fn part_if<P: Into<Content>>(self, part: Option<P>) -> Self {
        match part {
            Some(part) => self.part(part),
            None => self,
        }
    }

    /// Adds several parts.
    #[must_use]
    pub fn parts<P: Into<Content>>(mut self, parts: impl IntoIterator<Item = P>) -> Self {
        self.parts.extend(parts.into_iter().map(|part| markup(part.into())));
        self
    }
}

html_safe!(Paragraph, Heading, Bullets, Form, ButtonGroup, Words, Section);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_typed_is_escaped_in_every_part() {
        let layout = Layout { csrf: "token".into(), ..Layout::new("<b>Title</b>") };
        let form = Form::new("/x", &layout).hidden("a", "\"><script>").part("<i>hello</i>");
        let page = Page::new(layout.clone())
            .part(form)
            .part(words("<u>line</u>\nnext"))
            .part(bullets(["<s>one</s>"]));
        let html = page.to_string();
        for tag in ["<b>Title", "<script>alert", "<i>hello", "<u>line", "<s>one", "\"><script>"] {
            assert!(!html.contains(tag), "{tag}");
        }
        assert!(html.contains(r#"name="csrf" value="token""#));
    }
}
