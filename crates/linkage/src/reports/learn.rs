//! Learning what each way of agreeing is worth, without any pair whose answer is known.
//!
//! Two reports that speak of one matter are near each other in place and time more often than two
//! taken at random. Neither area nor day is used to find what agrees, so they are a second opinion
//! on it (the days alone where what is shared is local by nature): among the pairs of reports that agree in one way and nothing else, the areas and days
//! are a mixture of those of linked pairs and those of chance, and the share of linked pairs is
//! the one that makes what is seen likeliest (expectation and maximisation, Dempster, Laird and
//! Rubin 1977, for a mixture of which both parts are known). The linked part is known from whole
//! numbers and whole plates that few hold, which are one thing almost surely whatever the rest.
//!
//! Shares that few pairs speak for stay near what is assumed, and an agreement that is worth more
//! by itself is never worth less for the reports (pool adjacent violators, Ayer and others 1955).

use super::assumptions::WEIGHT_OF_ASSUMPTION;
use super::candidates::Pair;
use super::evidence::{WAYS, Way, on_grid};
use super::features::Reports;
use super::link::Compared;
use super::model::{ReportModel, STEP, STEPS, step};
use super::setting::Setting;

/// A whole number or plate of so many bits, shared among its holders, is held by few.
const HELD_BY_FEW: f32 = 20.0;
/// Odds, in bits, of pairs that are sure by what they share alone: 63 in 64.
const SURE: f32 = 6.0;
/// Rounds of learning: what is near is learnt from what is sure, what is sure from what is near.
const ROUNDS: usize = 3;
/// Rounds in finding one share.
const SEEKING: usize = 40;

/// Learns from the pairs compared.
pub(crate) fn learn(reports: &Reports, compared: &[Compared]) -> ReportModel {
    let mut model = ReportModel::default();
    let anchors: Vec<(u32, u32)> =
        compared.iter().filter(|found| anchor(found)).map(Compared::pair).collect();
    model.setting = Setting::learn(reports, anchors.iter());
    model.partners = partners(reports.len(), compared, &model);
    let assumed = model.clone();
    for _ in 0..ROUNDS {
        weigh_ways(reports, compared, &assumed, &mut model);
        model.partners = partners(reports.len(), compared, &model);
        let prior = model.prior(reports.len());
        let sure: Vec<(u32, u32)> = compared
            .iter()
            .filter(|found| found.worth(&model) + prior >= SURE && !by_a_hub(found))
            .map(Compared::pair)
            .collect();
        model.setting = Setting::learn(reports, sure.iter());
    }
    model
}

fn anchor(found: &Compared) -> bool {
    found.shared.first().is_some_and(|first| {
        matches!(first.way, Way::WholeNumber | Way::WholePlate) && first.bits >= HELD_BY_FEW
    })
}

/// Whether what is shared most strongly is shared by reports of all times.
fn by_a_hub(found: &Compared) -> bool {
    found.shared.first().is_some_and(|first| first.way.held_widely())
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

/// What was seen at one step of one way.
#[derive(Clone, Default)]
struct Cell {
    /// How much likelier each pair's area and days are among linked pairs.
    likelier: Vec<f64>,
}

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
            cell.likelier.push(f64::from(bits).exp2());
        }
    }
    let prior = f64::from(assumed.prior(reports.len()));
    let area = f64::from((model.setting.one_area / model.setting.one_area_by_chance).log2());
    for (place, (cells, scale)) in cells.iter().zip(&mut model.scales).enumerate() {
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
        for (seen, cell) in scale.seen.iter_mut().zip(cells) {
            *seen = u32::try_from(cell.likelier.len()).unwrap_or(u32::MAX);
        }
    }
}

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

impl Cell {
    #[expect(clippy::cast_precision_loss, reason = "a count of pairs")]
    fn weight(&self) -> f64 {
        self.likelier.len() as f64 + f64::from(WEIGHT_OF_ASSUMPTION)
    }
}

/// The share of linked pairs that makes the areas and days likeliest, held near the assumed one.
fn share(cell: &Cell, assumed: f64) -> f64 {
    let start = f64::from(WEIGHT_OF_ASSUMPTION) * assumed;
    let mut share = assumed;
    for _ in 0..SEEKING {
        let linked: f64 = cell
            .likelier
            .iter()
            .map(|likelier| share * likelier / (share * likelier + 1.0 - share))
            .sum();
        share = ((linked + start) / cell.weight()).clamp(1e-9, 1.0 - 1e-6);
    }
    share
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
