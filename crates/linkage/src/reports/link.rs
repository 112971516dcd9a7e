//! The whole way from reports to links, entities and networks.

use rustc_hash::FxHashMap;

use super::candidates::candidates;
use super::common::Common;
use super::features::Reports;
use super::network::communities;
use super::setting::Setting;
use super::weigh::{Scales, Shared};
use crate::forest::Forest;
use crate::share_out::share_out;

/// How a run is made.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Links are given back at this probability or better.
    pub threshold: f64,
    /// How many threads share the work.
    pub threads: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { threshold: 0.5, threads: 1 }
    }
}

/// Two reports that may speak of the same people or things.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReportLink {
    /// The smaller report number.
    pub left: u32,
    /// The greater report number.
    pub right: u32,
    /// Odds in bits.
    pub odds: f32,
}

impl ReportLink {
    /// The probability of the link.
    #[must_use]
    pub fn probability(&self) -> f64 {
        1.0 / (1.0 + (-f64::from(self.odds)).exp2())
    }
}

/// What a run found.
#[derive(Debug)]
pub struct LinkedReports {
    /// Links by report number.
    pub links: Vec<ReportLink>,
    /// The network of every report: the smallest report number in it.
    pub networks: Vec<u32>,
    /// The entity of every mention: the smallest mention number of it.
    pub entities: Vec<u32>,
    /// How many pairs of reports were compared.
    pub compared: u64,
}

struct Compared {
    left: u32,
    right: u32,
    bits: f32,
    shared: Vec<Shared>,
}

/// Pairs below this many bits of evidence are forgotten at once.
const WORTH_KEEPING: f32 = 4.0;
/// Pairs of these odds, in bits, are sure.
const SURE: f32 = 6.0;
/// Links fainter than this, in bits, do not help to hold a network together.
const FAINT: f32 = -4.5;
/// Odds, in bits, at which two reports of one network are given as linked where nothing of their
/// own links them better: they hang together through others.
const THROUGH_OTHERS: f32 = 0.25;
/// Odds, in bits, from which two reports of different networks are given as linked all the same.
const ACROSS: f32 = 3.0;
/// Candidate pairs that one piece of work takes.
const PAIRS_AT_ONCE: usize = 16_384;

/// Links reports.
#[must_use]
pub fn link(reports: &Reports, settings: &Settings) -> LinkedReports {
    let common = Common::of(reports);
    let pairs = candidates(reports, &common);
    let scales = Scales { reports, common: &common };
    let pieces: Vec<&[(u32, u32)]> = pairs.chunks(PAIRS_AT_ONCE).collect();
    let found = share_out(&pieces, settings.threads, |pairs| {
        pairs.iter().filter_map(|pair| compare(scales, *pair)).collect::<Vec<Compared>>()
    });
    let mut compared: Vec<Compared> = found.into_iter().flatten().collect();
    let prior = settle(reports, &common, &mut compared);
    let odds = |found: &Compared| found.bits + prior;
    let held: Vec<(u32, u32, f32)> = compared
        .iter()
        .filter(|found| odds(found) >= FAINT)
        .map(|found| (found.left, found.right, 1.0 / (1.0 + (-odds(found)).exp2())))
        .collect();
    let networks = communities(reports.len(), &held);
    let entities = entities(reports, &compared, prior, &networks);
    let links = links(&compared, prior, &networks, settings.threshold);
    LinkedReports { links, networks, entities, compared: pairs.len() as u64 }
}

fn compare(scales: Scales<'_>, (left, right): (u32, u32)) -> Option<Compared> {
    let (l, r) = (scales.reports.report(left), scales.reports.report(right));
    let shared = scales.shared(&l, &r);
    let bits = shared.iter().map(|shared| shared.bits).sum::<f32>();
    (bits >= WORTH_KEEPING).then_some(Compared { left, right, bits, shared })
}

/// Adds what area and days say to every pair, learnt from the pairs that are sure without them,
/// and gives the prior.
fn settle(reports: &Reports, common: &Common, compared: &mut [Compared]) -> f32 {
    let sure = SURE - prior(reports.len(), compared);
    let pairs: Vec<(u32, u32)> = compared
        .iter()
        .filter(|found| found.bits >= sure)
        .map(|found| (found.left, found.right))
        .collect();
    let setting = Setting::learn(reports, pairs.iter());
    for found in compared.iter_mut() {
        let (left, right) = (reports.report(found.left), reports.report(found.right));
        found.bits += setting.bits(common, &left, &right);
    }
    prior(reports.len(), compared)
}

/// The share of all pairs of reports that are linked, in bits: the share under which the links
/// found add up to it.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a share in bits")]
fn prior(reports: usize, compared: &[Compared]) -> f32 {
    let size = reports.max(2) as f64;
    let all = size * (size - 1.0) / 2.0;
    let mut prior = -(size.log2());
    for _ in 0..20 {
        let sum: f64 = compared
            .iter()
            .map(|found| 1.0 / (1.0 + (-(f64::from(found.bits) + prior)).exp2()))
            .sum();
        prior = (sum.max(0.5) / all).log2();
    }
    prior as f32
}

fn links(compared: &[Compared], prior: f32, networks: &[u32], threshold: f64) -> Vec<ReportLink> {
    let together = |l: u32, r: u32| networks.get(l as usize) == networks.get(r as usize);
    let mut direct: FxHashMap<(u32, u32), f32> = FxHashMap::default();
    for found in compared {
        direct.insert((found.left, found.right), found.bits + prior);
    }
    let mut members: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (report, network) in (0u32..).zip(networks) {
        members.entry(*network).or_default().push(report);
    }
    for members in members.values().filter(|members| members.len() >= 3) {
        for (place, left) in members.iter().enumerate() {
            for right in members.get(place + 1..).unwrap_or_default() {
                let odds = direct.entry((*left, *right)).or_insert(f32::MIN);
                *odds = odds.max(THROUGH_OTHERS);
            }
        }
    }
    let mut links: Vec<ReportLink> = direct
        .into_iter()
        .map(|((left, right), odds)| ReportLink { left, right, odds })
        .filter(|link| together(link.left, link.right) || link.odds > ACROSS)
        .filter(|link| link.probability() >= threshold)
        .collect();
    links.sort_unstable_by_key(|link| (link.left, link.right));
    links
}

/// Mentions that are one entity: shared by linked reports of one network.
fn entities(reports: &Reports, compared: &[Compared], prior: f32, networks: &[u32]) -> Vec<u32> {
    let mut forest = Forest::new(reports.mentions());
    for found in compared {
        let together = networks.get(found.left as usize) == networks.get(found.right as usize);
        for shared in &found.shared {
            if shared.bits + prior > 2.0 || (together && shared.bits > 6.0) {
                forest.join(shared.left, shared.right);
            }
        }
    }
    let mentions = u32::try_from(reports.mentions()).unwrap_or(u32::MAX);
    (0..mentions).map(|mention| forest.root(mention)).collect()
}
