//! Guidance as it is read: its text, its sources, what was found, two versions side by side.

use std::fmt::Write as _;

use askama::{
    Template,
    filters::{Escaper as _, Html},
};
use tessera_core::{
    guidance::{Block, Inline, SourceNote},
    messages::{self, SOURCE},
    t,
    time::day_in_words,
};

use super::{Content, Markup};
use crate::html_safe;

/// The text of a page of guidance. Whatever its writer typed is shown as words.
#[must_use]
pub fn guidance_text(blocks: &[Block], sources: &[SourceNote]) -> Markup {
    let mut html = String::new();
    write_blocks(&mut html, blocks, sources);
    Markup::trusted(html)
}

fn escape(html: &mut String, text: &str) {
    // Writing into a String cannot fail.
    let _ = Html.write_escaped_str(html, text);
}

fn write_blocks(html: &mut String, blocks: &[Block], sources: &[SourceNote]) {
    for block in blocks {
        match block {
            Block::Heading { level, id, inside } => {
                let size = if *level == 2 { 'm' } else { 's' };
                let _ = write!(html, "<h{level} class=\"govuk-heading-{size}\" id=\"{id}\">");
                write_line(html, inside, sources);
                let _ = write!(html, "</h{level}>");
            }
            Block::Paragraph(inside) => {
                html.push_str("<p class=\"govuk-body\">");
                write_line(html, inside, sources);
                html.push_str("</p>");
            }
            Block::Plain(inside) => write_line(html, inside, sources),
            Block::List { ordered, items } => {
                let (tag, kind) = if *ordered { ("ol", "number") } else { ("ul", "bullet") };
                let _ = write!(html, "<{tag} class=\"govuk-list govuk-list--{kind}\">");
                for item in items {
                    html.push_str("<li>");
                    write_blocks(html, item, sources);
                    html.push_str("</li>");
                }
                let _ = write!(html, "</{tag}>");
            }
            Block::Table { head, rows } => write_table(html, head, rows, sources),
            Block::Law { source, inside } => {
                let note = sources.get(*source);
                let mut name = t!("The law");
                if let Some(note) = note {
                    let _ = write!(name, ": {}, {}", note.title, checked(note));
                }
                let to = Some(*source).filter(|_| note.is_some());
                write_box(html, "law", &name, to, inside, sources);
            }
            Block::Now(inside) => write_box(html, "now", &t!("Do this now"), None, inside, sources),
            Block::Example(inside) => {
                write_box(html, "example", &t!("An invented example"), None, inside, sources);
            }
            Block::Quote(inside) => {
                html.push_str("<blockquote class=\"govuk-inset-text\">");
                write_blocks(html, inside, sources);
                html.push_str("</blockquote>");
            }
        }
    }
}

fn write_box(
    html: &mut String,
    kind: &str,
    name: &str,
    source: Option<usize>,
    inside: &[Block],
    sources: &[SourceNote],
) {
    let _ = write!(
        html,
        "<div class=\"tessera-box tessera-box--{kind}\" role=\"note\"><p class=\"tessera-box__name\">"
    );
    match source {
        Some(n) => {
            let _ = write!(html, "<a class=\"govuk-link\" href=\"#source-{}\">", n + 1);
            escape(html, name);
            html.push_str("</a>");
        }
        None => escape(html, name),
    }
    html.push_str("</p>");
    write_blocks(html, inside, sources);
    html.push_str("</div>");
}

