//! A paragraph laid out for the recognisers: tokens, classes, sentences and quotations.

use std::ops::Range;

use crate::cues::{Class, ClassSet, Cues, List};
use crate::text::token::{Gap, Token};
use crate::text::vocabulary::{UNKNOWN, WordId};
use crate::text::{quotes, sentence};
use crate::trie::Hit;

/// A paragraph with all that recognisers ask about it.
pub(crate) struct Scene<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    room: Room,
}

/// Room that scenes use one after another.
#[derive(Default)]
pub(crate) struct Room {
    classes: Vec<ClassSet>,
    /// All classes of the paragraph together.
    all: ClassSet,
    /// For the last token of a phrase, its first one; else the token itself.
    phrase_starts: Vec<u32>,
    sentences: Vec<u32>,
    quoted: Vec<(u32, u32)>,
}

/// Ages from ten on, in words.
const AGE_NAMES: [&str; 8] =
    ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"];

/// A short text of ASCII in lower case, kept without an allocation.
pub(crate) struct Lower {
    bytes: [u8; 24],
    len: usize,
}

impl Lower {
    pub(crate) fn new(text: &str) -> Self {
        let mut bytes = [0; 24];
        let fits = bytes.get_mut(..text.len()).filter(|_| text.is_ascii());
        let len = fits.map_or(0, |fits| {
            fits.copy_from_slice(text.as_bytes());
            fits.make_ascii_lowercase();
            text.len()
        });
        Self { bytes, len }
    }

    pub(crate) fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..self.len).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

/// Where a term stands.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// First token of the term.
    pub(crate) first: usize,
    /// Last token of the term.
    pub(crate) last: usize,
    /// Tokens of the sentence around it.
    pub(crate) sentence: Range<usize>,
}

impl<'a> Scene<'a> {
    pub(crate) fn new(
        text: &'a str,
        tokens: &'a [Token],
        cues: &Cues,
        hits: &mut Vec<Hit>,
        mut room: Room,
    ) -> Self {
        room.classes.clear();
        room.classes.extend(tokens.iter().map(|token| {
            let mut set = cues.of_word(token.word);
            if token.owner != UNKNOWN {
                set.add(cues.of_word(token.owner));
            }
            set
        }));
        room.phrase_starts.clear();
        room.phrase_starts.extend((0..).take(tokens.len()));
        hits.clear();
        cues.phrases().find(tokens, hits);
        for hit in hits.iter() {
            if let Some(set) = room.classes.get_mut(hit.last as usize) {
                set.add(cues.of_phrase(hit.value));
            }
            if let Some(start) = room.phrase_starts.get_mut(hit.last as usize) {
                *start = (*start).min(hit.first);
            }
        }
        room.all = ClassSet::default();
        for set in &room.classes {
            room.all.add(*set);
        }
        sentence::starts(text, tokens, &mut room.sentences);
        quotes::quoted(text, tokens, &mut room.quoted);
        Self { text, tokens, room }
    }

    /// Gives the room back.
    pub(crate) fn into_room(self) -> Room {
        self.room
    }

    /// The site of a term, with its sentence.
    pub(crate) fn site(&self, first: usize, last: usize) -> Site {
        Site { first, last, sentence: self.sentence_of(first) }
    }

    /// The sentence that holds a token.
    pub(crate) fn sentence_of(&self, at: usize) -> Range<usize> {
        let nth = self.room.sentences.partition_point(|start| *start as usize <= at);
        let start = nth.checked_sub(1).and_then(|before| self.room.sentences.get(before));
        let end = self.room.sentences.get(nth).map_or(self.tokens.len(), |end| *end as usize);
        start.map_or(0, |start| *start as usize)..end
    }

    /// The sentence before the one that begins at `start`.
    pub(crate) fn sentence_before(&self, start: usize) -> Option<Range<usize>> {
        start.checked_sub(1).map(|last| self.sentence_of(last))
    }

    pub(crate) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    pub(crate) fn classes(&self, at: usize) -> ClassSet {
        self.room.classes.get(at).copied().unwrap_or_default()
    }

    pub(crate) fn has(&self, at: usize, class: Class) -> bool {
        self.classes(at).has(class)
    }

    /// Whether any token of the paragraph has one of `classes`.
    pub(crate) fn holds(&self, classes: &[Class]) -> bool {
        self.room.all.any(classes)
    }

