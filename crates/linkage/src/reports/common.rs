//! How common the values of mentions are: what everybody has says little.

use rustc_hash::FxHashMap;

use super::features::{Feature, Number, Reports};
use crate::column::at;
use crate::lexicon::WordId;

/// How many mentions hold a value, and the first and last day of their reports.
#[derive(Debug, Clone, Copy, Default)]
struct Held {
    mentions: u32,
    first: u32,
    last: u32,
}

impl Held {
    fn add(&mut self, day: u32) {
        self.mentions += 1;
        if day == 0 {
            return;
        }
        self.first = if self.first == 0 { day } else { self.first.min(day) };
        self.last = self.last.max(day);
    }

    /// Holders, counted once for every year over which they are spread: what many reports hold
    /// year after year is a station or a switchboard, not a lead.
    #[expect(clippy::cast_precision_loss, reason = "counts of mentions and days")]
    fn spread(self) -> f32 {
        let years = self.last.saturating_sub(self.first) as f32 / 372.0;
        self.mentions as f32 * years.max(1.0)
    }
}

/// Counts of values among all mentions and reports.
#[derive(Debug, Default)]
pub(crate) struct Common {
    names: Vec<u32>,
    people: u32,
    areas: Vec<u32>,
    placed: u32,
    makes: Vec<u32>,
    colours: Vec<u32>,
    looks: Vec<u32>,
    streets: Vec<u32>,
    street_mentions: u32,
    venues: FxHashMap<(WordId, WordId, WordId), Held>,
    placed_in: Vec<u32>,
    places: u32,
    numbers: FxHashMap<u64, Held>,
}

fn count(counts: &mut Vec<u32>, word: WordId) {
    if word == 0 {
        return;
    }
    let place = word as usize;
    if counts.len() <= place {
        counts.resize(place + 1, 0);
    }
    if let Some(count) = counts.get_mut(place) {
        *count += 1;
    }
}

impl Common {
    pub(crate) fn of(reports: &Reports) -> Self {
        let mut common = Self::default();
        for report in &reports.all {
            count(&mut common.areas, report.area);
            common.placed += u32::from(report.area != 0);
        }
        for (of, feature) in &reports.mentions {
            let day = reports.report(*of).day;
            match *feature {
                Feature::Person { words, looks, .. } => {
                    for word in words {
                        count(&mut common.names, word);
                    }
                    count(&mut common.looks, looks);
                    common.people += 1;
                }
                Feature::Vehicle { make, colour, .. } => {
                    for word in make {
                        count(&mut common.makes, word);
                    }
                    count(&mut common.colours, colour);
                }
                Feature::Phone(number) => {
                    if let Number::Whole(number) = number {
                        common.numbers.entry(number).or_default().add(day);
                    }
                }
                Feature::Place { first, kind, street, area } => {
                    let area = if area == 0 { reports.report(*of).area } else { area };
                    common.places += 1;
                    count(&mut common.placed_in, area);
                    common.venues.entry((first, kind, area)).or_default().add(day);
                    count(&mut common.streets, street);
                    common.street_mentions += u32::from(street != 0);
                }
                Feature::Street { name, .. } => {
                    count(&mut common.streets, name);
                    common.street_mentions += 1;
                }
                Feature::Other => {}
            }
        }
        common
    }

    /// Bits of sharing a word of a name.
    pub(crate) fn name(&self, word: WordId) -> f32 {
        rarity(at(&self.names, word), self.people).min(16.0)
    }

    /// How many mentions of people carry a word.
    pub(crate) fn bearers(&self, word: WordId) -> u32 {
        at(&self.names, word)
    }

    /// Bits of sharing an area.
    pub(crate) fn area(&self, area: WordId) -> f32 {
        rarity(at(&self.areas, area), self.placed)
    }

    /// Bits of sharing a make or model.
    pub(crate) fn make(&self, word: WordId) -> f32 {
        rarity(at(&self.makes, word), total(&self.makes)).min(6.0)
    }

    /// Bits of sharing a colour.
    pub(crate) fn colour(&self, word: WordId) -> f32 {
        rarity(at(&self.colours, word), total(&self.colours)).min(4.0)
    }

    /// Bits of sharing a description.
    pub(crate) fn looks(&self, word: WordId) -> f32 {
        rarity(at(&self.looks, word), total(&self.looks)).min(5.0)
    }

    /// Bits of sharing a street.
    pub(crate) fn street(&self, word: WordId) -> f32 {
        rarity(at(&self.streets, word), self.street_mentions).min(10.0)
    }

    /// Bits of sharing a venue among the venues of its area, and how far it is spread.
    pub(crate) fn venue(&self, venue: (WordId, WordId, WordId)) -> (f32, f32) {
        let held = self.venues.get(&venue).copied().unwrap_or_default();
        let all = if venue.2 == 0 { self.places } else { at(&self.placed_in, venue.2) };
        (rarity(held.mentions, all), held.spread())
    }

    /// How far a whole number is spread.
    pub(crate) fn number(&self, number: u64) -> f32 {
        self.numbers.get(&number).copied().unwrap_or_default().spread()
    }
}

fn total(counts: &[u32]) -> u32 {
    counts.iter().sum()
}

#[expect(clippy::cast_precision_loss, reason = "counts of mentions")]
fn rarity(held: u32, all: u32) -> f32 {
    (all.max(1) as f32 / held.max(1) as f32).log2().max(0.0)
}