fn write_table(
    html: &mut String,
    head: &[Vec<Inline>],
    rows: &[Vec<Vec<Inline>>],
    sources: &[SourceNote],
) {
    // On a small screen every cell becomes a line of its own, named for its column.
    html.push_str(
        "<table class=\"govuk-table tessera-table--stack\"><thead class=\"govuk-table__head\">\
         <tr class=\"govuk-table__row\">",
    );
    for cell in head {
        html.push_str("<th scope=\"col\" class=\"govuk-table__header\">");
        write_line(html, cell, sources);
        html.push_str("</th>");
    }
    html.push_str("</tr></thead><tbody class=\"govuk-table__body\">");
    for row in rows {
        html.push_str("<tr class=\"govuk-table__row\">");
        for (n, cell) in row.iter().enumerate() {
            let name = head.get(n).map(|cell| tessera_core::guidance::words(cell));
            if n == 0 {
                html.push_str("<th scope=\"row\" class=\"govuk-table__header\">");
            } else {
                html.push_str("<td class=\"govuk-table__cell\"");
                if let Some(name) = name.filter(|name| !name.is_empty()) {
                    html.push_str(" data-label=\"");
                    escape(html, &name);
                    html.push('"');
                }
                html.push('>');
            }
            write_line(html, cell, sources);
            html.push_str(if n == 0 { "</th>" } else { "</td>" });
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table>");
}

fn write_line(html: &mut String, parts: &[Inline], sources: &[SourceNote]) {
    for part in parts {
        match part {
            Inline::Text(text) => escape(html, text),
            Inline::Strong(inside) => {
                html.push_str("<strong>");
                write_line(html, inside, sources);
                html.push_str("</strong>");
            }
            Inline::Emphasis(inside) => {
                html.push_str("<em>");
                write_line(html, inside, sources);
                html.push_str("</em>");
            }
            Inline::Link { href, inside } => {
                html.push_str("<a class=\"govuk-link\" href=\"");
                escape(html, href);
                html.push_str("\">");
                write_line(html, inside, sources);
                html.push_str("</a>");
            }
            Inline::Note(n) => {
                let title = sources.get(*n).map_or("", |source| source.title.as_str());
                let number = n + 1;
                let _ = write!(
                    html,
                    " <a class=\"govuk-link\" href=\"#source-{number}\">[{number}<span \
                     class=\"govuk-visually-hidden\">: "
                );
                escape(html, title);
                html.push_str("</span>]</a>");
            }
            Inline::Break => html.push_str("<br>"),
        }
    }
}

/// When a source was verified, in words.
fn checked(source: &SourceNote) -> String {
    source
        .verified
        .map_or_else(|| t!("not yet verified"), |day| t!("verified {day}", day = day_in_words(day)))
}

/// What a page rests on, numbered as its notes are.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<section aria-labelledby="sources"><h2 class="govuk-heading-m" id="sources">{{ t!("Sources") }}</h2><ol class="govuk-list govuk-list--number">{% for source in sources %}<li id="source-{{ loop.index }}">{% if source.url.is_empty() %}{{ source.title }}{% else %}<a class="govuk-link" href="{{ source.url }}" rel="noreferrer">{{ source.title }}</a>{% endif %}{% if !source.publisher.is_empty() %}, {{ source.publisher }}{% endif %}. <strong>{{ self.when(source) }}</strong>{% if let Some(note) = source.note %}. {{ note }}{% endif %}</li>{% endfor %}</ol></section>"#,
    ext = "html"
)]
pub struct Sources {
    sources: Vec<SourceNote>,
}

impl Sources {
    /// The sources of a page, in its order.
    #[must_use]
    pub fn new(sources: &[SourceNote]) -> Self {
        Self { sources: sources.to_vec() }
    }

    #[allow(clippy::unused_self, reason = "a template calls methods")]
    fn when(&self, source: &SourceNote) -> String {
        let text = checked(source);
        let mut letters = text.chars();
        letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }
}

/// The one box in which guidance is searched.
#[derive(Clone, Debug, Default, Template)]
#[template(
    source = r#"<form class="tessera-search" method="get" action="/guidance/search" role="search" aria-label="{{ label }}"><div class="govuk-form-group"><label class="govuk-label" for="q">{{ label }}</label><input class="govuk-input" id="q" name="q" type="search" maxlength="200"{% if !asked.is_empty() %} value="{{ asked }}"{% endif %}></div><button type="submit" class="govuk-button">{{ button }}</button></form>"#,
    ext = "html"
)]
pub struct SearchBox {
    /// What it searches.
    pub label: String,
    /// What was asked for.
    pub asked: String,
    /// The words on its button.
    pub button: String,
}

