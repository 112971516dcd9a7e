//! How plain a text is: the Flesch-Kincaid grade (Kincaid and others, 1975), that is 0.39 times the
//! words a sentence plus 11.8 times the syllables a word less 15.59. Words that guidance cannot do without are counted as two
//! syllables, because each is explained where it is read.

use std::collections::BTreeSet;

use tessera_core::guidance::{Block, Inline};

/// The words that guidance cannot do without, in small letters; some are of several words.
#[derive(Debug, Clone, Default)]
pub struct Terms(BTreeSet<Vec<String>>);

impl Terms {
    /// These terms.
    #[must_use]
    pub fn new<'t>(terms: impl IntoIterator<Item = &'t str>) -> Self {
        Self(terms.into_iter().map(|term| words_of(term).collect()).collect())
    }

    /// How many words a term that begins these words has; 0 if none does.
    fn begins(&self, words: &[String]) -> usize {
        let fits = self.0.iter().filter(|term| words.starts_with(term));
        fits.map(Vec::len).max().unwrap_or(0)
    }
}

/// What is counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    sentences: usize,
    words: usize,
    syllables: usize,
}

/// The grade of a page's running text: paragraphs, lists and boxes, without headings and tables. A
/// text without words has grade 0.
#[must_use]
pub fn of_blocks(blocks: &[Block], terms: &Terms) -> f64 {
    let mut count = Count::default();
    count_blocks(blocks, terms, &mut count);
    grade(count)
}

/// The grade of a text.
#[must_use]
pub fn of_text(text: &str, terms: &Terms) -> f64 {
    let mut count = Count::default();
    count_text(text, terms, &mut count);
    grade(count)
}

#[allow(clippy::cast_precision_loss, reason = "counts of one page")]
fn grade(count: Count) -> f64 {
    if count.words == 0 {
        return 0.0;
    }
    let words = count.words as f64;
    0.39 * words / count.sentences.max(1) as f64 + 11.8 * count.syllables as f64 / words - 15.59
}

fn count_blocks(blocks: &[Block], terms: &Terms, count: &mut Count) {
    for block in blocks {
        match block {
            Block::Heading { .. } | Block::Table { .. } => {}
            Block::Paragraph(parts) | Block::Plain(parts) => count_line(parts, terms, count),
            Block::List { items, .. } => {
                for item in items {
                    count_blocks(item, terms, count);
                }
            }
            Block::Law { inside, .. }
            | Block::Now(inside)
            | Block::Example(inside)
            | Block::Quote(inside) => count_blocks(inside, terms, count),
        }
    }
}

fn count_line(parts: &[Inline], terms: &Terms, count: &mut Count) {
    count_text(&tessera_core::guidance::words(parts), terms, count);
}

fn count_text(text: &str, terms: &Terms, count: &mut Count) {
    for sentence in sentences(text) {
        let words: Vec<String> = words_of(sentence).collect();
        if words.is_empty() {
            continue;
        }
        count.sentences += 1;
        let mut at = 0;
        while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
            let (long, syllables) = match terms.begins(rest) {
                0 => (1, rest.first().map_or(1, |word| syllables(word))),
                long => (long, 2),
            };
            at += long;
            count.words += 1;
            count.syllables += syllables;
        }
    }
}

/// Sentences end at a full stop, exclamation or question mark with a space or nothing after it.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let ends = text.char_indices().filter_map(|(at, c)| {
        let after = text.get(at + c.len_utf8()..).unwrap_or_default();
        let end = after.chars().next().is_none_or(|c| c.is_whitespace() || "\"'”’)".contains(c));
        (".!?".contains(c) && end).then_some(at + c.len_utf8())
    });
    let mut ends: Vec<usize> = ends.collect();
    ends.push(text.len());
    ends.into_iter().filter_map(move |end| {
        let sentence = text.get(start..end);
        start = end;
        sentence
    })
}

/// The words of a text, in small letters.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’'))
        .map(|word| word.trim_matches(['\'', '’']).to_lowercase())
        .filter(|word| !word.is_empty())
}

/// Groups of vowels, less one for a final silent e (not `le`), at least one.
fn syllables(word: &str) -> usize {
    let vowel = |c: char| "aeiouy".contains(c);
    let mut groups = 0;
    let mut before = false;
    for c in word.chars() {
        if vowel(c) && !before {
            groups += 1;
        }
        before = vowel(c);
    }
    let end: Vec<char> = word.chars().rev().take(3).collect();
    let silent = match end.as_slice() {
        ['e', second, ..] => !vowel(*second) && *second != 'l',
        _ => false,
    };
    (groups - usize::from(silent && groups > 1)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_groups_of_vowels_without_a_silent_end() {
        for (word, count) in
            [("cat", 1), ("make", 1), ("table", 2), ("exploitation", 4), ("the", 1), ("101", 1)]
        {
            assert_eq!(syllables(word), count, "{word}");
        }
    }

    #[test]
    fn the_grade_is_that_of_the_formula() {
        // 3 words, 1 sentence, 3 syllables.
        let grade = of_text("The cat sat.", &Terms::default());
        assert!((grade - (0.39 * 3.0 + 11.8 - 15.59)).abs() < 1e-9, "{grade}");
    }

    #[test]
    fn a_term_counts_as_one_word_of_two_syllables() {
        let terms = Terms::new(["child exploitation"]);
        let grade = of_text("Tell us of child exploitation.", &terms);
        let expected = 0.39 * 4.0 + 11.8 * 5.0 / 4.0 - 15.59;
        assert!((grade - expected).abs() < 1e-9, "{grade} {expected}");
    }

    #[test]
    fn headings_and_tables_do_not_count() {
        let text = |t: &str| vec![Inline::Text(t.into())];
        let blocks = [
            Block::Heading { level: 2, id: "x".into(), inside: text("Incomprehensibilities") },
            Block::Paragraph(text("The cat sat.")),
            Block::Table { head: vec![text("Incomprehensibilities")], rows: vec![] },
        ];
        let plain = of_text("The cat sat.", &Terms::default());
        assert!((of_blocks(&blocks, &Terms::default()) - plain).abs() < 1e-9);
    }
}
