//! How common the values of mentions are: what everybody has says little.

use rustc_hash::FxHashMap;

use super::features::{Feature, Number, Reports};
use crate::column::at;
use crate::lexicon::WordId;

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
    venues: FxHashMap<(WordId, WordId), u32>,
    places: u32,
    numbers: FxHashMap<u64, u32>,
    phones: u32,
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
        for report in &reports.reports {
            count(&mut common.areas, report.area);
            common.placed += u32::from(report.area != 0);
        }
        for (_, feature) in &reports.mentions {
            match *feature {
                Feature::Person { words, looks, .. } => {
                    words.into_iter().for_each(|word| count(&mut common.names, word));
                    count(&mut common.looks, looks);
                    common.people += 1;
                }
                Feature::Vehicle { make, colour, .. } => {
                    make.into_iter().for_each(|word| count(&mut common.makes, word));
                    count(&mut common.colours, colour);
                }
                Feature::Phone(number) => {
                    common.phones += 1;
                    if let Number::Whole(number) = number {
                        *common.numbers.entry(number).or_default() += 1;
                    }
                }
                Feature::Place { first, kind, street, .. } => {
                    common.places += 1;
                    *common.venues.entry((first, kind)).or_default() += 1;
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

    /// Bits of sharing a venue's name.
    pub(crate) fn venue(&self, first: WordId, kind: WordId) -> f32 {
        let held = self.venues.get(&(first, kind)).copied().unwrap_or(1);
        rarity(held, self.places)
    }

    /// In how many mentions a whole number stands.
    pub(crate) fn holders(&self, number: u64) -> u32 {
        self.numbers.get(&number).copied().unwrap_or(1)
    }

    /// Bits that a hub's number is worth at most.
    pub(crate) fn number(&self, holders: u32) -> f32 {
        rarity(holders, self.phones)
    }
}

fn total(counts: &[u32]) -> u32 {
    counts.iter().sum()
}

#[expect(clippy::cast_precision_loss, reason = "counts of mentions")]
fn rarity(held: u32, all: u32) -> f32 {
    (all.max(1) as f32 / held.max(1) as f32).log2().max(0.0)
}
