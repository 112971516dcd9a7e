//! The whole way from reports to links, entities and networks.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::candidates::{Pair, candidates};
use super::common::{Change, Common};
use super::features::Reports;
use super::learn::{by_setting, learn};
use super::model::ReportModel;
use super::network::{DECIDED, LARGEST, communities};
use super::through::through_others;
use super::weigh::{Scales, Shared, total};
use crate::decisions::Verdict;
use crate::forest::Forest;
use crate::share_out::share_out;

/// How a run is made.
#[derive(Debug, Clone)]
pub struct Settings {
    /// A model to use; without one, what agreements are worth is learnt from the reports.
    pub model: Option<ReportModel>,
    /// Links are given back at this probability or better.
    pub threshold: f64,
    /// What people have decided about pairs of reports, by report number: reports of one matter
    /// are of one network, others never are, whatever they share. Pairs of which nobody is sure are
    /// left to the reports.
    pub decisions: Vec<(u32, u32, Verdict)>,
    /// How many threads share the work.
    pub threads: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { model: None, threshold: 0.5, decisions: Vec::new(), threads: 1 }
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
    /// What agreements were taken to be worth.
    pub model: ReportModel,
}

/// Two reports and what they share.
#[derive(Debug, Clone)]
pub(crate) struct Compared {
    pub(crate) left: u32,
    pub(crate) right: u32,
    /// Whether they were looked at together only because of their area or day.
    pub(crate) by_setting: bool,
    pub(crate) shared: Vec<Shared>,
}

impl Compared {
    pub(crate) fn pair(&self) -> (u32, u32) {
        (self.left, self.right)
    }

    /// What all that is shared is worth for the reports.
    pub(crate) fn worth(&self, model: &ReportModel) -> f32 {
        self.shared.iter().map(|shared| model.worth(shared.way, shared.bits)).sum()
    }
}

/// Pairs that share less than this many bits by themselves are forgotten at once.
const WORTH_KEEPING: f32 = 4.0;
/// A network is held together by links that are themselves likelier than not, so that each can be
/// shown for what it is. Fainter ones do not add up: many reports that know one common name share
/// one piece of evidence, not many.
const LIKELY: f32 = 0.5;
/// Candidate pairs that one piece of work takes.
const PAIRS_AT_ONCE: usize = 16_384;

/// Links reports.
#[must_use]
pub fn link(reports: &Reports, settings: &Settings) -> LinkedReports {
    let part_of = settings.model.as_ref().map_or(0, |model| model.part_of);
    let mut common = count(reports);
    common.part_of = part_of;
    let pairs = candidates(reports);
    let scales = Scales { reports, common: &common };
    let pieces: Vec<&[Pair]> = pairs.chunks(PAIRS_AT_ONCE).collect();
    let found = share_out(&pieces, settings.threads, |pairs| {
        pairs.iter().filter_map(|pair| compare(scales, pair)).collect::<Vec<Compared>>()
    });
    let compared: Vec<Compared> = found.into_iter().flatten().collect();
    let model = settings.model.clone().unwrap_or_else(|| learn(reports, &compared));
    let decided = Decided::new(&settings.decisions);
    let mut direct: Vec<ReportLink> = compared
        .iter()
        .map(|found| ReportLink {
            left: found.left,
            right: found.right,
            odds: decided
                .odds(found.pair())
                .unwrap_or_else(|| odds(reports, &common, &model, found)),
        })
        .collect();
    #[expect(clippy::cast_possible_truncation, reason = "a probability")]
    let held: Vec<(u32, u32, f32)> = direct
        .iter()
        .map(|link| (link.left, link.right, link.probability() as f32))
        .filter(|(left, right, held)| *held >= LIKELY && !decided.holds((*left, *right)))
        .chain(decided.links())
        .collect();
    let networks = communities(reports.len(), &held);
    let entities = entities(reports, &compared, &direct, &networks);
    direct.retain(|link| !decided.holds((link.left, link.right)));
    direct.extend(decided.same());
    let links = links(direct, &networks, settings.threshold);
    LinkedReports { links, networks, entities, compared: pairs.len() as u64, model }
}

