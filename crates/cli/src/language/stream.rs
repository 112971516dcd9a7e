//! Plain text that is too large to hold: read and checked piece by piece.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use tessera_language::Checker;
use tessera_language::document::{Limits, read};

use super::Error;
use super::check::{Base, Checked};

/// From this many bytes on, a plain text is checked piece by piece.
pub(super) const FROM: u64 = 4 << 20;
/// A piece: large enough to be fast, small enough to hold.
const PIECE: usize = 1 << 20;

/// Whether `path` is a plain text that is checked piece by piece.
pub(super) fn is_large(path: &Path) -> bool {
    let plain = path.extension().is_some_and(|ending| {
        ["txt", "text", "md", "markdown"].iter().any(|known| ending.eq_ignore_ascii_case(known))
    });
    plain && path.metadata().is_ok_and(|meta| meta.len() >= FROM)
}

/// Checks a large plain text and hands over one piece after another.
pub(super) fn check(
    checker: &Checker,
    path: &Path,
    mut take: impl FnMut(Checked) -> Result<(), Error>,
) -> Result<(), Error> {
    let name = path.display().to_string();
    let io = |source| Error::Io { what: name.clone(), source };
    let mut file = File::open(path).map_err(io)?;
    let mut pieces = Pieces::default();
    let mut base = Base::default();
    while let Some(bytes) = pieces.next(&mut file).map_err(io)? {
        let limits = Limits { text: usize::MAX, ..Limits::default() };
        let document = read("txt", &bytes, &limits)
            .map_err(|error| Error::Content { what: name.clone(), problem: error.to_string() })?;
        let next = base.after(document.text());
        let mut report = checker.check(document.text());
        for finding in &mut report.findings {
            base.shift(&mut finding.span);
        }
        for passed in &mut report.suppressed {
            base.shift(&mut passed.span);
        }
        take(Checked { path: name.clone(), document, report, base })?;
        base = next;
    }
    Ok(())
}

/// Cuts what is read into pieces that end between paragraphs, or else between lines or words.
#[derive(Default)]
struct Pieces {
    held: Vec<u8>,
    ended: bool,
}

impl Pieces {
    fn next(&mut self, input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
        while !self.ended && self.held.len() < PIECE {
            let room = (PIECE - self.held.len()) as u64;
            self.ended = input.by_ref().take(room).read_to_end(&mut self.held)? == 0;
        }
        if self.held.is_empty() {
            return Ok(None);
        }
        let cut = if self.ended { self.held.len() } else { end(&self.held) };
        let rest = self.held.split_off(cut);
        Ok(Some(std::mem::replace(&mut self.held, rest)))
    }
}

/// Where a piece ends: behind the last blank line, line break or space, else before the last
/// character.
fn end(bytes: &[u8]) -> usize {
    let blank = || bytes.windows(2).rposition(|pair| pair == b"\n\n").map(|at| at + 2);
    let after = |wanted: u8| bytes.iter().rposition(|byte| *byte == wanted).map(|at| at + 1);
    let character = || bytes.iter().rposition(|byte| *byte < 0x80 || *byte >= 0xc0);
    let cut = blank().or_else(|| after(b'\n')).or_else(|| after(b' ')).or_else(character);
    cut.filter(|cut| *cut > 0).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_put_together_are_the_text_and_end_between_paragraphs() {
        let text = "One line of words, é and more.\nAnother.\n\n".repeat(60_000);
        let mut input = text.as_bytes();
        let mut pieces = Pieces::default();
        let mut all = Vec::new();
        while let Some(piece) = pieces.next(&mut input).unwrap() {
            assert!(piece.len() <= PIECE && piece.ends_with(b"\n\n"));
            all.extend(piece);
        }
        assert_eq!(all, text.as_bytes());
    }

    #[test]
    fn a_text_without_any_break_is_still_cut() {
        let text = "é".repeat(PIECE);
        let mut input = text.as_bytes();
        let mut pieces = Pieces::default();
        let mut all = String::new();
        while let Some(piece) = pieces.next(&mut input).unwrap() {
            all += std::str::from_utf8(&piece).unwrap();
        }
        assert_eq!(all, text);
    }
}
