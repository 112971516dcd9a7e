//! Cuts a paragraph into words and marks, with what lies between them.
//!
//! Words are compared without case, in composed form (NFC), with a typewriter apostrophe for any
//! apostrophe, and without soft hyphens and zero-width characters. Positions are those of the
//! text as it came.

use unicode_normalization::UnicodeNormalization;

use super::vocabulary::{UNKNOWN, Vocabulary, WordHash, WordId};

/// What lies before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Nothing: the token touches the one before it.
    None,
    /// White space without a line break, a no-break space, or both.
    Space,
    /// White space with one line break.
    Line,
    /// A hyphen of any kind, with white space on one side at most.
    Hyphen,
    /// A dash between spaces, or several line breaks: words do not join over it.
    Break,
    /// A line break and a dash that opens a list item: words do not join over it.
    Item,
}

impl Gap {
    /// Whether a term may run over this gap.
    #[inline]
    pub(crate) fn joins(self) -> bool {
        !matches!(self, Self::Break | Self::Item)
    }
}

/// Marks outside ASCII, and those that are told apart by more than their character.
pub(crate) mod mark {
    /// ‘
    pub(crate) const SINGLE_OPEN: u8 = 1;
    /// ’ where it is no apostrophe
    pub(crate) const SINGLE_CLOSE: u8 = 2;
    /// “ or «
    pub(crate) const DOUBLE_OPEN: u8 = 3;
    /// ” or »
    pub(crate) const DOUBLE_CLOSE: u8 = 4;
    /// A bullet.
    pub(crate) const BULLET: u8 = 5;
    /// Any other mark.
    pub(crate) const OTHER: u8 = 6;
}

/// A word, a number or a mark of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// First byte in the paragraph.
    pub(crate) start: u32,
    /// Byte after the last one.
    pub(crate) end: u32,
    /// The word; for a mark, [`UNKNOWN`].
    pub(crate) word: WordId,
    /// The word without a possessive `'s`, or [`UNKNOWN`] when it has none.
    pub(crate) owner: WordId,
    /// What lies before it.
    pub(crate) gap: Gap,
    /// `0` for a word, else an ASCII mark or one of [`mark`].
    pub(crate) mark: u8,
}

impl Token {
    #[inline]
    pub(crate) fn is_word(&self) -> bool {
        self.mark == 0
    }

