//! Learning what each way of agreeing is worth, without any pair whose answer is known.
//!
//! A whole number, plate or reference that few reports hold is one thing almost surely: how often
//! two agree by chance is known from how many there can be. Such values are worth what that says
//! (`assumptions`), and the reports that share them show how linked reports lie apart in place and
//! time. Every value counts once there, however many reports hold it, so that one large matter does
//! not speak for many small ones.
//!
//! All other ways of agreeing (names, parts of plates and numbers, venues, and whatever is held
//! widely) are judged by that. Neither area nor day is used to find what agrees, so they are a
//! second opinion on it (the days alone where what is shared is local by nature): among the pairs
//! of reports that agree in one way and nothing else, areas and days are a mixture of those of
//! linked pairs and those of chance, and the share of linked pairs is the one that makes what is
//! seen likeliest. Both parts are known and the likelihood has one peak, which is found by halving.
//!
//! Shares that few pairs speak for stay near what is assumed, and an agreement that is worth more
//! by itself is never worth less for the reports (pool adjacent violators, Ayer and others 1955).

use std::collections::BTreeMap;

use super::assumptions::{DIGIT, FREE_DIGITS, MARK_DIGITS, WEIGHT_OF_ASSUMPTION};
use super::candidates::Pair;
use super::evidence::{WAYS, Way, on_grid};
use super::features::Reports;
use super::link::Compared;
use super::model::{ReportModel, STEP, STEPS, step};
use super::setting::Setting;

/// A whole number or plate of so many bits, shared among its holders, is held by few.
const HELD_BY_FEW: f32 = 20.0;
/// Halvings in finding one share, on the scale of its logarithm.
const HALVINGS: usize = 40;

/// Learns from the pairs compared.
pub(crate) fn learn(reports: &Reports, compared: &[Compared]) -> ReportModel {
    let mut model = ReportModel::default();
    let anchors = compared.iter().filter(|found| anchor(found));
    model.setting = Setting::learn(reports, anchors.map(|found| (found.pair(), once(found))));
    model.partners = partners(reports.len(), compared, &model);
    let assumed = model.clone();
    weigh_ways(reports, compared, &assumed, &mut model);
    model.partners = partners(reports.len(), compared, &model);
    model
}

fn anchor(found: &Compared) -> bool {
    found.shared.first().is_some_and(|first| first.way.is_whole() && first.bits >= HELD_BY_FEW)
}

/// The weight of a pair of holders under which all pairs of holders of its value weigh one: the
/// bits of a whole value are less by the logarithm of the number of those pairs.
fn once(found: &Compared) -> f32 {
    let full = match found.shared.first() {
        Some(first) if first.way == Way::WholeNumber => FREE_DIGITS * DIGIT,
        Some(first) if first.way == Way::Mark => MARK_DIGITS * DIGIT,
        _ => return 1.0,
    };
    found.shared.first().map_or(1.0, |first| (first.bits - full).exp2().min(1.0))
}

/// How many partners a report has: the number under which the links found add up to it.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a mean")]
fn partners(reports: usize, compared: &[Compared], model: &ReportModel) -> f32 {
    let size = reports.max(2) as f64;
    let worth: Vec<f64> = compared.iter().map(|found| f64::from(found.worth(model))).collect();
    let mut partners = 1.0f64;
    for _ in 0..30 {
        let prior = (partners / size).log2();
        let sum: f64 = worth.iter().map(|worth| probability(worth + prior)).sum();
        partners = (2.0 * sum / size).clamp(0.01, 50.0);
    }
    partners as f32
}

fn probability(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp2())
}

/// What was seen at one step of one way: how much likelier the areas and days of pairs are among
/// linked pairs, in 1/1024 bit, with the number of such pairs.
#[derive(Clone, Default)]
struct Cell(BTreeMap<i32, u32>);

