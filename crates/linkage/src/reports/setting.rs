//! What it says that two reports are of one area and near in time.
//!
//! Learnt from the reports: pairs that are sure by what they share are counted by area and by days
//! apart, against pairs taken at random. Before anything is seen, days say nothing.

use serde::{Deserialize, Serialize};

use super::assumptions::{ONE_AREA, WEIGHT_OF_ASSUMPTION};
use super::common::{Common, bits};
use super::evidence::on_grid;
use super::features::{Report, Reports};

/// Days apart up to which pairs are counted together; the last group has no end.
pub(crate) const DAYS: [u32; 7] = [30, 90, 180, 270, 360, 560, u32::MAX];
/// Pairs drawn to learn what is near by chance.
const DRAWS: u64 = 100_000;

/// Bits for settings.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Setting {
    /// Share of linked pairs, both of known area, that are of one area.
    pub one_area: f32,
    /// Share of pairs taken at random, both of known area, that are of one area.
    pub one_area_by_chance: f32,
    /// Bits for the days apart, by `[30, 90, 180, 270, 360, 560]` days and more.
    pub days: [f32; 7],
}

impl Default for Setting {
    fn default() -> Self {
        Self { one_area: ONE_AREA, one_area_by_chance: 0.05, days: [0.0; DAYS.len()] }
    }
}

impl Setting {
    /// Learns from pairs that are sure without it, each with its weight.
    pub(crate) fn learn(reports: &Reports, sure: impl Iterator<Item = ((u32, u32), f32)>) -> Self {
        let mut linked = Counted::default();
        for ((left, right), weight) in sure {
            linked.count(&reports.report(left), &reports.report(right), weight);
        }
        let mut chance = Counted::default();
        let size = (reports.len() as u64).max(1);
        for draw in 0..DRAWS {
            let place = |seed: u64| u32::try_from(crate::column::mix(seed) % size).unwrap_or(0);
            let (left, right) = (place(2 * draw), place(2 * draw + 1));
            if left != right {
                chance.count(&reports.report(left), &reports.report(right), 1.0);
            }
        }
        let mut days = [0.0; DAYS.len()];
        let seen: f32 = linked.days.iter().sum();
        for (place, worth) in days.iter_mut().enumerate() {
            let by_chance = chance.share(place);
            let counted = linked.days.get(place).copied().unwrap_or_default();
            let share =
                (counted + WEIGHT_OF_ASSUMPTION * by_chance) / (seen + WEIGHT_OF_ASSUMPTION);
            *worth = on_grid((share / by_chance).log2());
        }
        let known = linked.one_area + linked.other_area;
        let one = (chance.one_area + 1.0) / (chance.one_area + chance.other_area + 2.0);
        let assumed = WEIGHT_OF_ASSUMPTION * ONE_AREA.max(one);
        Self {
            one_area: (linked.one_area + assumed) / (known + WEIGHT_OF_ASSUMPTION),
            one_area_by_chance: one.clamp(0.001, 0.999),
            days,
        }
    }

    /// Bits from the areas of two reports: a small area shared says more than a large one.
    pub(crate) fn area(&self, common: &Common, left: &Report, right: &Report) -> f32 {
        on_grid(match (left.area, right.area) {
            (0, _) | (_, 0) => 0.0,
            (l, r) if l == r => (bits(common.area(l)) + self.one_area.log2()).max(0.0),
            _ => self.areas_differ(),
        })
    }

    /// Bits from the areas of two reports, whichever areas they are.
    pub(crate) fn any_area(&self, left: &Report, right: &Report) -> f32 {
        match (left.area, right.area) {
            (0, _) | (_, 0) => 0.0,
            (l, r) if l == r => (self.one_area / self.one_area_by_chance).log2(),
            _ => self.areas_differ(),
        }
    }

    fn areas_differ(&self) -> f32 {
        ((1.0 - self.one_area).max(0.01) / (1.0 - self.one_area_by_chance)).log2().min(0.0)
    }

    /// Bits from the days between two reports.
    pub(crate) fn days(&self, left: &Report, right: &Report) -> f32 {
        span(left, right).and_then(|place| self.days.get(place)).copied().unwrap_or(0.0)
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
    fn count(&mut self, left: &Report, right: &Report, weight: f32) {
        match (left.area, right.area) {
            (0, _) | (_, 0) => {}
            (l, r) if l == r => self.one_area += weight,
            _ => self.other_area += weight,
        }
        if let Some(slot) = span(left, right).and_then(|place| self.days.get_mut(place)) {
            *slot += weight;
        }
    }

    fn share(&self, place: usize) -> f32 {
        let all: f32 = self.days.iter().sum();
        (self.days.get(place).copied().unwrap_or_default() + 1.0) / (all + 7.0)
    }
}
