//! Which reports are worth comparing: those that share a key of one of their mentions.

use super::features::{Feature, Number, Report, Reports};
use crate::column::mix;
use crate::lexicon::{Lexicon, WordId};

/// The keys by name, with the most reports that may share one.
pub const KEYS: [(&str, usize); 13] = [
    ("last four digits of a number", 120),
    ("first seven digits of a number", 120),
    ("first four characters of a registration", 120),
    ("last three characters of a registration", 120),
    ("two words of a name by their full forms", 120),
    ("a rare word of a name", 40),
    ("a word of a name in an area", 60),
    ("a word of a name in a half year", 40),
    ("a venue in an area", 40),
    ("a handle, address or reference", 120),
    ("first two and last two characters of a registration", 120),
    ("make and colour of a vehicle in an area in a half year", 40),
    ("a street in an area", 40),
];

/// The keys, as bits, that hold no area and no day; venues are named within one area anyway.
pub(crate) const WITHOUT_SETTING: u16 = 0b1_0111_0011_1111;

/// Two reports that share keys: the smaller number first, the keys as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pair {
    pub(crate) left: u32,
    pub(crate) right: u32,
    pub(crate) keys: u16,
}

/// Pairs of reports that share a key, in order, each once.
pub(crate) fn candidates(reports: &Reports) -> Vec<Pair> {
    let mut keyed: Vec<(u64, u8, u32)> = Vec::with_capacity(reports.mentions() * 4);
    for (number, report) in (0u32..).zip(&reports.all) {
        for (_, feature) in reports.of(report) {
            keys(reports, &reports.lexicon, report, feature, |kind, key| {
                keyed.push((key, kind, number));
            });
        }
    }
    keyed.sort_unstable();
    keyed.dedup();
    let mut pairs: Vec<Pair> = Vec::new();
    for group in keyed.chunk_by(|l, r| (l.0, l.1) == (r.0, r.1)) {
        let kind = group.first().map_or(0, |(_, kind, _)| usize::from(*kind));
        let most = KEYS.get(kind).map_or(0, |(_, most)| *most);
        if group.len() > most {
            continue;
        }
        for (place, (_, _, left)) in group.iter().enumerate() {
            let others = group.get(place + 1..).unwrap_or_default();
            let pair = |right: u32| Pair { left: *left, right, keys: 1 << kind };
            pairs.extend(others.iter().map(|(_, _, right)| pair(*right)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup_by(|next, first| {
        let same = (next.left, next.right) == (first.left, first.right);
        if same {
            first.keys |= next.keys;
        }
        same
    });
    pairs
}

/// How words stand in keys: by number in memory, by their letters where keys are kept.
pub(crate) trait Spelling {
    fn word(&self, word: WordId) -> u64;
    /// The full form of a name by its sound; 0 where it has none.
    fn full_form(&self, word: WordId) -> u64;
    fn sound(&self, word: WordId) -> u64;
}

/// Words by their numbers.
impl Spelling for Lexicon {
    fn word(&self, word: WordId) -> u64 {
        u64::from(word)
    }

    fn full_form(&self, word: WordId) -> u64 {
        u64::from(self.features(word).canon)
    }

    fn sound(&self, word: WordId) -> u64 {
        u64::from(self.features(word).sound)
    }
}

/// Gives every key of one mention with the number of its kind.
pub(crate) fn keys(
    reports: &Reports,
    spelling: &impl Spelling,
    report: &Report,
    feature: &Feature,
    mut add: impl FnMut(u8, u64),
) {
    match *feature {
        Feature::Phone(Number::Whole(number)) => {
            add(0, number % 10_000);
            add(1, number / 1_000);
        }
        Feature::Phone(Number::Back(part, length)) if length >= 4 => add(0, part % 10_000),
        Feature::Phone(Number::Front(part, length)) if length >= 7 => {
            add(1, part / 10u64.pow(u32::from(length.min(15)) - 7));
        }
        Feature::Vehicle { slots, make, colour } => {
            let [front, back, ends] = slots.parts();
            for (kind, part) in [(2, front), (3, back), (10, ends)] {
                if let Some(part) = part {
                    add(kind, part);
                }
            }
            if colour != 0 && make[0] != 0 {
                let area = if report.area == 0 { 0 } else { spelling.word(report.area) };
                let half = u64::from(report.day / 186);
                for make in make.into_iter().filter(|word| *word != 0) {
                    let looks = fold([spelling.word(make), spelling.word(colour), area]);
                    add(11, fold([looks, half]));
                    add(11, fold([looks, half + 1]));
                }
            }
        }
        Feature::Person { words, .. } => {
            let canon = words.map(|word| spelling.full_form(word));
            let [first, second, _] = canon;
            if first != 0 && second != 0 {
                add(4, fold([first.min(second), first.max(second)]));
            }
            for (word, canon) in words.into_iter().zip(canon) {
                if word == 0 || reports.lexicon.text(word).len() < 2 {
                    continue;
                }
                add(5, spelling.word(word));
                let named = if canon == 0 { !spelling.word(word) } else { canon };
                let area = if report.area == 0 { 0 } else { spelling.word(report.area) };
                if report.area != 0 {
                    add(6, fold([named, area]));
                }
                if report.day != 0 {
                    let half = u64::from(report.day / 186);
                    add(7, fold([named, half, area]));
                    add(7, fold([named, half + 1, area]));
                }
            }
        }
        Feature::Place { first, kind, area, street } => {
            let area = if area == 0 { report.area } else { area };
            let (kind, first) = (spelling.sound(kind), spelling.sound(first));
            if area != 0 && first != 0 {
                add(8, fold([first, kind, spelling.word(area)]));
            }
            if area != 0 && street != 0 {
                add(12, fold([spelling.word(street), spelling.word(area)]));
            }
        }
        Feature::Street { name, area } if area != 0 && name != 0 => {
            add(12, fold([spelling.word(name), spelling.word(area)]));
        }
        Feature::Mark { kind, value } => add(9, fold([kind as u64, spelling.word(value)])),
        _ => {}
    }
}

/// Several numbers as one, the same on every machine and in every version.
pub(crate) fn fold<const N: usize>(parts: [u64; N]) -> u64 {
    parts.into_iter().fold(0, |sum, part| mix(sum ^ part))
}