/// Text in pieces, some of them marked as what was asked for.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"{% for (found, text) in pieces %}{% if *found %}<mark>{{ text }}</mark>{% else %}{{ text }}{% endif %}{% endfor %}"#,
    ext = "html"
)]
pub struct Marked {
    /// Whether each piece is marked, and its text.
    pub pieces: Vec<(bool, String)>,
}

/// Two versions of a text, line by line.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<div class="tessera-compare">{% for (kind, text) in lines %}{% match *kind %}{% when -1 %}<del class="tessera-line"><span class="govuk-visually-hidden">Gone: </span>{{ text }}</del>{% when 1 %}<ins class="tessera-line"><span class="govuk-visually-hidden">New: </span>{{ text }}</ins>{% when _ %}<span class="tessera-line">{{ text }}</span>{% endmatch %}{% endfor %}</div>"#,
    ext = "html"
)]
pub struct Comparison {
    /// -1 for a line that is gone, 1 for a new one, 0 for one that stayed; and the line.
    pub lines: Vec<(i8, String)>,
}

/// Parts of a page in the language of the source, marked as such where the page is in another.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<div lang="{{ SOURCE }}">{% for part in parts %}{{ part }}{% endfor %}</div>"#,
    ext = "html"
)]
struct InSource {
    parts: Vec<Content>,
}

/// Makes parts that practitioners wrote in the language of the source, and marks them where the
/// page is in another language.
#[must_use]
pub fn in_source(make: impl FnOnce() -> Vec<Content>) -> Vec<Content> {
    let parts = messages::within(None, make);
    if messages::is_source() { parts } else { vec![InSource { parts }.into()] }
}

/// A part of a page that is not printed: ways on, forms.
#[derive(Clone, Debug, Template)]
#[template(source = r#"<div class="{{ classes }}">{{ body }}</div>"#, ext = "html")]
pub struct Part {
    /// Its class.
    pub classes: &'static str,
    /// What is in it.
    pub body: Content,
}

html_safe!(InSource, Sources, SearchBox, Marked, Comparison, Part);

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> SourceNote {
        SourceNote {
            id: "act".into(),
            title: "An <act>".into(),
            publisher: "Parliament".into(),
            url: "https://example.org/\"".into(),
            verified: None,
            note: None,
        }
    }

    #[test]
    fn whatever_was_typed_is_shown_as_words() {
        let text = |t: &str| vec![Inline::Text(t.into())];
        let blocks = [
            Block::Paragraph(text("<script>alert(1)</script>")),
            Block::Law { source: 0, inside: vec![Block::Paragraph(text("<b>so</b>"))] },
            Block::Paragraph(vec![Inline::Link { href: "/x\"><i>".into(), inside: text("<u>") }]),
            Block::Table {
                head: vec![text("a"), text("\"><s>")],
                rows: vec![vec![text("b"), text("c")]],
            },
        ];
        let html = guidance_text(&blocks, &[source()]).to_string();
        for tag in ["<script", "<b>", "<i>", "<u>", "<s>", "<act>"] {
            assert!(!html.contains(tag), "{tag}: {html}");
        }
    }

    #[test]
    fn a_statement_of_law_says_that_nobody_has_verified_it() {
        let blocks = [Block::Law { source: 0, inside: vec![] }];
        let html = guidance_text(&blocks, &[source()]).to_string();
        assert!(html.contains("not yet verified") && html.contains("href=\"#source-1\""), "{html}");
        let list = Sources::new(&[source()]).to_string();
        assert!(list.contains("id=\"source-1\"") && list.contains("Not yet verified"), "{list}");
    }
}