    /// First token of the phrase whose last token is `at`.
    pub(crate) fn phrase_start(&self, at: usize) -> usize {
        self.room.phrase_starts.get(at).map_or(at, |start| *start as usize)
    }

    pub(crate) fn mark(&self, at: usize) -> u8 {
        self.token(at).map_or(0, |token| token.mark)
    }

    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.token(at).is_some_and(Token::is_word)
    }

    pub(crate) fn gap(&self, at: usize) -> Gap {
        self.token(at).map_or(Gap::Break, |token| token.gap)
    }

    /// A token as it is written.
    pub(crate) fn written(&self, at: usize) -> &'a str {
        self.token(at).and_then(|token| self.text.get(token.range())).unwrap_or("")
    }

    /// A token in lower case; empty when it is too long or too foreign to be a cue.
    pub(crate) fn lower(&self, at: usize) -> Lower {
        Lower::new(self.written(at))
    }

    /// Tokens as they are written, with what lies between them.
    pub(crate) fn written_range(&self, first: usize, last: usize) -> &'a str {
        let start = self.token(first).map_or(0, |token| token.start as usize);
        let end = self.token(last).map_or(start, |token| token.end as usize);
        self.text.get(start..end).unwrap_or("")
    }

    /// The quotation around a token.
    pub(crate) fn quotation_of(&self, at: usize) -> Option<(usize, usize)> {
        self.room
            .quoted
            .iter()
            .map(|(first, last)| (*first as usize, *last as usize))
            .find(|(first, last)| (*first..=*last).contains(&at))
    }

    pub(crate) fn is_capitalised(&self, at: usize) -> bool {
        self.is_word(at) && self.written(at).starts_with(char::is_uppercase)
    }

    /// The first cue of `class` in `range`, outside the term, as it is written.
    pub(crate) fn cue_in(&self, range: Range<usize>, site: &Site, class: Class) -> Option<&'a str> {
        range
            .filter(|at| !(site.first..=site.last).contains(at))
            .find(|at| self.has(*at, class))
            .map(|at| self.written_range(self.phrase_start(at), at))
    }

    /// The first word or phrase of `list` that lies in `range` and outside the term.
    pub(crate) fn list_in(&self, range: Range<usize>, site: &Site, list: &List) -> Option<&'a str> {
        let end = range.end;
        self.list_from(range, end, site, list)
    }

    /// The same, for cues that begin in `range` and end before `end`.
    pub(crate) fn list_from(
        &self,
        range: Range<usize>,
        end: usize,
        site: &Site,
        list: &List,
    ) -> Option<&'a str> {
        let outside = |at: usize| !(site.first..=site.last).contains(&at);
        for at in range {
            let Some(token) = self.token(at).filter(|_| outside(at)) else { continue };
            if list.has_word(token.word) || (token.owner != UNKNOWN && list.has_word(token.owner)) {
                return Some(self.written(at));
            }
            if let Some(last) = self.phrase_at(at, end, list)
                && outside(last)
            {
                return Some(self.written_range(at, last));
            }
        }
        None
    }

    /// Whether one of the term's own words is in `list`.
    pub(crate) fn term_holds(&self, site: &Site, list: &List) -> bool {
        let known = |at: usize| self.token(at).is_some_and(|token| list.has_word(token.word));
        (site.first..=site.last).any(known)
    }

    fn phrase_at(&self, at: usize, end: usize, list: &List) -> Option<usize> {
        let word = self.token(at).map_or(UNKNOWN, |token| token.word);
        list.phrases_from(word).iter().find_map(|phrase| {
            let ends = at + phrase.len().checked_sub(1)?;
            (ends < end && self.matches(at, phrase)).then_some(ends)
        })
    }

    fn matches(&self, at: usize, phrase: &[WordId]) -> bool {
        phrase.iter().enumerate().all(|(nth, word)| {
            *word != UNKNOWN && self.token(at + nth).is_some_and(|token| token.word == *word)
        })
    }

    /// An age in years that a token states by itself: `14`, `14yo`, `15F`, `fourteen`.
    pub(crate) fn number(&self, at: usize) -> Option<u32> {
        let written = self.written(at);
        let digits: &str = written.split(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
        if (1..=3).contains(&digits.len()) {
            return digits.parse().ok();
        }
        if !self.has(at, Class::TeenNumber) {
            return None;
        }
        let lower = written.to_lowercase();
        (10..).zip(AGE_NAMES).find(|(_, name)| *name == lower).map(|(age, _)| age)
    }
}
