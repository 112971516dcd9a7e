//! Slips of the pen: a word of a term with one letter wrong, missing, doubled or swapped.
//!
//! Only words that are in no list of ours are looked at, only long ones, and only those that
//! begin with the right letter. English words that lie one letter from a word of a term are known
//! by `real-words.txt` and never taken for a slip.

use std::collections::BTreeSet;

use crate::text::token::Token;
use crate::text::vocabulary::{UNKNOWN, Vocabulary, WordHash, WordId};

/// Shortest word of a term that may be misspelt.
const SHORTEST: usize = 7;
/// Longest word that is looked at.
const LONGEST: usize = 20;

/// Words of terms, by their hash with any one letter left out.
#[derive(Default)]
pub(crate) struct Spelling {
    slots: Vec<(u64, WordId)>,
    words: Vec<(u64, WordId)>,
}

impl Spelling {
    pub(crate) fn new(of_terms: &BTreeSet<WordId>, words: &Vocabulary) -> Self {
        let mut all = Vec::new();
        for id in of_terms {
            let word = words.word(*id).as_bytes();
            if !(SHORTEST..=LONGEST).contains(&word.len())
                || !word.iter().all(u8::is_ascii_lowercase)
            {
                continue;
            }
            all.push((hash_without(word, usize::MAX), *id));
            all.extend((0..word.len()).map(|skip| (hash_without(word, skip), *id)));
        }
        all.sort_unstable();
        all.dedup();
        let size = (all.len() * 3).next_power_of_two().max(4);
        let mut slots = vec![(0, UNKNOWN); size];
        for (hash, id) in &all {
            let mut at = slot(*hash, size);
            while let Some(free) = slots.get_mut(at) {
                if free.1 == UNKNOWN {
                    *free = (*hash, *id);
                    break;
                }
                at = (at + 1) & (size - 1);
            }
        }
        Self { slots, words: all }
    }

    /// Words of terms of which the token may be a misspelling. Most tokens give none.
    pub(crate) fn near(&self, text: &str, token: &Token, words: &Vocabulary) -> Vec<WordId> {
        let len = (token.end - token.start) as usize;
        if token.word != UNKNOWN || !token.is_word() || !(SHORTEST - 1..=LONGEST).contains(&len) {
            return Vec::new();
        }
        let Some(written) = text.get(token.range()).filter(|word| word.is_ascii()) else {
            return Vec::new();
        };
        let mut lower = [0_u8; LONGEST];
        let Some(word) = lower.get_mut(..len) else { return Vec::new() };
        word.copy_from_slice(written.as_bytes());
        word.make_ascii_lowercase();
        let word: &[u8] = word;
        if !word.iter().all(u8::is_ascii_lowercase) {
            return Vec::new();
        }
        let mut near = Vec::new();
        self.lookup(hash_without(word, usize::MAX), &mut near);
        for skip in 0..len {
            self.lookup(hash_without(word, skip), &mut near);
        }
        near.sort_unstable();
        near.dedup();
        near.retain(|id| is_slip(word, words.word(*id).as_bytes()));
        near
    }

    fn lookup(&self, hash: u64, near: &mut Vec<WordId>) {
        let size = self.slots.len();
        let mut at = slot(hash, size);
        while let Some(&(known, id)) = self.slots.get(at) {
            if id == UNKNOWN {
                return;
            }
            if known == hash {
                near.push(id);
            }
            at = (at + 1) & size.wrapping_sub(1);
        }
    }

    /// Whether no word may be misspelt.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

fn slot(hash: u64, size: usize) -> usize {
    usize::try_from((hash ^ (hash >> 29)) & 0xffff_ffff).unwrap_or(0) & size.wrapping_sub(1)
}

fn hash_without(word: &[u8], skip: usize) -> u64 {
    let kept = word.iter().enumerate().filter(|(at, _)| *at != skip);
    kept.fold(WordHash::new(), |hash, (_, byte)| hash.push(*byte)).value()
}

/// Whether `typed` is `meant` with one letter wrong, missing, added, or two neighbours swapped;
/// the first letter must be right.
fn is_slip(typed: &[u8], meant: &[u8]) -> bool {
    if typed == meant || typed.first() != meant.first() {
        return false;
    }
    let same = typed.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let rest = |word: &[u8], from: usize| word.get(from..).unwrap_or_default().to_vec();
    let (a, b) = (rest(typed, same), rest(meant, same));
    let after = |word: &[u8], skip: usize| word.get(skip..).map(<[u8]>::to_vec);
    after(&a, 1) == after(&b, 1) && !a.is_empty()
        || after(&a, 1).is_some_and(|a| a == b)
        || after(&b, 1).is_some_and(|b| a == b)
        || (a.len() == b.len()
            && a.len() >= 2
            && a.first() == b.get(1)
            && a.get(1) == b.first()
            && after(&a, 2) == after(&b, 2))
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn one_slip_is_seen_and_two_are_not() {
        let slip = |typed: &str, meant: &str| is_slip(typed.as_bytes(), meant.as_bytes());
        assert!(slip("abscoded", "absconded") && slip("seaking", "seeking"));
        assert!(slip("promiscuuous", "promiscuous") && slip("rfeused", "refused"));
        assert!(!slip("abscoed", "absconded") && !slip("reeking", "seeking"));
        assert!(!slip("seeking", "seeking"));
    }
}
