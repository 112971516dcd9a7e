//! Finding guidance by words that may hold an error. An inverted index in memory: every word of
//! every page, where it stands, and how often. A word that was asked for is looked for as it is, by
//! its beginning, by its stem, and with one letter wrong, left out, added or swapped (two in long
//! words). What weighs most is the title, then headings and topics, then the summary, then the text;
//! a page that has all the words comes before one that has some.

use std::collections::{BTreeMap, HashMap};

/// Something that can be found.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The section or list it belongs to.
    pub place: String,
    /// Its title.
    pub title: String,
    /// Where it is read.
    pub href: String,
    /// What it is about.
    pub summary: String,
    /// Its headings.
    pub headings: String,
    /// Its text.
    pub body: String,
    /// Its topics.
    pub tags: String,
}

/// Something found.
#[derive(Debug, Clone)]
pub struct Hit<'i> {
    /// What.
    pub document: &'i Document,
    /// Its title, in pieces: whether each is one of the words asked for.
    pub title: Vec<(bool, String)>,
    /// A piece of its text around what was asked for, in the same way.
    pub excerpt: Vec<(bool, String)>,
}

/// Weights of the parts of a document: title, headings and topics, summary, text.
const PARTS: [f32; 4] = [8.0, 3.5, 3.0, 1.0];
/// How much of a text is shown around a word, in characters.
const EXCERPT: usize = 200;
/// Words of a question beyond these are not looked for.
const MOST_WORDS: usize = 12;

/// Words that say nothing of what a page is about.
const EMPTY_WORDS: [&str; 40] = [
    "a", "about", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from",
    "has", "have", "how", "i", "if", "in", "is", "it", "my", "not", "of", "on", "or", "our",
    "should", "that", "the", "they", "this", "to", "was", "we", "what", "when", "with", "you",
];

#[derive(Debug, Clone, Copy, Default)]
struct Place {
    document: u32,
    counts: [u16; 4],
}

/// The index of a set of documents.
#[derive(Debug, Default)]
pub struct Index {
    documents: Vec<Document>,
    words: Vec<Word>,
    by_word: HashMap<String, u32>,
}

#[derive(Debug, Default)]
struct Word {
    text: String,
    letters: Vec<char>,
    /// Where its stem ends, in bytes.
    stem: usize,
    /// Which letters it has, a bit each.
    has: u32,
    places: Vec<Place>,
}

impl Index {
    /// The index of these documents.
    #[must_use]
    pub fn of(documents: Vec<Document>) -> Self {
        let mut index = Self { documents, ..Self::default() };
        for n in 0..index.documents.len() {
            index.add(n);
        }
        index
    }

    fn add(&mut self, n: usize) {
        let Some(document) = self.documents.get(n) else { return };
        let mut counts: BTreeMap<String, [u16; 4]> = BTreeMap::new();
        let tags = format!("{} {}", document.headings, document.tags);
        let parts = [&document.title, &tags, &document.summary, &document.body];
        for (part, text) in parts.into_iter().enumerate() {
            for (_, word) in words(text) {
                if let Some(count) = counts.entry(word).or_default().get_mut(part) {
                    *count = count.saturating_add(1);
                }
            }
        }
        let document = u32::try_from(n).unwrap_or(u32::MAX);
        for (text, counts) in counts {
            let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
            let id = *self.by_word.entry(text.clone()).or_insert(next);
            if id == next {
                let letters: Vec<char> = text.chars().collect();
                let (stem, has) = (stem(&text).len(), letters_of(&letters));
                self.words.push(Word { text, letters, stem, has, places: Vec::new() });
            }
            if let Some(word) = self.words.get_mut(id as usize) {
                word.places.push(Place { document, counts });
            }
        }
    }

    /// How many different words there are.
    #[must_use]
    pub fn vocabulary(&self) -> usize {
        self.words.len()
    }

    /// The best of what fits, best first.
    #[must_use]
    pub fn search(&self, asked: &str, most: usize) -> Vec<Hit<'_>> {
        let mut asked: Vec<String> = words(asked).map(|(_, word)| word).collect();
        if asked.iter().any(|word| !EMPTY_WORDS.contains(&word.as_str())) {
            asked.retain(|word| !EMPTY_WORDS.contains(&word.as_str()));
        }
        asked.dedup();
        asked.truncate(MOST_WORDS);
        // Score and number of words found, by document.
        let mut scores = vec![(0.0_f32, 0_u32); self.documents.len()];
        let mut matched: Vec<&str> = Vec::new();
        for word in &asked {
            let mut best = vec![0.0_f32; self.documents.len()];
            for (word, weight) in self.like(word) {
                matched.push(&word.text);
                let weight = weight * self.rarity(word);
                for place in &word.places {
                    if let Some(held) = best.get_mut(place.document as usize) {
                        *held = held.max(weight * score(place));
                    }
                }
            }
            for (held, score) in scores.iter_mut().zip(best).filter(|(_, score)| *score > 0.0) {
                *held = (held.0 + score, held.1 + 1);
            }
        }
        let found = (0_u32..).zip(scores).filter(|(_, (_, found))| *found > 0);
        let mut ranked: Vec<(f32, u32)> = found
            .map(|(document, (score, found))| (score * share(found, asked.len()), document))
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.truncate(most);
        let hit = |(_, n): (f32, u32)| {
            let document = self.documents.get(n as usize)?;
            Some(Hit {
                document,
                title: marked(&document.title, &matched),
                excerpt: excerpt(document, &matched),
            })
        };
        ranked.into_iter().filter_map(hit).collect()
    }

    /// The words of the index that may be meant by a word, with how surely.
    fn like(&self, asked: &str) -> Vec<(&Word, f32)> {
        let letters: Vec<char> = asked.chars().collect();
        let (stem, has) = (stem(asked), letters_of(&letters));
        let may_err: u32 = match letters.len() {
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
        };
        let exact = self.by_word.contains_key(asked);
        let mut like = Vec::new();
        for word in &self.words {
            let weight = if word.text == asked {
                1.0
            } else if word.text.get(..word.stem) == Some(stem) {
                0.9
            } else if letters.len() >= 3 && word.text.starts_with(asked) {
                0.6
            } else {
                // A slip brings in one letter and takes away one at most: most words are told apart
                // by the letters they have.
                let (more, less) = ((word.has & !has).count_ones(), (has & !word.has).count_ones());
                if more > may_err || less > may_err {
                    continue;
                }
                match distance(&letters, &word.letters, may_err as usize) {
                    Some(1) => 0.5,
                    Some(2) => 0.3,
                    _ => continue,
                }
            };
            // Where the word itself is there, what only looks like it hardly counts.
            let weight = if exact && weight < 0.6 { weight * 0.2 } else { weight };
            like.push((word, weight));
        }
        like
    }

    #[allow(clippy::cast_precision_loss, reason = "counts of documents")]
    fn rarity(&self, word: &Word) -> f32 {
        (1.0 + self.documents.len() as f32 / (1.0 + word.places.len() as f32)).ln()
    }
}