/// Counts all values of the reports.
pub(crate) fn count(reports: &Reports) -> Common {
    let mut common = Common::default();
    for report in &reports.all {
        common.report(report, Change::In);
    }
    for (of, feature) in &reports.mentions {
        common.mention(&reports.report(*of), feature, Change::In);
    }
    common
}

/// What people have decided about pairs of reports.
struct Decided(BTreeMap<(u32, u32), bool>);

/// Odds, in bits, of what people decided.
const AS_DECIDED: f32 = 40.0;

impl Decided {
    fn new(decisions: &[(u32, u32, Verdict)]) -> Self {
        let sure = decisions.iter().filter(|(.., verdict)| *verdict != Verdict::NotSure);
        Self(sure.map(|(l, r, v)| ((*l.min(r), *l.max(r)), *v == Verdict::Same)).collect())
    }

    fn holds(&self, pair: (u32, u32)) -> bool {
        self.0.contains_key(&pair)
    }

    fn odds(&self, pair: (u32, u32)) -> Option<f32> {
        self.0.get(&pair).map(|same| if *same { AS_DECIDED } else { -AS_DECIDED })
    }

    fn links(&self) -> impl Iterator<Item = (u32, u32, f32)> {
        self.0.iter().map(|((l, r), same)| (*l, *r, if *same { DECIDED } else { -DECIDED }))
    }

    fn same(&self) -> impl Iterator<Item = ReportLink> {
        let same = self.0.iter().filter(|(_, same)| **same);
        same.map(|((left, right), _)| ReportLink { left: *left, right: *right, odds: AS_DECIDED })
    }
}

fn compare(scales: Scales<'_>, pair: &Pair) -> Option<Compared> {
    let (left, right) = (scales.reports.report(pair.left), scales.reports.report(pair.right));
    let shared = scales.shared(&left, &right);
    let kept = total(&shared) >= WORTH_KEEPING;
    let by_setting = by_setting(pair);
    kept.then_some(Compared { left: pair.left, right: pair.right, by_setting, shared })
}

fn odds(reports: &Reports, common: &Common, model: &ReportModel, found: &Compared) -> f32 {
    let (left, right) = (reports.report(found.left), reports.report(found.right));
    model.prior(reports.len())
        + found.worth(model)
        + model.setting.area(common, &left, &right)
        + model.setting.days(&left, &right)
}

/// Links at a probability or better: by what two reports share, or through the other reports of
/// their network.
fn links(direct: Vec<ReportLink>, networks: &[u32], threshold: f64) -> Vec<ReportLink> {
    let mut best: FxHashMap<(u32, u32), f32> = FxHashMap::default();
    for link in through_others(&direct, networks).into_iter().chain(direct) {
        let odds = best.entry((link.left, link.right)).or_insert(f32::MIN);
        *odds = odds.max(link.odds);
    }
    let mut links: Vec<ReportLink> = best
        .into_iter()
        .map(|((left, right), odds)| ReportLink { left, right, odds })
        .filter(|link| link.probability() >= threshold)
        .collect();
    links.sort_unstable_by_key(|link| (link.left, link.right));
    links
}

/// Mentions that are one entity: what is shared makes a link likely by itself; or the reports are
/// of one network, in which a mention is one of at most so many, and agreeing is worth more.
fn entities(
    reports: &Reports,
    compared: &[Compared],
    direct: &[ReportLink],
    networks: &[u32],
) -> Vec<u32> {
    #[expect(clippy::cast_precision_loss, reason = "one hundred")]
    let among = (LARGEST as f32).log2();
    let mut forest = Forest::new(reports.mentions());
    for (found, link) in compared.iter().zip(direct) {
        let together = networks.get(found.left as usize) == networks.get(found.right as usize);
        for shared in &found.shared {
            let alone = link.odds > 0.0 && found.shared.len() == 1;
            if alone || (together && shared.bits > among) {
                forest.join(shared.left, shared.right);
            }
        }
    }
    let mentions = u32::try_from(reports.mentions()).unwrap_or(u32::MAX);
    (0..mentions).map(|mention| forest.root(mention)).collect()
}
