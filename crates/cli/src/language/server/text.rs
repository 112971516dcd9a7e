//! A text that an editor has open, with positions as editors count them.

use std::ops::Range;

use serde_json::{Value, json};

/// In what the characters of a line are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

impl Encoding {
    /// The best that both sides know: bytes, then code points, else UTF-16 as the protocol has it.
    pub(super) fn agreed(offered: &Value) -> Self {
        let offers = |name: &str| {
            offered.as_array().is_some_and(|names| names.iter().any(|offered| offered == name))
        };
        if offers("utf-8") {
            Self::Utf8
        } else if offers("utf-32") {
            Self::Utf32
        } else {
            Self::Utf16
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    fn width(self, char: char) -> usize {
        match self {
            Self::Utf8 => char.len_utf8(),
            Self::Utf16 => char.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// A text and where its lines begin.
pub(super) struct Text {
    written: String,
    starts: Vec<usize>,
    encoding: Encoding,
}

impl Text {
    pub(super) fn new(text: &str, encoding: Encoding) -> Self {
        Self { written: text.to_owned(), starts: starts(text), encoding }
    }

    pub(super) fn text(&self) -> &str {
        &self.written
    }

    /// Applies one change: a range and its new text, or a whole new text.
    pub(super) fn change(&mut self, change: &Value) -> Option<()> {
        let new = change.get("text")?.as_str()?;
        match change.get("range") {
            Some(range) => {
                let range = self.range(range)?;
                self.written.replace_range(range, new);
            }
            None => new.clone_into(&mut self.written),
        }
        self.starts = starts(&self.written);
        Some(())
    }

    /// Bytes of a range; a position past the end of a line or of the text means that end.
    pub(super) fn range(&self, range: &Value) -> Option<Range<usize>> {
        let (start, end) = (self.offset(range.get("start")?)?, self.offset(range.get("end")?)?);
        Some(start.min(end)..end.max(start))
    }

    /// Byte of a position.
    pub(super) fn offset(&self, position: &Value) -> Option<usize> {
        let count = |name: &str| usize::try_from(position.get(name)?.as_u64()?).ok();
        let (line, character) = (count("line")?, count("character")?);
        let Some(start) = self.starts.get(line).copied() else { return Some(self.written.len()) };
        let rest = self.written.get(start..)?;
        let mut counted = 0;
        for (at, char) in rest.char_indices() {
            // A position inside a character means the character's start.
            if matches!(char, '\n' | '\r') || counted + self.encoding.width(char) > character {
                return Some(start + at);
            }
            counted += self.encoding.width(char);
        }
        Some(self.written.len())
    }

    /// Range of a stretch of bytes, as the protocol writes it.
    pub(super) fn span(&self, bytes: &Range<usize>) -> Value {
        json!({ "start": self.position(bytes.start), "end": self.position(bytes.end) })
    }

    fn position(&self, byte: usize) -> Value {
        let line = self.starts.partition_point(|start| *start <= byte).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let before = self.written.get(start..byte).unwrap_or("");
        let character: usize = before.chars().map(|char| self.encoding.width(char)).sum();
        json!({ "line": line, "character": character })
    }
}

/// Where lines begin: after `\n`, `\r\n` and `\r`.
fn starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = |at: &usize| match bytes.get(*at) {
        Some(b'\n') => true,
        Some(b'\r') => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    std::iter::once(0).chain((0..bytes.len()).filter(ends).map(|at| at + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &Text, line: usize, character: usize) -> usize {
        text.offset(&json!({"line": line, "character": character})).unwrap()
    }

    #[test]
    fn positions_are_counted_in_the_agreed_units_there_and_back() {
        let text = "a\r\né🟠 x";
        let byte = text.find('x').unwrap();
        for (encoding, character) in
            [(Encoding::Utf8, 7), (Encoding::Utf16, 4), (Encoding::Utf32, 3)]
        {
            let text = Text::new(text, encoding);
            assert_eq!(at(&text, 1, character), byte);
            let span = text.span(&(byte..byte + 1));
            assert_eq!(span["start"], json!({"line": 1, "character": character}));
        }
    }

    #[test]
    fn positions_past_an_end_mean_that_end_and_those_inside_a_character_its_start() {
        let text = Text::new("ab\r\n🟠", Encoding::Utf16);
        assert_eq!(at(&text, 0, 99), 2);
        assert_eq!(at(&text, 9, 0), text.text().len());
        assert_eq!(at(&text, 1, 1), 4);
    }

    #[test]
    fn changes_are_applied_in_order() {
        let mut text = Text::new("She is fine.\nDone.", Encoding::Utf16);
        let range =
            json!({"start": {"line": 0, "character": 7}, "end": {"line": 0, "character": 11}});
        text.change(&json!({"range": range, "text": "wise\nand kind"})).unwrap();
        assert_eq!(text.text(), "She is wise\nand kind.\nDone.");
        let range =
            json!({"start": {"line": 2, "character": 0}, "end": {"line": 2, "character": 4}});
        text.change(&json!({"range": range, "text": ""})).unwrap();
        assert_eq!(text.text(), "She is wise\nand kind.\n.");
        text.change(&json!({"text": "new"})).unwrap();
        assert_eq!(text.text(), "new");
    }

    #[test]
    fn the_best_encoding_that_both_know_is_agreed() {
        assert_eq!(Encoding::agreed(&json!(["utf-16", "utf-8"])), Encoding::Utf8);
        assert_eq!(Encoding::agreed(&json!(["utf-32"])), Encoding::Utf32);
        assert_eq!(Encoding::agreed(&Value::Null), Encoding::Utf16);
    }
}