fn weigh_ways(
    reports: &Reports,
    compared: &[Compared],
    assumed: &ReportModel,
    model: &mut ReportModel,
) {
    let mut cells = vec![vec![Cell::default(); STEPS]; WAYS];
    for found in compared {
        let ([only], false) = (found.shared.as_slice(), found.by_setting) else { continue };
        let (left, right) = (reports.report(found.left), reports.report(found.right));
        let mut bits = model.setting.days(&left, &right);
        if only.way.area_tells() {
            bits += model.setting.any_area(&left, &right);
        }
        let cell = cells.get_mut(only.way as usize);
        if let Some(cell) = cell.and_then(|cells| cells.get_mut(step(only.bits / STEP))) {
            *cell.0.entry(thousandths(bits)).or_default() += 1;
        }
    }
    let prior = f64::from(assumed.prior(reports.len()));
    let area = f64::from((model.setting.one_area / model.setting.one_area_by_chance).log2());
    for (place, (cells, scale)) in cells.iter().zip(&mut model.scales).enumerate() {
        for (seen, cell) in scale.seen.iter_mut().zip(cells) {
            *seen = cell.0.values().sum();
        }
        if WHOLE.contains(&place) {
            continue;
        }
        let within = WITHIN_AREA.contains(&place);
        let start = if within { prior + area } else { prior };
        let shares = cells.iter().zip(0u16..).map(|(cell, step)| {
            let own = f64::from((f32::from(step) + 0.5) * STEP);
            (share(cell, probability(start + own)), cell.weight())
        });
        let shares = never_less(&shares.collect::<Vec<(f64, f64)>>());
        for (bits, share) in scale.bits.iter_mut().zip(&shares) {
            *bits = in_bits((share / (1.0 - share)).log2() - start);
        }
    }
}

/// The ways that keep their own worth, by place: those that need no second opinion, and those of
/// which there is none, because such mentions are looked for within one area and time only.
const WHOLE: [usize; 4] = [
    Way::WholePlate as usize,
    Way::WholeNumber as usize,
    Way::Mark as usize,
    Way::VehicleByLooks as usize,
];

/// The ways that are looked for within one area, by place.
const WITHIN_AREA: [usize; 4] = [
    Way::Venue as usize,
    Way::VenueHeldWidely as usize,
    Way::VenueLoosely as usize,
    Way::Street as usize,
];

#[expect(clippy::cast_possible_truncation, reason = "a weight in bits")]
fn in_bits(bits: f64) -> f32 {
    on_grid(bits as f32)
}

#[expect(clippy::cast_possible_truncation, reason = "a few bits")]
fn thousandths(bits: f32) -> i32 {
    (bits * 1024.0).round() as i32
}

impl Cell {
    fn weight(&self) -> f64 {
        let seen: u32 = self.0.values().sum();
        f64::from(seen) + f64::from(WEIGHT_OF_ASSUMPTION)
    }
}

/// The share of linked pairs that makes the areas and days likeliest, held near the assumed one.
fn share(cell: &Cell, assumed: f64) -> f64 {
    let assumed = assumed.clamp(1e-9, 1.0 - 1e-9);
    let held = f64::from(WEIGHT_OF_ASSUMPTION);
    // The slope of the likelihood, which falls all the way from 0 to 1.
    let slope = |share: f64| {
        let seen = cell.0.iter().map(|(bits, count)| {
            let more = (f64::from(*bits) / 1024.0).exp2() - 1.0;
            f64::from(*count) * more / (1.0 + share * more)
        });
        seen.sum::<f64>() + held * (assumed / share - (1.0 - assumed) / (1.0 - share))
    };
    // Odds in bits between one in a thousand million and the reverse.
    let (mut low, mut high) = (-30.0f64, 30.0f64);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if slope(probability(middle)) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    probability(f64::midpoint(low, high))
}

/// Shares made never to fall, with the least change by their weights.
fn never_less(shares: &[(f64, f64)]) -> Vec<f64> {
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for (share, weight) in shares {
        let mut pool = (*share, *weight, 1);
        while let Some(before) = pools.pop_if(|before| before.0 > pool.0) {
            let weight = before.1 + pool.1;
            let mean = (before.0 * before.1 + pool.0 * pool.1) / weight;
            pool = (mean, weight, before.2 + pool.2);
        }
        pools.push(pool);
    }
    pools.into_iter().flat_map(|(share, _, count)| std::iter::repeat_n(share, count)).collect()
}

/// Whether a pair was found by area or time alone.
pub(crate) fn by_setting(pair: &Pair) -> bool {
    pair.keys & super::candidates::WITHOUT_SETTING == 0
}
