//! How common the values of mentions are, and over how many days those that hold a value are
//! spread: what everybody has says little.
//!
//! Everything is a sum of whole numbers, so that taking a report out restores exactly what was and
//! the order in which reports came changes nothing.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::features::{Feature, MarkKind, Number, Report};
use crate::column::at;
use crate::lexicon::WordId;

/// How many mentions hold a value, and sums of the days of their reports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Held {
    mentions: u32,
    dated: u32,
    days: u64,
    squares: u64,
}

/// Whether a value or report is being added or taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    In,
    Out,
}

impl Change {
    fn small(self, slot: &mut u32, by: u32) {
        *slot = match self {
            Self::In => slot.saturating_add(by),
            Self::Out => slot.saturating_sub(by),
        };
    }

    fn large(self, slot: &mut u64, by: u64) {
        *slot = match self {
            Self::In => slot.saturating_add(by),
            Self::Out => slot.saturating_sub(by),
        };
    }
}

impl Held {
    fn change(&mut self, day: u32, change: Change) {
        change.small(&mut self.mentions, 1);
        if day != 0 {
            change.small(&mut self.dated, 1);
            change.large(&mut self.days, u64::from(day));
            change.large(&mut self.squares, u64::from(day) * u64::from(day));
        }
    }

    /// Standard deviation of the days.
    #[expect(clippy::cast_precision_loss, reason = "sums of days below 2^53")]
    fn deviation(self) -> f64 {
        let count = f64::from(self.dated.max(1));
        let mean = self.days as f64 / count;
        (self.squares as f64 / count - mean * mean).max(0.0).sqrt()
    }
}

/// How a value is held.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Holding {
    /// Bits by which the evidence of one pair of its holders is less than that of a value held
    /// twice: the same evidence, shared among all their pairs.
    pub(crate) shared: f32,
    /// Whether its holders are spread over time as all reports are: a station, a switchboard.
    pub(crate) widely: bool,
}

/// Fewer holders than this say nothing about how they are spread.
const SPREAD_FROM: u32 = 4;
/// About so many makes, colours and words of descriptions are in use.
const MAKES: u32 = 60;
const COLOURS: u32 = 10;
const LOOKS: u32 = 40;
/// Years of birth that are counted apart.
const YEARS: usize = 160;
const FIRST_YEAR: u16 = 1890;

/// Counts of values among all mentions and reports.
#[derive(Debug, Clone)]
pub(crate) struct Common {
    names: Counted,
    people: u32,
    areas: Counted,
    makes: Counted,
    colours: Counted,
    looks: Counted,
    streets: Counted,
    born: [u32; YEARS],
    characters: [[u32; 37]; 7],
    held: FxHashMap<u64, Held>,
    venues: u32,
    days: Held,
    reports: u32,
    /// See [`ReportModel::part_of`](super::model::ReportModel::part_of).
    pub(crate) part_of: u32,
}

/// Counts by word, and their sum.
#[derive(Debug, Clone, Default)]
struct Counted {
    by_word: Vec<u32>,
    all: u32,
}

impl Counted {
    fn change(&mut self, word: WordId, change: Change) {
        if word == 0 {
            return;
        }
        let place = word as usize;
        if self.by_word.len() <= place {
            self.by_word.resize(place + 1, 0);
        }
        if let Some(slot) = self.by_word.get_mut(place) {
            change.small(slot, 1);
        }
        change.small(&mut self.all, 1);
    }

    /// Share of all that hold the word, where one of each of so many kinds was counted beforehand:
    /// the first few of a kind do not make it common.
    fn share_beside(&self, word: WordId, kinds: u32) -> f32 {
        share(at(&self.by_word, word) + 1, self.all + kinds)
    }

    /// Share of all that hold the word, one of them at least.
    fn share(&self, word: WordId) -> f32 {
        share(at(&self.by_word, word).max(1), self.all)
    }
}

impl Default for Common {
    fn default() -> Self {
        Self {
            names: Counted::default(),
            people: 0,
            areas: Counted::default(),
            makes: Counted::default(),
            colours: Counted::default(),
            looks: Counted::default(),
            streets: Counted::default(),
            born: [0; YEARS],
            characters: [[0; 37]; 7],
            held: FxHashMap::default(),
            venues: 0,
            days: Held::default(),
            reports: 0,
            part_of: 0,
        }
    }
}

impl Common {
    /// Counts a report in or out.
    pub(crate) fn report(&mut self, report: &Report, change: Change) {
        change.small(&mut self.reports, 1);
        self.areas.change(report.area, change);
        if report.day != 0 {
            self.days.change(report.day, change);
        }
    }

    /// Counts a mention of a report in or out.
    pub(crate) fn mention(&mut self, report: &Report, feature: &Feature, change: Change) {
        match *feature {
            Feature::Person { words, looks, born, .. } => {
                for word in words {
                    self.names.change(word, change);
                }
                for word in looks {
                    self.looks.change(word, change);
                }
                change.small(&mut self.people, 1);
                if let Some(slot) = year(born).and_then(|year| self.born.get_mut(year)) {
                    change.small(slot, 1);
                }
            }
            Feature::Vehicle { slots, make, colour } => {
                for word in make {
                    self.makes.change(word, change);
                }
                self.colours.change(colour, change);
                for (counts, read) in self.characters.iter_mut().zip(slots.0) {
                    if let Some(slot) = counts.get_mut(character(read)) {
                        change.small(slot, u32::from(read != 0));
                    }
                }
                if let Some(plate) = slots.whole() {
                    self.hold(key(1, plate), report.day, change);
                }
            }
            Feature::Phone(Number::Whole(number)) => {
                self.hold(key(0, number), report.day, change);
            }
            Feature::Place { first, kind, street, area } => {
                let area = if area == 0 { report.area } else { area };
                if self.hold(key(2, (first, kind, area)), report.day, change) {
                    change.small(&mut self.venues, 1);
                }
                self.streets.change(street, change);
            }
            Feature::Street { name, .. } => self.streets.change(name, change),
            Feature::Mark { kind, value } => {
                self.hold(key(3, (kind, value)), report.day, change);
            }
            Feature::Phone(_) | Feature::Other => {}
        }
    }

