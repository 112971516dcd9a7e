//! What each level of agreement is worth, in bits.
//!
//! A weight is log2(m/u) of Fellegi and Sunter (1969): m is the share of true matches at the
//! level, u the share of unrelated pairs. These starting values are set by hand from published
//! error rates of administrative data and the size of the value space (about 20,000 birth days,
//! a few hundred common given names); a partnership may replace them by its own.

use serde::{Deserialize, Serialize};

use crate::compare::birth::BirthLevel;
use crate::compare::name::WordLevel;
use crate::compare::nhs_number::NumberLevel;

/// Weights in bits for each level. Positive speaks for the same person, negative against.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// The version of this document's form.
    pub version: u32,
    /// A word that agrees exactly, when nothing is known of how common it is.
    pub word_same: f64,
    /// What is taken off for each lesser level of a word: spelling, short form, one slip, sound,
    /// beginning. The level counts at least half a bit.
    pub word_less: [f64; 5],
    /// An initial that agrees.
    pub word_initial: f64,
    /// A word on each side with no counterpart.
    pub word_different: f64,
    /// Dates of birth: same day, swapped, one digit, month, year, 1 January, near year, different.
    pub birth: [f64; 8],
    /// NHS numbers: same, one slip, different.
    pub nhs_number: [f64; 3],
    /// Least and most that one word may count, whatever its rarity.
    pub word_bounds: [f64; 2],
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            version: 1,
            word_same: 8.0,
            word_less: [0.75, 1.5, 2.0, 3.0, 3.5],
            word_initial: 2.5,
            word_different: -4.5,
            birth: [12.5, 8.0, 6.0, 6.0, 3.5, 2.5, 1.5, -5.0],
            nhs_number: [20.0, 6.0, -6.0],
            word_bounds: [2.0, 14.0],
        }
    }
}

impl Weights {
    /// The weight of a word's level, with the share of names that carry the rarer of the two
    /// words where that is known.
    #[must_use]
    pub fn word(&self, level: WordLevel, share: Option<f64>) -> f64 {
        let [least, most] = self.word_bounds;
        let same = share
            .filter(|share| *share > 0.0)
            .map_or(self.word_same, |share| (-share.log2()).clamp(least, most));
        let [spelling, short, slip, sound, beginning] = self.word_less;
        let less = match level {
            WordLevel::Same => 0.0,
            WordLevel::Spelling => spelling,
            WordLevel::ShortForm => short,
            WordLevel::OneSlip => slip,
            WordLevel::SoundsAlike => sound,
            WordLevel::Beginning => beginning,
            WordLevel::Initial => return on_grid(self.word_initial),
            WordLevel::Different => return on_grid(self.word_different),
        };
        on_grid((same - less).max(0.5))
    }

    /// The weight of a level of dates of birth.
    #[must_use]
    pub fn birth(&self, level: BirthLevel) -> f64 {
        let [day, swapped, digit, month, year, january, near, different] = self.birth;
        on_grid(match level {
            BirthLevel::SameDay => day,
            BirthLevel::DayMonthSwapped => swapped,
            BirthLevel::OneDigit => digit,
            BirthLevel::SameMonth => month,
            BirthLevel::SameYear => year,
            BirthLevel::FirstOfJanuary => january,
            BirthLevel::NearYear => near,
            BirthLevel::Different => different,
        })
    }

    /// The weight of a level of NHS numbers.
    #[must_use]
    pub fn nhs_number(&self, level: NumberLevel) -> f64 {
        let [same, slip, different] = self.nhs_number;
        on_grid(match level {
            NumberLevel::Same => same,
            NumberLevel::OneSlip => slip,
            NumberLevel::Different => different,
        })
    }
}

/// Rounds to 1/1024 bit, so that sums of weights are exact in any order and rows always add up.
#[must_use]
pub(crate) fn on_grid(bits: f64) -> f64 {
    (bits * 1024.0).round() / 1024.0
}