    pub(crate) fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Letters and digits of ASCII in lower case; `0` for anything else.
#[expect(clippy::indexing_slicing, reason = "checked when it is compiled")]
const LOWER: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        if byte.is_ascii_alphanumeric() {
            table[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// Cuts `text` (at most 4 GiB) into `out`, which is cleared first.
pub(crate) fn tokenise(text: &str, words: &Vocabulary, out: &mut Vec<Token>) {
    out.clear();
    let bytes = text.as_bytes();
    let mut gap = GapState::default();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {
                at = word(text, at, words, gap.take(), out);
            }
            b' ' | b'\t' | 0x0b | 0x0c => {
                let next = bytes.get(at + 1).copied().unwrap_or(0);
                if gap.fresh && next.is_ascii_alphanumeric() {
                    at = word(text, at + 1, words, Gap::Space, out);
                } else {
                    gap.space();
                    at += 1;
                }
            }
            b'\n' | b'\r' => {
                gap.line();
                at += if byte == b'\r' && bytes.get(at + 1) == Some(&b'\n') { 2 } else { 1 };
            }
            b'-' => {
                gap.hyphen();
                at += 1;
            }
            0..=0x7f => {
                push_mark(at..at + 1, byte, words, gap.take(), out);
                at += 1;
            }
            _ => at = wide(text, at, words, &mut gap, out),
        }
    }
}

/// Handles a character outside ASCII that begins no ASCII word.
fn wide(
    text: &str,
    at: usize,
    words: &Vocabulary,
    gap: &mut GapState,
    out: &mut Vec<Token>,
) -> usize {
    let Some(char) = text.get(at..).and_then(|rest| rest.chars().next()) else {
        return at + 1;
    };
    let next = at + char.len_utf8();
    if is_ignored(char) {
        return next;
    }
    if is_hyphen(char) {
        gap.hyphen();
        return next;
    }
    if char == '\u{2028}' || char == '\u{2029}' || char == '\u{85}' {
        gap.line();
        return next;
    }
    if char.is_whitespace() {
        gap.space();
        return next;
    }
    if char.is_alphanumeric() {
        return word(text, at, words, gap.take(), out);
    }
    let mark = match char {
        '\u{2018}' | '\u{201a}' => mark::SINGLE_OPEN,
        '\u{2019}' => mark::SINGLE_CLOSE,
        '\u{201c}' | '\u{201e}' | '\u{ab}' => mark::DOUBLE_OPEN,
        '\u{201d}' | '\u{bb}' => mark::DOUBLE_CLOSE,
        '\u{2026}' => b'.',
        '\u{2022}' | '\u{25cf}' | '\u{25aa}' | '\u{2023}' => mark::BULLET,
        _ => mark::OTHER,
    };
    push_mark(at..next, mark, words, gap.take(), out);
    next
}

#[expect(clippy::cast_possible_truncation, reason = "paragraphs are kept far under 4 GiB")]
fn push_mark(
    range: std::ops::Range<usize>,
    mark: u8,
    words: &Vocabulary,
    gap: Gap,
    out: &mut Vec<Token>,
) {
    let known = match mark {
        mark::SINGLE_OPEN | mark::SINGLE_CLOSE => b'\'',
        mark::DOUBLE_OPEN | mark::DOUBLE_CLOSE => b'"',
        other => other,
    };
    let word = words.get(WordHash::new().push(known));
    let (start, end) = (range.start as u32, range.end as u32);
    out.push(Token { start, end, word, owner: UNKNOWN, gap, mark });
}

/// Reads a word that starts at `at`; returns where it ends.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "paragraphs are kept far under 4 GiB")]
fn word(text: &str, at: usize, words: &Vocabulary, gap: Gap, out: &mut Vec<Token>) -> usize {
    let bytes = text.as_bytes();
    let mut hash = WordHash::new();
    let mut end = at;
    let mut stop = 0;
    while let Some(&byte) = bytes.get(end) {
        let lower = LOWER.get(usize::from(byte)).copied().unwrap_or(0);
        if lower == 0 {
            stop = byte;
            break;
        }
        hash = hash.push(lower);
        end += 1;
    }
    let inside = stop == b'\'' && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
    if stop >= 0x80 || inside || end == at {
        return mixed_word(text, at, words, gap, out);
    }
    let word = words.get(hash);
    out.push(Token { start: at as u32, end: end as u32, word, owner: UNKNOWN, gap, mark: 0 });
    end
}

/// Reads a word that holds an apostrophe or a character outside ASCII.
#[expect(clippy::cast_possible_truncation, reason = "paragraphs are kept far under 4 GiB")]
fn mixed_word(text: &str, at: usize, words: &Vocabulary, gap: Gap, out: &mut Vec<Token>) -> usize {
    let rest = text.get(at..).unwrap_or("");
    let mut plain = String::new();
    let mut end = at;
    let mut chars = rest.char_indices().peekable();
    while let Some((offset, char)) = chars.next() {
        let next = at + offset + char.len_utf8();
        if is_ignored(char) {
            continue;
        }
        if is_apostrophe(char) {
            let inside = chars.clone().map(|(_, char)| char).find(|char| !is_ignored(*char));
            if !inside.is_some_and(char::is_alphanumeric) {
                break;
            }
            plain.push('\'');
        } else if char.is_alphanumeric() || is_combining(char) {
            plain.extend(char.to_lowercase());
        } else {
            break;
        }
        end = next;
    }
    if !plain.is_ascii() {
        plain = plain.nfc().collect();
    }
    let word = words.get(WordHash::of(&plain));
    let owner = plain.strip_suffix("'s").map_or(UNKNOWN, |root| words.get(WordHash::of(root)));
    out.push(Token { start: at as u32, end: end as u32, word, owner, gap, mark: 0 });
    end.max(at + rest.chars().next().map_or(1, char::len_utf8))
}

/// Soft hyphens, zero-width characters and direction marks, which a reader does not see.
pub(crate) fn is_ignored(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}')
}

fn is_hyphen(char: char) -> bool {
    matches!(char, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

pub(crate) fn is_apostrophe(char: char) -> bool {
    matches!(char, '\'' | '\u{2019}' | '\u{2bc}' | '\u{ff07}')
}

fn is_combining(char: char) -> bool {
    unicode_normalization::char::is_combining_mark(char)
}

struct GapState {
    /// Nothing was seen since the last token.
    fresh: bool,
    space: bool,
    space_after: bool,
    lines: u8,
    hyphens: u8,
}

impl Default for GapState {
    fn default() -> Self {
        Self { fresh: true, space: false, space_after: false, lines: 0, hyphens: 0 }
    }
}

impl GapState {
    fn space(&mut self) {
        self.fresh = false;
        if self.hyphens > 0 {
            self.space_after = true;
        } else {
            self.space = true;
        }
    }

    fn line(&mut self) {
        self.lines = self.lines.saturating_add(1);
        self.space();
    }

    fn hyphen(&mut self) {
        self.fresh = false;
        self.hyphens = self.hyphens.saturating_add(1);
    }

    #[inline]
    fn take(&mut self) -> Gap {
        if self.fresh {
            return Gap::None;
        }
        let state = std::mem::take(self);
        match state {
            GapState { hyphens: 1.., lines: 1.., space: true, .. } => Gap::Item,
            GapState { lines: 2.., .. }
            | GapState { hyphens: 2.., .. }
            | GapState { hyphens: 1, space: true, space_after: true, .. } => Gap::Break,
            GapState { hyphens: 1, .. } => Gap::Hyphen,
            GapState { lines: 1, .. } => Gap::Line,
            GapState { space: true, .. } => Gap::Space,
            _ => Gap::None,
        }
    }
}
