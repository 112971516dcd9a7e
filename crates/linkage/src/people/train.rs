//! Learning a model from the records alone, by expectation and maximisation (Dempster, Laird and
//! Rubin 1977): no pair needs to have been decided by anyone.
//!
//! Unrelated shares come from pairs drawn at random; the other classes from proposed pairs, each
//! counted by how likely it is to belong to the class under the present model. Because the odds of
//! a pair are taken against all pairs, proposing only some of them does not bias the odds.

use rustc_hash::FxHashMap;

use super::block::{Blocks, RULES};
use super::compare::{Pattern, compare};
use super::fields::{FIELDS, Field};
use super::model::{CLASSES, Class, Model, Shares, Source, empty, set, share};
use super::table::Table;
use super::weigh::{Frequencies, Rarity, Weigher};
use crate::column::mix;

/// How a training run is sized.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// Pairs drawn at random to learn what is alike by chance.
    pub random_pairs: u32,
    /// Proposed pairs to learn from, about.
    pub proposed_pairs: u32,
    /// Rounds.
    pub rounds: u32,
}

impl Default for Effort {
    fn default() -> Self {
        Self { random_pairs: 400_000, proposed_pairs: 400_000, rounds: 14 }
    }
}

/// Pairs of twins to pairs of one household, at least: about 1 in 65 births is of twins (Office
/// for National Statistics, birth characteristics), so few records may hold none and still be
/// followed by some.
const LEAST_TWINS: f64 = 0.008;
/// Pairs of one household with one given name to all its pairs, at least.
const LEAST_NAMESAKES: f64 = 0.004;

struct Sample {
    found: Pattern,
    rarity: Rarity,
}

/// Learns a model from the records.
pub(crate) fn train(
    table: &Table,
    blocks: &Blocks,
    frequencies: &Frequencies,
    effort: Effort,
) -> Model {
    let mut model = start(table);
    let random = random_patterns(table, effort.random_pairs);
    learn_unrelated(&mut model, &random);
    let wanted = u64::from(effort.proposed_pairs.max(1));
    let keep = blocks.proposals().div_ceil(wanted).max(1);
    let samples = proposed(table, blocks, frequencies, &Weigher::new(&model), keep);
    for _ in 0..effort.rounds {
        let weigher = Weigher::new(&model);
        round(&mut model, &samples, &weigher, table, keep);
        learn_unrelated(&mut model, &random);
    }
    model
}

fn start(table: &Table) -> Model {
    let mut model = Model {
        records: table.len() as u64,
        priors: [0.0; CLASSES],
        same: empty(),
        household: empty(),
        unrelated: empty(),
    };
    let pairs = pairs_of(table);
    #[expect(clippy::cast_precision_loss, reason = "counts of records")]
    let per_record = table.len() as f64 / pairs;
    model.priors = [per_record, per_record, per_record * 0.01, per_record * 0.02];
    for (place, field) in Field::ALL.into_iter().enumerate() {
        let (same, household) = first_guess(field);
        for context in 0..field.contexts().len() {
            spread(&mut model.same, place, context, field.levels().len(), same);
            spread(&mut model.household, place, context, field.levels().len(), household);
        }
    }
    for (level, first) in FIRST_BIRTH.into_iter().enumerate() {
        set(&mut model.same, 2, 0, level, first);
    }
    model
}

fn spread(shares: &mut Shares, field: usize, context: usize, levels: usize, first: f64) {
    set(shares, field, context, 1, first);
    for level in 2..levels {
        #[expect(clippy::cast_precision_loss, reason = "a handful of levels")]
        let rest = (1.0 - first) / (levels - 2) as f64;
        set(shares, field, context, level, rest);
    }
}

/// Where learning starts for dates of birth of one person, by level: entries that are wrong are
/// mostly wrong in one part, and hardly ever by a generation.
const FIRST_BIRTH: [f64; 10] = [0.0, 0.88, 0.02, 0.05, 0.02, 0.01, 0.01, 0.005, 0.004, 0.001];

/// The most that one person's dates of birth may differ altogether, or by a generation. Without
/// the bounds a parent and child of one name would teach the model that birthdays mean little.
const BIRTH_BOUNDS: [(usize, f64); 2] = [(8, 0.004), (9, 0.001)];

