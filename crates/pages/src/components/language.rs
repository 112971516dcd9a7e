//! Words to think about: a text with its passages marked, and what each mark says.

use std::ops::Range;
use tessera_core::t;

use askama::Template;

use super::{Content, Tag};
use crate::html_safe;

/// Whether a stretch of a text is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is not.
    None,
    /// It is, without a note.
    Plain,
    /// It is, and leads to the note of this number.
    Note(usize),
}

/// A stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The words as written.
    pub text: String,
    /// Whether it is marked.
    pub mark: Mark,
}

/// A text as written, its marked passages numbered and linked to their notes.
#[derive(Clone, Debug, Default, Template)]
#[template(
    source = r##"<div class="tessera-marked">{% for part in parts %}{% match part.mark %}{% when Mark::Note with (note) %}<a class="tessera-marked__words" href="#{{ prefix }}-{{ note }}"><mark>{{ part.text }}</mark><span class="govuk-visually-hidden">, {{ t!("note") }} </span><sup class="tessera-marked__number">{{ note }}</sup></a>{% when Mark::Plain %}<mark>{{ part.text }}</mark>{% when Mark::None %}{{ part.text }}{% endmatch %}{% endfor %}</div>"##,
    ext = "html"
)]
pub struct MarkedText {
    /// What the ids of the notes begin with.
    pub prefix: String,
    /// The text in its stretches.
    pub parts: Vec<Stretch>,
}

impl MarkedText {
    /// Marks the byte ranges `marks` of `text`, in order, numbered from `first`. A range that does
    /// not fit the text is left out.
    #[must_use]
    pub fn new(
        prefix: &str,
        text: &str,
        first: usize,
        marks: impl IntoIterator<Item = Range<usize>>,
    ) -> Self {
        let numbered = marks.into_iter().enumerate().map(|(n, at)| (at, Mark::Note(first + n)));
        Self { prefix: prefix.to_owned(), parts: stretches(text, numbered) }
    }

    /// Marks the byte ranges `marks` of `text` without notes.
    #[must_use]
    pub fn plain(text: &str, marks: impl IntoIterator<Item = Range<usize>>) -> Self {
        let marks = marks.into_iter().map(|at| (at, Mark::Plain));
        Self { prefix: String::new(), parts: stretches(text, marks) }
    }
}

fn stretches(text: &str, marks: impl Iterator<Item = (Range<usize>, Mark)>) -> Vec<Stretch> {
    let mut parts = Vec::new();
    let mut at = 0;
    let mut add = |text: &str, mark: Mark| {
        if !text.is_empty() {
            parts.push(Stretch { text: text.to_owned(), mark });
        }
    };
    for (range, mark) in marks {
        let (Some(before), Some(words)) = (text.get(at..range.start), text.get(range.clone()))
        else {
            continue;
        };
        add(before, Mark::None);
        add(words, mark);
        at = range.end;
    }
    add(text.get(at..).unwrap_or_default(), Mark::None);
    parts
}

/// Words that can stand in the place of marked ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instead {
    /// The words.
    pub text: String,
    /// What its button sends; without one it is only named.
    pub accept: Option<String>,
}

/// What one mark says.
#[derive(Clone, Debug, Default)]
pub struct WordNote {
    /// Its number in the text.
    pub number: usize,
    /// The marked words.
    pub words: String,
    /// How strong the advice is.
    pub tag: Tag,
    /// Why the words were raised.
    pub raised: String,
    /// Why they harm.
    pub why: String,
    /// What to write instead.
    pub instead: Vec<Instead>,
    /// What the button sends that marks them as someone's own words.
    pub own: Option<String>,
    /// Title and address of each source.
    pub sources: Vec<(String, String)>,
}

/// The notes on a text. Their buttons belong to the form around them and send `accept`.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/word_notes.html")]
pub struct WordNotes {
    /// What their ids begin with.
    pub prefix: String,
    /// The notes, in the order of the text.
    pub notes: Vec<WordNote>,
}

/// A text and its notes side by side; one below the other on a phone.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<div class="tessera-beside"><div class="tessera-beside__text">{{ text }}</div><div>{{ notes }}</div></div>"#,
    ext = "html"
)]
pub struct WordsBeside {
    /// The text.
    pub text: MarkedText,
    /// The notes.
    pub notes: WordNotes,
}

/// What is read on a screen and never printed.
#[derive(Clone, Debug, Template)]
#[template(source = r#"<div class="tessera-screen-only">{{ body }}</div>"#, ext = "html")]
pub struct ScreenOnly {
    /// The part.
    pub body: Content,
}

html_safe!(MarkedText, WordNotes, WordsBeside, ScreenOnly);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_where_they_belong_and_the_text_stays_whole() {
        let text = "He was bold <b>, she “left”.";
        let marks = [7..11, 23..31];
        let marked = MarkedText::new("note", text, 1, marks);
        let whole: String = marked.parts.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(whole, text);
        let html = marked.to_string();
        assert!(html.contains("href=\"#note-1\"><mark>bold</mark>"), "{html}");
        assert!(!html.contains("<b>"), "{html}");
    }

    #[test]
    fn a_range_inside_a_character_is_left_out() {
        let marked = MarkedText::new("note", "“a”", 1, [1..4, 3..4]);
        assert_eq!(marked.parts.len(), 3);
        assert_eq!(marked.parts[1].mark, Mark::Note(2));
    }
}