fn score(place: &Place) -> f32 {
    let parts = PARTS.iter().zip(place.counts);
    parts.map(|(weight, count)| weight * f32::from(count) / (f32::from(count) + 1.2)).sum()
}

#[allow(clippy::cast_precision_loss, reason = "counts of words")]
fn share(found: u32, asked: usize) -> f32 {
    let share = found as f32 / asked.max(1) as f32;
    share * share
}

/// The words of a text in small letters, each with its place in bytes.
fn words(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, String)> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, _) = rest.find(|(_, c)| c.is_alphanumeric())?;
        let mut end = text.len();
        while let Some((at, c)) = rest.peek() {
            if !(c.is_alphanumeric() || *c == '\'' || *c == '’') {
                end = *at;
                break;
            }
            rest.next();
        }
        let found = text.get(start..end).unwrap_or_default().trim_end_matches(['\'', '’']);
        let word = found.to_lowercase().replace(['\'', '’'], "");
        Some((start..start + found.len(), word))
    })
}

/// A word without the endings that matter least.
fn stem(word: &str) -> &str {
    for ending in ["ings", "ing", "ies", "ed", "es", "s", "y", "e"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() >= 4
        {
            return stem;
        }
    }
    word
}

/// Which letters a word has, a bit each; letters beyond a to z share the last bits.
fn letters_of(letters: &[char]) -> u32 {
    letters.iter().fold(0, |has, letter| {
        let bit = u32::from(*letter);
        has | (1 << if letter.is_ascii_lowercase() { bit - u32::from('a') } else { 26 + bit % 6 })
    })
}

/// The number of letters wrong, left out, added or swapped with the next, if it is at most `most`
/// (optimal string alignment, Wagner and Fischer with swaps).
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if most == 0 || a.len().abs_diff(b.len()) > most || b.len() < 3 {
        return None;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
            let mut best = get(&last, j) + usize::from(x != y);
            best = best.min(get(&last, j + 1) + 1).min(get(&row, j) + 1);
            let swapped = i > 0 && j > 0 && b.get(j - 1) == Some(x) && a.get(i - 1) == Some(y);
            if swapped {
                best = best.min(get(&before_last, j - 1) + 1);
            }
            row.push(best);
        }
        if row.iter().min().is_some_and(|least| *least > most) {
            return None;
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|distance| (1..=most).contains(distance))
}

/// A text in pieces, the words that were found marked.
fn marked(text: &str, found: &[&str]) -> Vec<(bool, String)> {
    let mut pieces = Vec::new();
    let mut end = 0;
    for (at, word) in words(text) {
        if !found.contains(&word.as_str()) {
            continue;
        }
        if let Some(before) = text.get(end..at.start).filter(|before| !before.is_empty()) {
            pieces.push((false, before.to_owned()));
        }
        pieces.push((true, text.get(at.clone()).unwrap_or_default().to_owned()));
        end = at.end;
    }
    if let Some(rest) = text.get(end..).filter(|rest| !rest.is_empty()) {
        pieces.push((false, rest.to_owned()));
    }
    pieces
}

/// The summary, or the place in the text where the most of what was found stands together.
fn excerpt(document: &Document, found: &[&str]) -> Vec<(bool, String)> {
    let summary = marked(&document.summary, found);
    if summary.iter().any(|(marked, _)| *marked) {
        return summary;
    }
    let body = document.body.as_str();
    let at: Vec<usize> = words(body)
        .filter(|(_, word)| found.contains(&word.as_str()))
        .map(|(at, _)| at.start)
        .collect();
    if at.is_empty() {
        return summary;
    }
    let near = |from: &usize| at.iter().filter(|at| (*from..from + EXCERPT).contains(at)).count();
    let first = at.iter().copied().rev().max_by_key(near).unwrap_or(0);
    let begin = boundary(body, first.saturating_sub(EXCERPT / 4));
    let end = boundary(body, (begin + EXCERPT).min(body.len()));
    let mut pieces = marked(body.get(begin..end).unwrap_or_default().trim(), found);
    if begin > 0 {
        pieces.insert(0, (false, "… ".into()));
    }
    if end < body.len() {
        pieces.push((false, " …".into()));
    }
    pieces
}

/// The end of the word at or before a place.
fn boundary(text: &str, at: usize) -> usize {
    if at == 0 || at >= text.len() {
        return at.min(text.len());
    }
    let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.get(..at).and_then(|before| before.rfind(' ')).unwrap_or(at)
}