    /// Whether the value came into being or went out of it.
    fn hold(&mut self, value: u64, day: u32, change: Change) -> bool {
        let held = self.held.entry(value).or_default();
        let before = held.mentions;
        held.change(day, change);
        let after = held.mentions;
        if after == 0 {
            self.held.remove(&value);
        }
        (before == 0) != (after == 0)
    }

    fn holding(&self, value: u64) -> Holding {
        let held = self.held.get(&value).copied().unwrap_or_default();
        let holders = f64::from(held.mentions.max(2));
        let widely =
            held.dated >= SPREAD_FROM && held.deviation() > 0.5 * self.days.deviation().max(1.0);
        #[expect(clippy::cast_possible_truncation, reason = "a logarithm")]
        let shared = (holders * (holders - 1.0) / 2.0).log2() as f32;
        Holding { shared, widely }
    }

    /// How a whole number is held.
    pub(crate) fn number(&self, number: u64) -> Holding {
        self.holding(key(0, number))
    }

    /// How a whole registration is held.
    pub(crate) fn plate(&self, plate: u64) -> Holding {
        self.holding(key(1, plate))
    }

    /// How a venue is held.
    pub(crate) fn venue(&self, venue: (WordId, WordId, WordId)) -> Holding {
        self.holding(key(2, venue))
    }

    /// How a handle, address or reference is held.
    pub(crate) fn mark(&self, kind: MarkKind, value: WordId) -> Holding {
        self.holding(key(3, (kind, value)))
    }

    /// Bits of naming one venue out of all that are known.
    pub(crate) fn one_venue(&self) -> f32 {
        bits(share(1, self.of_the_whole(self.venues)))
    }

    /// Bits of sharing a word of a name by chance.
    pub(crate) fn name(&self, word: WordId) -> f32 {
        bits(share(self.bearers(word).max(1), self.of_the_whole(self.people)))
    }

    /// How many there would be in the collection that this one is taken to be a part of.
    fn of_the_whole(&self, here: u32) -> u32 {
        if self.reports >= self.part_of {
            return here;
        }
        let whole = u64::from(here) * u64::from(self.part_of) / u64::from(self.reports.max(1));
        u32::try_from(whole).unwrap_or(u32::MAX)
    }

    /// How many mentions of people carry a word.
    pub(crate) fn bearers(&self, word: WordId) -> u32 {
        at(&self.names.by_word, word)
    }

    /// Share of reports of known area that are of this one.
    pub(crate) fn area(&self, area: WordId) -> f32 {
        self.areas.share(area)
    }

    /// Share of mentions of a make or model that are of this one.
    pub(crate) fn make(&self, word: WordId) -> f32 {
        self.makes.share_beside(word, MAKES)
    }

    /// Share of mentions of a colour that are of this one.
    pub(crate) fn colour(&self, word: WordId) -> f32 {
        self.colours.share_beside(word, COLOURS)
    }

    /// Share of words of descriptions that are this one.
    pub(crate) fn looks(&self, word: WordId) -> f32 {
        self.looks.share_beside(word, LOOKS)
    }

    /// Share of mentions of a street that are of this one.
    pub(crate) fn street(&self, word: WordId) -> f32 {
        share(at(&self.streets.by_word, word).max(1), self.of_the_whole(self.streets.all))
    }

    /// Share of people born more than `from` and at most `to` years from a year.
    pub(crate) fn born_near(&self, born: u16, from: Option<u16>, to: u16) -> f32 {
        let centre = year(born).unwrap_or_default();
        let inside = |place: usize| {
            let apart = place.abs_diff(centre);
            apart <= usize::from(to) && from.is_none_or(|from| apart > usize::from(from))
        };
        let all = self.born.iter().sum();
        let near = self.born.iter().enumerate().filter(|(place, _)| inside(*place));
        share(near.map(|(_, count)| count).sum::<u32>().max(1), all)
    }

    /// Share of the characters read at a place of a registration that are this one.
    pub(crate) fn character(&self, place: usize, read: u8) -> f32 {
        let counts = self.characters.get(place);
        let count = counts.and_then(|counts| counts.get(character(read))).copied();
        // Ten of each kind beforehand: a year's digits and the letters in use, evenly spread.
        let all: u32 = counts.map_or(0, |counts| counts.iter().sum());
        share(count.unwrap_or_default() + 10, all + 220)
    }
}

fn year(born: u16) -> Option<usize> {
    (born != 0).then(|| usize::from(born.saturating_sub(FIRST_YEAR)).min(YEARS - 1))
}

fn character(read: u8) -> usize {
    match read {
        b'0'..=b'9' => usize::from(read - b'0') + 1,
        b'A'..=b'Z' => usize::from(read - b'A') + 11,
        _ => 0,
    }
}

fn key(kind: u8, value: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    (kind, value).hash(&mut hasher);
    hasher.finish()
}

#[expect(clippy::cast_precision_loss, reason = "counts of mentions")]
fn share(held: u32, all: u32) -> f32 {
    (held as f32 / all.max(1) as f32).min(1.0)
}

/// Bits of an agreement that comes about by chance with this probability.
pub(crate) fn bits(chance: f32) -> f32 {
    -chance.max(1e-12).log2()
}
