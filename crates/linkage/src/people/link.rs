//! The whole way from records to people.

use super::block::{Blocks, RULES};
use super::cluster::{self, Grouped};
use super::decided::Decided;
use super::model::Model;
use super::table::Table;
use super::train::{Effort, train};
use super::weigh::{Frequencies, Weigher};
use crate::decisions::Verdict;
use crate::share_out::share_out;

/// How a run is made.
#[derive(Debug, Clone)]
pub struct Settings {
    /// A model to use; without one, a model is learnt from the records.
    pub model: Option<Model>,
    /// How much to learn from.
    pub effort: Effort,
    /// Records are one person at this probability or better.
    pub threshold: f64,
    /// Pairs that are not linked are given back too, down to this probability.
    pub floor: Option<f64>,
    /// What people have decided about pairs of records, by record number; obeyed whatever the
    /// records say. Two records of which nobody is sure are left to the model.
    pub decisions: Vec<(u32, u32, Verdict)>,
    /// How many threads share the work.
    pub threads: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            model: None,
            effort: Effort::default(),
            threshold: 0.5,
            floor: None,
            decisions: Vec::new(),
            threads: 1,
        }
    }
}

/// Two records and the odds that they are one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The smaller record number.
    pub left: u32,
    /// The greater record number.
    pub right: u32,
    /// Odds in bits: 0 is even, 10 is a thousand to one.
    pub odds: f32,
}

impl Pair {
    /// The probability that both records are of one person.
    #[must_use]
    pub fn probability(&self) -> f64 {
        1.0 / (1.0 + (-f64::from(self.odds)).exp2())
    }
}

/// What a run found.
#[derive(Debug)]
pub struct Linked {
    /// The model used.
    pub model: Model,
    /// Pairs by record number: all pairs of every cluster, and pairs that were not linked down to
    /// the floor.
    pub pairs: Vec<Pair>,
    /// The cluster of every record: the smallest record number in it.
    pub clusters: Vec<u32>,
    /// How many pairs were compared.
    pub compared: u64,
}

/// A step of a run, for telling how far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Grouping records that may be compared.
    Block,
    /// Learning the model.
    Train,
    /// Comparing pairs.
    Compare,
    /// Forming clusters.
    Cluster,
    /// Done.
    Done,
}

/// Pairs of lower odds, in bits, are not looked at again.
const LOOSE: f32 = -3.0;

/// Links the records of a table; the step begun is told as it begins.
#[must_use]
pub fn link(table: &Table, settings: &Settings, mut tell: impl FnMut(Step)) -> Linked {
    tell(Step::Block);
    let frequencies = Frequencies::of(table);
    let blocks = Blocks::build(table);
    tell(Step::Train);
    let model = settings
        .model
        .clone()
        .unwrap_or_else(|| train(table, &blocks, &frequencies, settings.effort));
    tell(Step::Compare);
    let weigher = Weigher::new(&model);
    let floor = settings.floor.map_or(LOOSE, |floor| odds_of(floor).min(LOOSE));
    let (mut links, compared) =
        compare_all(table, &frequencies, &blocks, &weigher, floor, settings.threads);
    drop(blocks);
    tell(Step::Cluster);
    let decided = Decided::of(&settings.decisions);
    decided.put(&mut links);
    let eye =
        cluster::Eye { table, frequencies: &frequencies, weigher: &weigher, decided: &decided };
    let grouped = cluster::cluster(eye, &links, odds_of(settings.threshold), settings.threads);
    let Grouped { clusters, mut pairs } = grouped;
    if settings.floor.is_some() {
        pairs.extend(apart(&links, &clusters, odds_of(settings.threshold)));
    }
    pairs.sort_unstable_by_key(|pair| (pair.left, pair.right));
    tell(Step::Done);
    Linked { model, pairs, clusters, compared }
}

/// Learns a model from the records and stops there.
#[must_use]
pub fn learn(table: &Table, effort: Effort) -> Model {
    let frequencies = Frequencies::of(table);
    train(table, &Blocks::build(table), &frequencies, effort)
}

#[expect(clippy::cast_possible_truncation, reason = "odds need no more than single precision")]
fn odds_of(probability: f64) -> f32 {
    let inside = probability.clamp(1e-9, 1.0 - 1e-9);
    (inside / (1.0 - inside)).log2() as f32
}

/// Pairs that the clusters keep apart, with odds below the cut that kept them.
fn apart<'a>(links: &'a [Pair], clusters: &'a [u32], cut: f32) -> impl Iterator<Item = Pair> + 'a {
    let cluster = |record: u32| clusters.get(record as usize);
    links
        .iter()
        .filter(move |pair| cluster(pair.left) != cluster(pair.right))
        .map(move |pair| Pair { odds: pair.odds.min(cut - 0.5), ..*pair })
}

/// Groups of one rule that one piece of work takes.
const GROUPS_AT_ONCE: usize = 8192;

fn compare_all(
    table: &Table,
    frequencies: &Frequencies,
    blocks: &Blocks,
    weigher: &Weigher,
    floor: f32,
    threads: usize,
) -> (Vec<Pair>, u64) {
    let pieces: Vec<(usize, usize)> = (0..RULES)
        .flat_map(|rule| {
            (0..blocks.groups_of(rule)).step_by(GROUPS_AT_ONCE).map(move |start| (rule, start))
        })
        .collect();
    let found = share_out(&pieces, threads, |(rule, start)| {
        let end = (start + GROUPS_AT_ONCE).min(blocks.groups_of(*rule));
        let (mut links, mut compared) = (Vec::new(), 0u64);
        blocks.pairs(*rule, *start..end, |left, right| {
            compared += 1;
            if let Some(odds) = weigher.pair(table, frequencies, (left, right), floor) {
                links.push(Pair { left, right, odds });
            }
        });
        (links, compared)
    });
    let compared = found.iter().map(|(_, compared)| compared).sum();
    (found.into_iter().flat_map(|(links, _)| links).collect(), compared)
}
