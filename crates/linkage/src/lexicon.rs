//! The distinct words of all names and streets, each with the features that comparisons need.

use rustc_hash::FxHashMap;

use crate::column::at;
use crate::normalise::{nickname, sound};

/// The number of a word; 0 stands for "no word".
pub(crate) type WordId = u32;

/// What comparisons need of one word.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Features {
    start: u32,
    len: u8,
    first: u8,
    /// One bit for each letter that occurs.
    letters: u32,
    /// The number of its sound; 0 when it has fewer than two sounds.
    pub(crate) sound: u32,
    /// The sound of the full name it most likely stands for.
    pub(crate) canon: u32,
    families: (u32, u8),
    spellings: (u32, u8),
}

/// How two words agree, best first; the order of the model's levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    Same,
    Spelling,
    ShortForm,
    OneSlip,
    Near,
    Beginning,
    Different,
}

/// Words by number.
#[derive(Debug, Default, Clone)]
pub(crate) struct Lexicon {
    known: FxHashMap<Box<[u8]>, WordId>,
    sounds: FxHashMap<String, u32>,
    names: FxHashMap<&'static str, u32>,
    text: Vec<u8>,
    features: Vec<Features>,
    lists: Vec<u32>,
}

impl Lexicon {
    /// The number of a folded word, given on first sight.
    pub(crate) fn number(&mut self, word: &str) -> WordId {
        if word.is_empty() {
            return 0;
        }
        if let Some(number) = self.known.get(word.as_bytes()) {
            return *number;
        }
        if self.features.is_empty() {
            self.features.push(Features::default());
        }
        let number = u32::try_from(self.features.len()).unwrap_or(u32::MAX);
        let features = self.describe(word);
        self.features.push(features);
        self.known.insert(word.as_bytes().into(), number);
        number
    }

    fn describe(&mut self, word: &str) -> Features {
        let bytes = word.as_bytes();
        let kept = bytes.get(..bytes.len().min(32)).unwrap_or_default();
        let start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.text.extend_from_slice(kept);
        let letters = kept.iter().fold(0, |set, byte| set | 1u32 << (byte & 31));
        let fulls = nickname::full_names(word);
        let families = fulls.iter().map(|full| self.name_number(full)).collect();
        let spellings: Vec<u32> = nickname::spellings(word).to_vec();
        let canon = canonical(word);
        Features {
            start,
            len: u8::try_from(kept.len()).unwrap_or(u8::MAX),
            first: kept.first().copied().unwrap_or_default(),
            letters,
            sound: self.sound_number(word),
            canon: self.sound_number(canon),
            families: self.list(families),
            spellings: self.list(spellings),
        }
    }

    fn name_number(&mut self, name: &'static str) -> u32 {
        let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        *self.names.entry(name).or_insert(next)
    }

    fn sound_number(&mut self, word: &str) -> u32 {
        let key = sound::key(word);
        let next = u32::try_from(self.sounds.len() + 1).unwrap_or(u32::MAX);
        if key.len() < 2 { 0 } else { *self.sounds.entry(key).or_insert(next) }
    }

    fn list(&mut self, entries: Vec<u32>) -> (u32, u8) {
        let start = u32::try_from(self.lists.len()).unwrap_or(u32::MAX);
        let len = u8::try_from(entries.len()).unwrap_or(u8::MAX);
        self.lists.extend(entries);
        (start, len)
    }

    /// Forgets how to number new words, keeping what comparisons need.
    pub(crate) fn close(&mut self) {
        self.known = FxHashMap::default();
        self.sounds = FxHashMap::default();
        self.names = FxHashMap::default();
    }

    pub(crate) fn len(&self) -> usize {
        self.features.len()
    }

    pub(crate) fn features(&self, word: WordId) -> Features {
        at(&self.features, word)
    }

    /// The letters of a word, at most the first 32 bytes.
    pub(crate) fn text(&self, word: WordId) -> &[u8] {
        let Features { start, len, .. } = self.features(word);
        let start = start as usize;
        self.text.get(start..start + usize::from(len)).unwrap_or_default()
    }

    fn entries(&self, (start, len): (u32, u8)) -> &[u32] {
        let start = start as usize;
        self.lists.get(start..start + usize::from(len)).unwrap_or_default()
    }

    fn meet(&self, left: (u32, u8), right: (u32, u8)) -> bool {
        left.1 > 0
            && right.1 > 0
            && self.entries(left).iter().any(|entry| self.entries(right).contains(entry))
    }

    /// How two different or equal words agree; the same either way round.
    pub(crate) fn compare(&self, left: WordId, right: WordId) -> Likeness {
        if left == right {
            return Likeness::Same;
        }
        let (a, b) = (self.features(left), self.features(right));
        if self.meet(a.spellings, b.spellings) {
            return Likeness::Spelling;
        }
        if self.meet(a.families, b.families) {
            return Likeness::ShortForm;
        }
        let shorter = a.len.min(b.len);
        let apart = (a.letters ^ b.letters).count_ones();
        let close = apart <= 4 && a.len.abs_diff(b.len) <= 2;
        if shorter >= 4 && close && apart <= 2 && one_slip(self.text(left), self.text(right)) {
            return Likeness::OneSlip;
        }
        if a.sound != 0 && a.sound == b.sound && shorter >= 3 {
            return Likeness::Near;
        }
        if shorter >= 6 && close && two_slips(self.text(left), self.text(right)) {
            return Likeness::Near;
        }
        if a.first == b.first && (shorter >= 3 || shorter == 1) {
            let (x, y) = (self.text(left), self.text(right));
            if x.starts_with(y) || y.starts_with(x) {
                return Likeness::Beginning;
            }
        }
        Likeness::Different
    }
}

/// The full name that a word most likely stands for, in the first of its spellings.
pub(crate) fn canonical(word: &str) -> &str {
    let full = nickname::full_names(word).first().copied().unwrap_or(word);
    let leader = nickname::spellings(full).first().and_then(|group| nickname::leader(*group));
    leader.unwrap_or(full)
}

/// Whether one insertion, deletion, change or swap of neighbours makes the two equal.
pub(crate) fn one_slip(left: &[u8], right: &[u8]) -> bool {
    let (long, short) = if left.len() >= right.len() { (left, right) } else { (right, left) };
    let before = long.iter().zip(short).take_while(|(l, s)| l == s).count();
    let (long, short) = (rest(long, before), rest(short, before));
    let after = long.iter().rev().zip(short.iter().rev()).take_while(|(l, s)| l == s).count();
    match (long.len() - after, short.len() - after) {
        (0 | 1, 0 | 1) => true,
        (2, 2) => {
            matches!((long, short), ([a, b, ..], [c, d, ..]) if a == d && b == c)
        }
        _ => false,
    }
}

fn rest(bytes: &[u8], from: usize) -> &[u8] {
    bytes.get(from..).unwrap_or_default()
}

fn two_slips(left: &[u8], right: &[u8]) -> bool {
    crate::compare::edit::distance(left, right, 2).is_some()
}
