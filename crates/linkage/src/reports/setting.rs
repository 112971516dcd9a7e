//! What it says that two reports are of one area and near in time.
//!
//! Learnt from the reports: pairs that are sure by what they share are counted by area and by days
//! apart, against pairs taken at random.

use super::common::Common;
use super::features::{Report, Reports};

/// Days apart up to which pairs are counted together; the last group has no end.
const DAYS: [u32; 7] = [30, 90, 180, 270, 360, 560, u32::MAX];
/// Pairs drawn to learn what is near by chance.
const DRAWS: u64 = 100_000;
/// Pairs that count at the start, so that a handful of sure pairs cannot mislead.
const START: f32 = 20.0;

/// Bits for settings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    /// Share of linked pairs, both of known area, that are of one area.
    one_area: f32,
    /// Share of unlinked pairs of different areas.
    apart_by_chance: f32,
    days: [f32; DAYS.len()],
}

impl Default for Setting {
    /// Before anything is learnt: most linked pairs are of one area and within a year and a half.
    fn default() -> Self {
        Self { one_area: 0.6, apart_by_chance: 0.95, days: [2.5, 2.2, 1.8, 1.2, 0.8, 0.2, -2.5] }
    }
}

impl Setting {
    /// Learns from pairs that are sure without it.
    pub(crate) fn learn<'a>(reports: &Reports, sure: impl Iterator<Item = &'a (u32, u32)>) -> Self {
        let mut linked = Counted::default();
        for (left, right) in sure {
            linked.count(&reports.report(*left), &reports.report(*right));
        }
        let mut chance = Counted::default();
        let size = (reports.len() as u64).max(1);
        for draw in 0..DRAWS {
            let place = |seed: u64| u32::try_from(crate::column::mix(seed) % size).unwrap_or(0);
            chance.count(&reports.report(place(2 * draw)), &reports.report(place(2 * draw + 1)));
        }
        let first = Self::default();
        let mut days = [0.0; DAYS.len()];
        for (place, bits) in days.iter_mut().enumerate() {
            let by_chance = chance.share(place);
            let at_first = by_chance * first.days.get(place).map_or(1.0, |bits| bits.exp2());
            let seen = linked.days.get(place).copied().unwrap_or_default();
            let share = (seen + START * at_first) / (linked.days.iter().sum::<f32>() + START);
            *bits = (share / by_chance.max(1e-6)).log2().clamp(-4.0, 5.0);
        }
        let known = linked.one_area + linked.other_area;
        let apart = chance.other_area / (chance.one_area + chance.other_area).max(1.0);
        Self {
            one_area: (linked.one_area + START * first.one_area) / (known + START),
            apart_by_chance: apart.clamp(0.05, 1.0),
            days,
        }
    }

    /// Bits from where and when two reports are.
    pub(crate) fn bits(&self, common: &Common, left: &Report, right: &Report) -> f32 {
        let area = match (left.area, right.area) {
            (0, _) | (_, 0) => 0.0,
            (l, r) if l == r => (common.area(l) + self.one_area.log2()).max(0.0),
            _ => ((1.0 - self.one_area).max(0.01) / self.apart_by_chance).log2(),
        };
        area + span(left, right).and_then(|place| self.days.get(place)).copied().unwrap_or(0.0)
    }
}

fn span(left: &Report, right: &Report) -> Option<usize> {
    let known = left.day != 0 && right.day != 0;
    let apart = left.day.abs_diff(right.day);
    if known { DAYS.iter().position(|most| apart <= *most) } else { None }
}

#[derive(Default)]
struct Counted {
    one_area: f32,
    other_area: f32,
    days: [f32; DAYS.len()],
}

impl Counted {
    fn count(&mut self, left: &Report, right: &Report) {
        match (left.area, right.area) {
            (0, _) | (_, 0) => {}
            (l, r) if l == r => self.one_area += 1.0,
            _ => self.other_area += 1.0,
        }
        if let Some(slot) = span(left, right).and_then(|place| self.days.get_mut(place)) {
            *slot += 1.0;
        }
    }

    fn share(&self, place: usize) -> f32 {
        let all: f32 = self.days.iter().sum();
        (self.days.get(place).copied().unwrap_or_default() + 1.0) / (all + 7.0)
    }
}
