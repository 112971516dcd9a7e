//! Small tables addressed by dense numbers, read without the possibility of a failed index.

use rustc_hash::FxHashMap;

/// The entry at a place, or the default where there is none.
pub(crate) fn at<T: Copy + Default>(column: &[T], place: u32) -> T {
    column.get(place as usize).copied().unwrap_or_default()
}

/// Distinct values by small numbers, from 1; 0 stands for "nothing".
#[derive(Debug, Default)]
pub(crate) struct Numbered {
    /// How often each number was given; place 0 counts nothing.
    pub(crate) counts: Vec<u32>,
    pub(crate) values: Vec<u64>,
}

impl Numbered {
    pub(crate) fn value(&self, number: u32) -> u64 {
        at(&self.values, number)
    }

    /// The number of a value, given on first sight; 0 for 0.
    pub(crate) fn number(&mut self, known: &mut FxHashMap<u64, u32>, value: u64) -> u32 {
        if value == 0 {
            return 0;
        }
        if self.counts.is_empty() {
            self.counts.push(0);
            self.values.push(0);
        }
        let next = u32::try_from(self.counts.len()).unwrap_or(u32::MAX);
        let number = *known.entry(value).or_insert(next);
        if number == next {
            self.counts.push(0);
            self.values.push(value);
        }
        if let Some(count) = self.counts.get_mut(number as usize) {
            *count += 1;
        }
        number
    }
}

/// `SplitMix64` (Steele, Lea and Flood 2014): the same draws on every run.
pub(crate) fn mix(mut state: u64) -> u64 {
    state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}