/// Where learning starts: the share of full agreement among records of one person and of one
/// household.
fn first_guess(field: Field) -> (f64, f64) {
    match field {
        Field::Given => (0.8, 0.005),
        Field::Surname => (0.8, 0.7),
        Field::Birth => (0.88, 0.01),
        Field::Sex => (0.98, 0.5),
        Field::Place => (0.5, 0.6),
        Field::Phone => (0.5, 0.1),
        Field::NhsNumber => (0.95, 0.01),
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of records")]
fn pairs_of(table: &Table) -> f64 {
    let records = table.len().max(2) as f64;
    records * (records - 1.0) / 2.0
}

fn random_patterns(table: &Table, draws: u32) -> Vec<(Pattern, f64)> {
    let mut counts: FxHashMap<Pattern, u32> = FxHashMap::default();
    let records = table.len() as u64;
    for draw in 0..u64::from(draws) {
        let (a, b) = (mix(draw * 2) % records.max(1), mix(draw * 2 + 1) % records.max(1));
        let (Ok(a), Ok(b)) = (u32::try_from(a), u32::try_from(b)) else { continue };
        if a != b {
            *counts.entry(compare(table, &table.row(a), &table.row(b))).or_default() += 1;
        }
    }
    let mut patterns: Vec<_> = counts.into_iter().map(|(p, count)| (p, f64::from(count))).collect();
    patterns.sort_by_key(|(pattern, _)| pattern.0);
    patterns
}

/// Counts the random pairs, each by how likely it is to be of unrelated people.
fn learn_unrelated(model: &mut Model, random: &[(Pattern, f64)]) {
    let trained = share(&model.unrelated, 0, 0, 1) > 0.0;
    let weigher = Weigher::new(model);
    let mut counts = Counts::new();
    for (pattern, count) in random {
        let related: f32 =
            weigher.classes(*pattern, Rarity::default()).iter().map(|b| b.exp2()).sum();
        let unrelated = if trained { 1.0 / (1.0 + f64::from(related)) } else { 1.0 };
        counts.add(*pattern, unrelated * count);
    }
    for (place, field) in Field::ALL.into_iter().enumerate() {
        for context in 0..field.contexts().len() {
            counts.write(&mut model.unrelated, place, context, field.levels().len(), 0.5);
        }
    }
}

struct Counts(Shares);

impl Counts {
    fn new() -> Self {
        Self(empty())
    }

    fn add(&mut self, found: Pattern, weight: f64) {
        for field in 0..FIELDS {
            self.add_field(found, field, weight);
        }
    }

    fn add_field(&mut self, found: Pattern, field: usize, weight: f64) {
        let (context, level) = (found.context(field), found.level(field));
        if level > 0 {
            let before = share(&self.0, field, context, level);
            set(&mut self.0, field, context, level, before + weight);
        }
    }

    fn write(&self, shares: &mut Shares, field: usize, context: usize, levels: usize, start: f64) {
        let count = |level| share(&self.0, field, context, level) + start;
        let total: f64 = (1..levels).map(count).sum();
        for level in 1..levels {
            set(shares, field, context, level, count(level) / total);
        }
    }
}

/// Lowers a level to at most its bound and gives what is taken off to full agreement.
fn cap(shares: &mut Shares, field: usize, level: usize, most: f64) {
    let over = share(shares, field, 0, level) - most;
    if over > 0.0 {
        set(shares, field, 0, level, most);
        let same = share(shares, field, 0, 1);
        set(shares, field, 0, 1, same + over);
    }
}

fn proposed(
    table: &Table,
    blocks: &Blocks,
    frequencies: &Frequencies,
    weigher: &Weigher,
    keep: u64,
) -> Vec<Sample> {
    let mut samples = Vec::new();
    for rule in 0..RULES {
        let drawn = |group: &usize| mix((*group * RULES + rule) as u64).is_multiple_of(keep);
        blocks.pairs(rule, (0..blocks.groups_of(rule)).filter(drawn), |left, right| {
            let (found, rarity) = weigher.look(table, frequencies, left, right);
            samples.push(Sample { found, rarity });
        });
    }
    samples
}

fn round(model: &mut Model, samples: &[Sample], weigher: &Weigher, table: &Table, keep: u64) {
    let mut totals = [0.0; CLASSES];
    let (mut same, mut household) = (Counts::new(), Counts::new());
    for sample in samples {
        let bits = weigher.classes(sample.found, sample.rarity);
        let most = bits.iter().copied().fold(0.0, f32::max);
        let parts = bits.map(|b| f64::from((b - most).exp2()));
        let whole = parts.iter().sum::<f64>() + f64::from((-most).exp2());
        for ((class, part), total) in Class::ALL.into_iter().zip(parts).zip(&mut totals) {
            let weight = part / whole;
            *total += weight;
            for (place, field) in Field::ALL.into_iter().enumerate() {
                match class.source(field) {
                    Source::Same if class == Class::Same => {
                        same.add_field(sample.found, place, weight);
                    }
                    Source::Household => household.add_field(sample.found, place, weight),
                    _ => {}
                }
            }
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a sampling step")]
    let scale = keep as f64 / pairs_of(table);
    for (prior, total) in model.priors.iter_mut().zip(totals) {
        *prior = (total * scale).max(1e-12);
    }
    let [_, of_household, twins, namesakes] = &mut model.priors;
    *twins = twins.max(*of_household * LEAST_TWINS);
    *namesakes = namesakes.max(*of_household * LEAST_NAMESAKES);
    for (place, field) in Field::ALL.into_iter().enumerate() {
        for context in 0..field.contexts().len() {
            let levels = field.levels().len();
            same.write(&mut model.same, place, context, levels, 2.0);
            household.write(&mut model.household, place, context, levels, 2.0);
        }
    }
    for (level, most) in BIRTH_BOUNDS {
        cap(&mut model.same, 2, level, most);
    }
}
