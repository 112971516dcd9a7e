//! Personal names as comparable words.
//!
//! Folding follows Unicode's compatibility decomposition (UAX #15, form NFKD) with the marks taken
//! off, so `Zoë` and `Zoe` compare equal. Apostrophes join (`O'Brien` is one word) and hyphens
//! divide (`Lane-Ward` is two, because either half is often used alone).

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// What a word of a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordKind {
    /// A name proper.
    Name,
    /// A single letter that stands for a name.
    Initial,
    /// A joining word such as *de*, *van* or *bin*, often left out when a name is repeated.
    Particle,
}

/// One word of a name, folded to lower case without marks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word {
    /// The folded letters.
    pub text: String,
    /// What the word is.
    pub kind: WordKind,
}

const PARTICLES: [&str; 26] = [
    "al", "el", "ul", "ud", "bin", "ibn", "bint", "ben", "de", "da", "do", "dos", "das", "del",
    "della", "di", "du", "la", "le", "van", "von", "der", "den", "ter", "ap", "ferch",
];

const TITLES: [&str; 14] = [
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "master", "sir", "revd", "rev", "cllr", "pc",
    "sgt",
];

/// Lower-cases, decomposes and strips marks; letters with no decomposition get their usual
/// Latin spelling.
///
/// ```
/// assert_eq!(tessera_linkage::normalise::name::fold("Wójcik-Łoś"), "wojcik-los");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    let letters = text.nfkd().filter(|c| !is_combining_mark(*c));
    for letter in letters.flat_map(char::to_lowercase) {
        match letter {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'ħ' => folded.push('h'),
            'ŋ' => folded.push_str("ng"),
            other if is_combining_mark(other) => {}
            other => folded.push(other),
        }
    }
    folded
}

/// The words of a name, in the order written. A title in front is left out when more follows;
/// `Mc` and `Mac` written apart are joined to the word after them, and so is the `O` of an Irish
/// surname when it is not the first word.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let pieces = split(&fold(text));
    let mut words: Vec<Word> = Vec::with_capacity(pieces.len());
    let mut held = String::new();
    let last = pieces.len().saturating_sub(1);
    for (position, piece) in pieces.into_iter().enumerate() {
        let title = words.is_empty() && position < last && TITLES.contains(&piece.as_str());
        if title {
            continue;
        }
        let joins = matches!(piece.as_str(), "mc" | "mac") || (piece == "o" && !words.is_empty());
        if joins && position < last {
            held.push_str(&piece);
            continue;
        }
        held.push_str(&piece);
        let text = std::mem::take(&mut held);
        words.push(Word { kind: kind_of(&text), text });
    }
    if words.iter().all(|word| word.kind == WordKind::Particle) {
        for word in &mut words {
            word.kind = WordKind::Name;
        }
    }
    words
}

/// The folded words joined by one space: a key for "the same name as written".
#[must_use]
pub fn joined(text: &str) -> String {
    let mut joined = String::new();
    for word in words(text) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(&word.text);
    }
    joined
}

fn split(folded: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for letter in folded.chars() {
        if letter.is_alphabetic() {
            piece.push(letter);
        } else if !is_apostrophe(letter) && !piece.is_empty() {
            pieces.push(std::mem::take(&mut piece));
        }
    }
    if !piece.is_empty() {
        pieces.push(piece);
    }
    pieces
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' | '′')
}

fn kind_of(word: &str) -> WordKind {
    if word.chars().count() == 1 {
        WordKind::Initial
    } else if PARTICLES.contains(&word) {
        WordKind::Particle
    } else {
        WordKind::Name
    }
}
