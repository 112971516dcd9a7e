//! Every word the rules know, numbered, so that text is compared as numbers.
//!
//! A word is known by its 64-bit FNV-1a hash (Fowler, Noll and Vo) of the lower-case, composed
//! form. Building refuses two known words of one hash; that an unknown word of a text shares the
//! hash of a known one has a chance of about 1 in 10^16 a word, and would show as a false alarm.

/// Number of a known word. `0` is "not known".
pub(crate) type WordId = u16;

/// The word that is not in the vocabulary.
pub(crate) const UNKNOWN: WordId = 0;

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// Running hash of a word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct WordHash(u64);

impl WordHash {
    pub(crate) const fn new() -> Self {
        Self(OFFSET)
    }

    /// Adds one byte of the lower-case word.
    #[inline]
    pub(crate) const fn push(self, byte: u8) -> Self {
        Self((self.0 ^ byte as u64).wrapping_mul(PRIME))
    }

    pub(crate) fn of(word: &str) -> Self {
        word.bytes().fold(Self::new(), Self::push)
    }

    #[inline]
    fn slot(self, mask: usize) -> usize {
        let mixed = self.0 ^ (self.0 >> 32);
        usize::try_from(mixed & 0xffff_ffff).unwrap_or(0) & mask
    }
}

/// The known words.
#[derive(Default)]
pub(crate) struct Vocabulary {
    /// Numbers by the slot of their hash; small, so that it stays in the cache.
    slots: Vec<WordId>,
    /// Hash of each number.
    hashes: Vec<u64>,
    words: Vec<String>,
}

impl Vocabulary {
    /// The number of `word` (already lower-case), adding it when it is new.
    ///
    /// Returns `None` when the vocabulary is full (65,534 words) or when two words share a hash.
    pub(crate) fn intern(&mut self, word: &str) -> Option<WordId> {
        if self.words.is_empty() {
            self.words.push(String::new());
            self.hashes.push(0);
        }
        let hash = WordHash::of(word);
        let found = self.get(hash);
        if found != UNKNOWN {
            return (self.word(found) == word).then_some(found);
        }
        let id = WordId::try_from(self.words.len()).ok()?;
        self.words.push(word.to_owned());
        self.hashes.push(hash.0);
        if self.words.len() * 3 > self.slots.len() {
            self.grow();
        } else {
            place(&mut self.slots, hash, id);
        }
        Some(id)
    }

    fn grow(&mut self) {
        let size = (self.words.len() * 6).next_power_of_two().max(1 << 12);
        self.slots = vec![UNKNOWN; size];
        for (id, hash) in (0..).zip(&self.hashes).skip(1) {
            place(&mut self.slots, WordHash(*hash), id);
        }
    }

    /// The number of a word by its hash, or [`UNKNOWN`].
    #[inline]
    pub(crate) fn get(&self, hash: WordHash) -> WordId {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash.slot(mask);
        while let Some(&id) = self.slots.get(at) {
            if id == UNKNOWN || self.hashes.get(usize::from(id)) == Some(&hash.0) {
                return id;
            }
            at = (at + 1) & mask;
        }
        UNKNOWN
    }

    /// The word of a number; empty for [`UNKNOWN`].
    pub(crate) fn word(&self, id: WordId) -> &str {
        self.words.get(usize::from(id)).map_or("", String::as_str)
    }

    /// How many numbers are in use, the unknown word included.
    pub(crate) fn len(&self) -> usize {
        self.words.len().max(1)
    }
}

fn place(slots: &mut [WordId], hash: WordHash, id: WordId) {
    let mask = slots.len().wrapping_sub(1);
    let mut at = hash.slot(mask);
    while let Some(slot) = slots.get_mut(at) {
        if *slot == UNKNOWN {
            *slot = id;
            return;
        }
        at = (at + 1) & mask;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_keeps_its_number_however_many_follow() {
        let mut words = Vocabulary::default();
        let first = words.intern("placement").unwrap();
        for at in 0..5_000 {
            words.intern(&format!("word{at}")).unwrap();
        }
        assert_eq!(words.intern("placement"), Some(first));
        assert_eq!(words.get(WordHash::of("placement")), first);
        assert_eq!(words.word(first), "placement");
        assert_eq!(words.get(WordHash::of("elsewhere")), UNKNOWN);
    }
}
