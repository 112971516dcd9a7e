//! Slips of the pen: a word of a term with one letter wrong, missing, doubled or swapped.
//!
//! Only words that are in no list of ours are looked at, only long ones, and only those that
//! begin with the right letter. English words that lie one letter from a word of a term are known
//! by `real-words.txt` and never taken for a slip.

use crate::text::token::Token;
use crate::text::vocabulary::{UNKNOWN, Vocabulary, WordId};

/// Shortest word of a term that may be misspelt.
const SHORTEST: usize = 7;
/// Longest word that is looked at.
const LONGEST: usize = 20;

/// Words of terms, by their hash with any one letter left out.
#[derive(Default)]
pub(crate) struct Spelling {
    slots: Vec<(u64, WordId)>,
    words: Vec<(u64, WordId)>,
    /// One bit of each hash: nearly every word of a text is refused by it alone.
    seen: Vec<u64>,
}

impl Spelling {
    pub(crate) fn new(of_terms: &[WordId], words: &Vocabulary) -> Self {
        let mut all = Vec::new();
        for id in of_terms {
            let word = words.word(*id).as_bytes();
            if !(SHORTEST..=LONGEST).contains(&word.len())
                || !word.iter().all(u8::is_ascii_lowercase)
            {
                continue;
            }
            each_hash(word, |hash| all.push((hash, *id)));
        }
        all.sort_unstable();
        all.dedup();
        let size = (all.len() * 3).next_power_of_two().max(4);
        let mut slots = vec![(0, UNKNOWN); size];
        let mut seen = vec![0_u64; SEEN_BITS / 64];
        for (hash, id) in &all {
            let (word, bit) = seen_bit(*hash);
            if let Some(bits) = seen.get_mut(word) {
                *bits |= bit;
            }
            let mut at = slot(*hash, size);
            while let Some(free) = slots.get_mut(at) {
                if free.1 == UNKNOWN {
                    *free = (*hash, *id);
                    break;
                }
                at = (at + 1) & (size - 1);
            }
        }
        Self { slots, words: all, seen }
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
        each_hash(word, |hash| {
            let (word, bit) = seen_bit(hash);
            if self.seen.get(word).is_some_and(|bits| bits & bit != 0) {
                self.lookup(hash, &mut near);
            }
        });
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

/// Bits of [`Spelling::seen`]; 32 KiB.
const SEEN_BITS: usize = 1 << 18;
/// Base of the rolling hash, and what undoes a multiplication by it.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
const INVERSE: u64 = 0xf1de_83e1_9937_733d;

fn mixed(hash: u64) -> usize {
    usize::try_from((hash ^ (hash >> 29)).wrapping_mul(BASE) >> 32).unwrap_or(0)
}

fn slot(hash: u64, size: usize) -> usize {
    mixed(hash) & size.wrapping_sub(1)
}

fn seen_bit(hash: u64) -> (usize, u64) {
    let bit = mixed(hash) & (SEEN_BITS - 1);
    (bit >> 6, 1 << (bit & 63))
}

/// The hash of `word`, and of `word` with each one letter left out. A polynomial hash, so that
/// leaving one letter out takes two multiplications whatever the length.
fn each_hash(word: &[u8], mut take: impl FnMut(u64)) {
    let push = |hash: u64, byte: &u8| hash.wrapping_mul(BASE).wrapping_add(u64::from(*byte));
    let whole = word.iter().fold(1, push);
    take(whole);
    // Hash of the letters before the gap, and the power that moves it past the letters behind.
    let mut before = 1_u64;
    let mut power = word.iter().skip(1).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    for byte in word {
        let behind = whole.wrapping_sub(push(before, byte).wrapping_mul(power));
        take(before.wrapping_mul(power).wrapping_add(behind));
        before = push(before, byte);
        power = power.wrapping_mul(INVERSE);
    }
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
    fn leaving_a_letter_out_gives_the_hash_of_what_is_left() {
        let hashes = |word: &str| {
            let mut all = Vec::new();
            super::each_hash(word.as_bytes(), |hash| all.push(hash));
            all
        };
        let seeking = hashes("seeking");
        assert_eq!(seeking.len(), 8);
        assert_eq!(seeking[1], hashes("eeking")[0]);
        assert_eq!(seeking[4], hashes("seeing")[0]);
        assert_eq!(seeking[7], hashes("seekin")[0]);
    }

    #[test]
    fn one_slip_is_seen_and_two_are_not() {
        let slip = |typed: &str, meant: &str| is_slip(typed.as_bytes(), meant.as_bytes());
        assert!(slip("abscoded", "absconded") && slip("seaking", "seeking"));
        assert!(slip("promiscuuous", "promiscuous") && slip("rfeused", "refused"));
        assert!(!slip("abscoed", "absconded") && !slip("reeking", "seeking"));
        assert!(!slip("seeking", "seeking"));
    }
}
