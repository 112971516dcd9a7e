//! Terms of the lexicon in a paragraph, before contexts are asked: forms, slips of the pen and
//! patterns, with their overlaps settled.

use std::ops::Range;

use crate::check::plain::Plain;
use crate::check::{Checker, SLIP_WINDOW, Value};
use crate::text::token::Token;
use crate::text::vocabulary::UNKNOWN;
use crate::trie::Hit;

/// A term of the lexicon in a paragraph, before contexts are asked.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) entry: u16,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) bytes: Range<usize>,
    /// Written with a slip of the pen.
    pub(super) slip: bool,
    /// Phrase that makes it another term.
    pub(super) exception: Option<Range<usize>>,
}

impl Checker {
    /// Adds forms in which one word is misspelt.
    pub(super) fn slips(&self, text: &str, tokens: &[Token], hits: &mut Vec<Hit>) {
        if self.spelling.is_empty() {
            return;
        }
        let unknown = |token: &Token| token.word == UNKNOWN && token.is_word();
        for (at, token) in tokens.iter().enumerate().filter(|(_, token)| unknown(token)) {
            for meant in self.spelling.near(text, token, &self.words) {
                let from = at.saturating_sub(SLIP_WINDOW);
                let to = tokens.len().min(at + SLIP_WINDOW);
                let mut window = tokens.get(from..to).unwrap_or_default().to_vec();
                if let Some(token) = window.get_mut(at - from) {
                    token.word = meant;
                }
                let mut found = Vec::new();
                self.terms.find(&window, &mut found);
                for mut hit in found {
                    let holds = (hit.first as usize..=hit.last as usize).contains(&(at - from));
                    if holds && let Ok(from) = u32::try_from(from) {
                        hit.first += from;
                        hit.last += from;
                        hits.push(hit);
                    }
                }
            }
        }
    }

    /// Forms and patterns found, overlaps settled: the longest wins, then the earliest.
    pub(super) fn candidates(
        &self,
        text: &str,
        tokens: &[Token],
        hits: &[Hit],
        exact: usize,
    ) -> Vec<Candidate> {
        let mut found = Vec::new();
        let mut exceptions: Vec<(u16, Range<usize>)> = Vec::new();
        let mut triggered = self.untriggered.clone();
        for (nth, hit) in hits.iter().enumerate() {
            let Some(bytes) = hit_bytes(text, tokens, hit) else { continue };
            match self.values.get(hit.value as usize) {
                Some(Value::Form { entry, cased }) if self.case_fits(text, tokens, hit, *cased) => {
                    let slip = nth >= exact;
                    found.push(Candidate { slip, ..candidate(*entry, hit, bytes) });
                }
                Some(Value::Exception { entry }) => exceptions.push((*entry, bytes)),
                Some(Value::Trigger { entry }) => triggered.push(*entry),
                Some(Value::Form { .. }) | None => {}
            }
        }
        triggered.sort_unstable();
        triggered.dedup();
        let mut plain = None;
        for (entry, pattern) in self.patterns.iter().filter(|(entry, _)| triggered.contains(entry))
        {
            if let Some(regex) = pattern.regex() {
                let plain = plain.get_or_insert_with(|| Plain::new(text, tokens));
                plain.candidates(tokens, *entry, regex, &mut found);
            }
        }
        for candidate in &mut found {
            candidate.exception = exceptions
                .iter()
                .find(|(entry, bytes)| {
                    *entry == candidate.entry && overlap(bytes, &candidate.bytes)
                })
                .map(|(_, bytes)| bytes.clone());
        }
        settle(text, found)
    }

    fn case_fits(&self, text: &str, tokens: &[Token], hit: &Hit, cased: Option<u32>) -> bool {
        let Some(words) = cased.and_then(|at| self.cased.get(at as usize)) else { return true };
        let written = tokens
            .get(hit.first as usize..=hit.last as usize)
            .unwrap_or_default()
            .iter()
            .filter(|token| token.is_word())
            .filter_map(|token| text.get(token.range()));
        words.iter().zip(written).all(|(form, written)| {
            !form.contains(char::is_uppercase)
                || form.chars().eq(written
                    .chars()
                    .filter(|char| !crate::text::token::is_ignored(*char))
                    .map(|char| if crate::text::token::is_apostrophe(char) { '\'' } else { char })
                    .take(form.chars().count()))
        })
    }
}

fn candidate(entry: u16, hit: &Hit, bytes: Range<usize>) -> Candidate {
    let (first, last) = (hit.first as usize, hit.last as usize);
    Candidate { entry, first, last, bytes, slip: false, exception: None }
}

/// Bytes of a hit; without the possessive `'s` of its last word when that is no part of it.
fn hit_bytes(text: &str, tokens: &[Token], hit: &Hit) -> Option<Range<usize>> {
    let start = tokens.get(hit.first as usize)?.start as usize;
    let last = tokens.get(hit.last as usize)?;
    let end = last.end as usize;
    if !hit.owner {
        return Some(start..end);
    }
    let written = text.get(last.range())?;
    let apostrophe = written.rfind(crate::text::token::is_apostrophe)?;
    Some(start..last.start as usize + apostrophe)
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Keeps the longest of overlapping candidates; an excepted one yields to any other.
fn settle(text: &str, mut found: Vec<Candidate>) -> Vec<Candidate> {
    // Already apart and in order, as nearly always.
    let apart = |pair: &[Candidate]| match pair {
        [one, other] => one.bytes.end <= other.bytes.start,
        _ => true,
    };
    if found.windows(2).all(apart) {
        return found;
    }
    let length = |candidate: &Candidate| {
        text.get(candidate.bytes.clone()).map_or(0, |words| words.chars().count())
    };
    found.sort_by_cached_key(|candidate| {
        let length = std::cmp::Reverse(length(candidate));
        (candidate.exception.is_some(), length, candidate.bytes.start, candidate.entry)
    });
    let mut kept: Vec<Candidate> = Vec::with_capacity(found.len());
    for candidate in found {
        if kept.iter().all(|other| !overlap(&other.bytes, &candidate.bytes)) {
            kept.push(candidate);
        }
    }
    kept.sort_by_key(|candidate| candidate.bytes.start);
    kept
}
