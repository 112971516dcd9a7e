//! A check that takes a text piece by piece.

use crate::check::{Checker, Scratch};
use crate::finding::Outcome;
use crate::text::paragraph;
use crate::text::position::Place;

/// A check in progress; see [`Checker::stream`].
pub struct Stream<'a> {
    pub(super) checker: &'a Checker,
    /// What may still be the beginning of a longer paragraph.
    pub(super) rest: String,
    pub(super) place: Place,
    pub(super) scratch: Scratch,
}

impl Stream<'_> {
    /// Takes the next piece of the text and hands over what is found in finished paragraphs.
    pub fn push(&mut self, piece: &str, mut take: impl FnMut(Outcome)) {
        let mut text = std::mem::take(&mut self.rest);
        text.push_str(piece);
        let mut rest = text.as_str();
        loop {
            let len = paragraph::first_len(rest);
            if len == rest.len() && !paragraph::is_full(rest) {
                break;
            }
            rest = self.one(rest, len, &mut take);
        }
        rest.clone_into(&mut self.rest);
    }

    /// Ends the text and hands over what is found in its last paragraph.
    pub fn finish(mut self, mut take: impl FnMut(Outcome)) {
        let rest = std::mem::take(&mut self.rest);
        self.whole(&rest, &mut take);
    }

    pub(super) fn whole(&mut self, text: &str, take: &mut impl FnMut(Outcome)) {
        let mut rest = text;
        while !rest.is_empty() {
            rest = self.one(rest, paragraph::first_len(rest), take);
        }
    }

    fn one<'t>(&mut self, text: &'t str, len: usize, take: &mut impl FnMut(Outcome)) -> &'t str {
        let (paragraph, tail) = text.split_at(len);
        self.checker.paragraph(paragraph, self.place, &mut self.scratch, take);
        self.place = self.place.after(paragraph);
        tail
    }
}
