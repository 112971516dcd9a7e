//! Where something stands in a text, counted in the three units that readers of it need.

use std::ops::Range;

use serde::Serialize;

/// A stretch of the text as it was read; ends are exclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Span {
    /// In Unicode code points.
    pub chars: Range<usize>,
    /// In UTF-8 bytes.
    pub bytes: Range<usize>,
    /// In UTF-16 code units, as browsers and editors count.
    pub utf16: Range<usize>,
}

/// A place in the text, in all three units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) chars: usize,
    pub(crate) bytes: usize,
    pub(crate) utf16: usize,
}

impl Place {
    /// The place after `text`.
    pub(crate) fn after(self, text: &str) -> Self {
        let bytes = self.bytes + text.len();
        if text.is_ascii() {
            return Self { chars: self.chars + text.len(), bytes, utf16: self.utf16 + text.len() };
        }
        let chars = text.chars().count();
        // Only characters of four UTF-8 bytes take two UTF-16 units.
        let astral = text.bytes().filter(|byte| *byte >= 0xf0).count();
        Self { chars: self.chars + chars, bytes, utf16: self.utf16 + chars + astral }
    }

    pub(crate) fn to(self, end: Self) -> Span {
        Span {
            chars: self.chars..end.chars,
            bytes: self.bytes..end.bytes,
            utf16: self.utf16..end.utf16,
        }
    }
}

/// Walks along a paragraph and counts positions as it goes.
pub(crate) struct Cursor<'a> {
    pub(crate) text: &'a str,
    pub(crate) place: Place,
    pub(crate) at: usize,
}

impl Cursor<'_> {
    pub(crate) fn span(&mut self, bytes: &Range<usize>) -> Span {
        let start = self.go(bytes.start);
        let end = self.go(bytes.end);
        start.to(end)
    }

    fn go(&mut self, to: usize) -> Place {
        if let Some(step) = self.text.get(self.at..to) {
            self.place = self.place.after(step);
            self.at = to;
        }
        self.place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emoji_is_one_code_point_four_bytes_and_two_utf16_units() {
        let place = Place::default().after("é🟠a");
        assert_eq!(place, Place { chars: 3, bytes: 7, utf16: 4 });
    }
}
