//! What a network is about: which shared things hold it together, in words, its weakest bridge,
//! its course in time, the areas it crosses, the people in it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::common::Common;
use super::evidence::{About, Row};
use super::features::{Feature, Report, Reports};
use super::link::{LinkedReports, count};
use super::model::ReportModel;
use super::network::LARGEST;
use super::weigh::Scales;
use crate::forest::Forest;

/// What a mention is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ThingKind {
    /// A person.
    Person,
    /// A vehicle.
    Vehicle,
    /// A telephone number.
    Number,
    /// A venue or street.
    Place,
    /// A handle, an address, a reference, another number.
    Mark,
}

/// Something that several reports of a network share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SharedThing {
    /// What it is.
    pub kind: ThingKind,
    /// The mentions of it, by report number and place in the report.
    pub mentions: Vec<(u32, u32)>,
    /// How many reports mention it.
    pub reports: usize,
    /// What the strongest agreement is worth for two reports, in bits.
    pub bits: f32,
    /// In words, without any value.
    pub words: String,
}

/// The place where a network would come apart first.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bridge {
    /// One report.
    pub left: u32,
    /// The other report.
    pub right: u32,
    /// Odds in bits of the strongest link between the two parts.
    pub odds: f32,
    /// How many reports stand on either side of it.
    pub parts: (usize, usize),
}

/// What a network is about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Story {
    /// Its reports in order of time, those without a date last, each with its date.
    pub timeline: Vec<(u32, Option<String>)>,
    /// The areas it crosses, folded to lower case, by number of reports.
    pub areas: Vec<(String, usize)>,
    /// What holds it together, strongest first.
    pub shared: Vec<SharedThing>,
    /// Where it would come apart first; none for a single report.
    pub weakest: Option<Bridge>,
    /// People noted as under eighteen at the time, as far as mentions of one person were joined.
    pub children: usize,
    /// People noted as eighteen or older.
    pub adults: usize,
    /// People without a noted age.
    pub of_unknown_age: usize,
}

/// Tells what a network of reports, out of so many, is about. Reports are laid beside each other in
/// the order given.
pub(crate) fn tell(
    reports: &Reports,
    common: &Common,
    model: &ReportModel,
    members: &[u32],
    among: usize,
) -> Story {
    let scales = Scales { reports, common };
    let mut found = Meetings { among, ..Meetings::default() };
    for (place, right) in members.iter().enumerate() {
        for left in members.iter().take(place) {
            found.meet(scales, model, (*left, *right));
        }
    }
    let things = things(reports, members, &found);
    let weakest = weakest(members, &found.links);
    let mut timeline: Vec<(u32, Option<String>)> =
        members.iter().map(|member| (*member, date(reports.report(*member).day))).collect();
    timeline.sort_by_key(|(report, date)| (date.is_none(), date.clone(), *report));
    let (children, adults, of_unknown_age) = ages(reports, members, &found);
    let areas = areas(reports, members);
    Story { timeline, areas, shared: things, weakest, children, adults, of_unknown_age }
}

/// What the networks of a run are about, those of three reports and more, by their first report.
pub fn stories(reports: &Reports, found: &LinkedReports) -> impl Iterator<Item = (u32, Story)> {
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (report, network) in (0u32..).zip(&found.networks) {
        members.entry(*network).or_default().push(report);
    }
    members.retain(|_, members| members.len() >= 3);
    let mut common = count(reports);
    common.part_of = found.model.part_of;
    members.into_iter().map(move |(network, members)| {
        (network, tell(reports, &common, &found.model, &members, reports.len()))
    })
}

/// Two mentions that agree, by number, and what that is worth.
struct Meeting {
    left: u32,
    right: u32,
    bits: f32,
    words: BTreeSet<&'static str>,
}

#[derive(Default)]
struct Meetings {
    /// How many reports there are in all.
    among: usize,
    links: Vec<(u32, u32, f32)>,
    all: Vec<Meeting>,
}

impl Meetings {
    fn meet(&mut self, scales: Scales<'_>, model: &ReportModel, (left, right): (u32, u32)) {
        #[expect(clippy::cast_precision_loss, reason = "one hundred")]
        let among = (LARGEST as f32).log2();
        let (l, r) = (scales.reports.report(left), scales.reports.report(right));
        let shared = scales.shared(&l, &r);
        let worth = |way, bits| model.worth(way, bits);
        let odds = model.prior(self.among)
            + shared.iter().map(|shared| worth(shared.way, shared.bits)).sum::<f32>()
            + model.setting.area(scales.common, &l, &r)
            + model.setting.days(&l, &r);
        self.links.push((left, right, odds));
        for shared in shared.iter().filter(|shared| shared.bits > among) {
            let mut rows: Vec<Row> = Vec::new();
            scales.explain(shared, &l, &r, &mut rows);
            let said = rows.iter().filter(|row| row.bits > 0.0 && row.about != About::Holders);
            self.all.push(Meeting {
                left: shared.left,
                right: shared.right,
                bits: worth(shared.way, shared.bits),
                words: said.map(|row| row.words).collect(),
            });
        }
    }

    /// Mentions that are one, by the smallest number of each.
    fn joined(&self) -> BTreeMap<u32, Vec<u32>> {
        let mut all: Vec<u32> = self.all.iter().flat_map(|met| [met.left, met.right]).collect();
        all.sort_unstable();
        all.dedup();
        let place = |mention: u32| all.binary_search(&mention).unwrap_or_default();
        let number = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        let mut forest = Forest::new(all.len());
        for met in &self.all {
            forest.join(number(place(met.left)), number(place(met.right)));
        }
        let mut joined: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (place, mention) in all.iter().enumerate() {
            joined.entry(forest.root(number(place))).or_default().push(*mention);
        }
        joined.into_values().filter_map(|of| Some((*of.first()?, of))).collect()
    }
}

fn things(reports: &Reports, members: &[u32], found: &Meetings) -> Vec<SharedThing> {
    let mut things: Vec<SharedThing> = Vec::new();
    for mentions in found.joined().into_values() {
        let inside = |met: &&Meeting| mentions.binary_search(&met.left).is_ok();
        let words: BTreeSet<&str> =
            found.all.iter().filter(inside).flat_map(|met| met.words.iter().copied()).collect();
        let bits = found.all.iter().filter(inside).map(|met| met.bits).fold(0.0, f32::max);
        let placed: Vec<(u32, u32)> =
            mentions.iter().filter_map(|mention| place_of(reports, members, *mention)).collect();
        let within: BTreeSet<u32> = placed.iter().map(|(report, _)| *report).collect();
        let kind = mentions.first().and_then(|first| kind(reports, *first));
        let Some(kind) = kind else { continue };
        let said: Vec<&str> = words.into_iter().collect();
        let words = format!("{} in {} reports: {}", name(kind), within.len(), said.join(", "));
        things.push(SharedThing { kind, mentions: placed, reports: within.len(), bits, words });
    }
    things.sort_by(strongest_first);
    things
}

/// The order of what holds a network together.
pub(crate) fn strongest_first(a: &SharedThing, b: &SharedThing) -> std::cmp::Ordering {
    b.bits.total_cmp(&a.bits).then(b.reports.cmp(&a.reports)).then(a.mentions.cmp(&b.mentions))
}

fn name(kind: ThingKind) -> &'static str {
    match kind {
        ThingKind::Person => "One person",
        ThingKind::Vehicle => "One vehicle",
        ThingKind::Number => "One telephone number",
        ThingKind::Place => "One place",
        ThingKind::Mark => "One handle, address or reference",
    }
}

fn kind(reports: &Reports, mention: u32) -> Option<ThingKind> {
    let (_, feature) = reports.mentions.get(mention as usize)?;
    match feature {
        Feature::Person { .. } => Some(ThingKind::Person),
        Feature::Vehicle { .. } => Some(ThingKind::Vehicle),
        Feature::Phone(_) => Some(ThingKind::Number),
        Feature::Place { .. } | Feature::Street { .. } => Some(ThingKind::Place),
        Feature::Mark { .. } => Some(ThingKind::Mark),
        Feature::Other => None,
    }
}

fn place_of(reports: &Reports, members: &[u32], mention: u32) -> Option<(u32, u32)> {
    let of = |member: &&u32| {
        let report = reports.report(**member);
        (report.first..report.end).contains(&mention)
    };
    let member = members.iter().find(of)?;
    Some((*member, mention - reports.report(*member).first))
}

/// The weakest link of the strongest tree (Kruskal 1956): whatever else links the two parts that
/// it holds together is weaker still.
fn weakest(members: &[u32], links: &[(u32, u32, f32)]) -> Option<Bridge> {
    let places: BTreeMap<u32, u32> = members.iter().copied().zip(0u32..).collect();
    let place = |report: u32| places.get(&report).copied().unwrap_or_default();
    let mut strongest: Vec<&(u32, u32, f32)> = links.iter().collect();
    strongest.sort_by(|a, b| {
        b.2.total_cmp(&a.2).then((place(a.0), place(a.1)).cmp(&(place(b.0), place(b.1))))
    });
    let mut forest = Forest::new(members.len());
    let mut last = None;
    let mut left_of_last = 0;
    for (left, right, odds) in strongest {
        let (l, r) = (place(*left), place(*right));
        if forest.root(l) == forest.root(r) {
            continue;
        }
        let root = forest.root(l);
        let count = (0..members.len())
            .filter(|place| forest.root(u32::try_from(*place).unwrap_or(u32::MAX)) == root);
        left_of_last = count.count();
        last = Some((*left, *right, *odds));
        forest.join(l, r);
    }
    let parts = (left_of_last, members.len() - left_of_last);
    last.map(|(left, right, odds)| Bridge { left, right, odds, parts })
}

fn ages(reports: &Reports, members: &[u32], found: &Meetings) -> (usize, usize, usize) {
    let joined = found.joined();
    let mut first_of: BTreeMap<u32, u32> = BTreeMap::new();
    for (first, mentions) in &joined {
        first_of.extend(mentions.iter().map(|mention| (*mention, *first)));
    }
    let mut people: BTreeMap<u32, Option<u16>> = BTreeMap::new();
    for member in members {
        let report = reports.report(*member);
        for (mention, (_, feature)) in (report.first..).zip(reports.of(&report)) {
            if let Feature::Person { born, .. } = feature {
                let one = first_of.get(&mention).copied().unwrap_or(mention);
                let age = (*born != 0).then(|| report.year.saturating_sub(*born));
                let known = people.entry(one).or_default();
                *known = (*known).into_iter().chain(age).min();
            }
        }
    }
    let count = |which: fn(&Option<u16>) -> bool| people.values().filter(|age| which(age)).count();
    let children = count(|age| age.is_some_and(|age| age < 18));
    let adults = count(|age| age.is_some_and(|age| age >= 18));
    (children, adults, count(Option::is_none))
}

fn areas(reports: &Reports, members: &[u32]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for member in members {
        let Report { area, .. } = reports.report(*member);
        if area != 0 {
            let text = String::from_utf8_lossy(reports.lexicon.text(area)).into_owned();
            *counts.entry(text).or_default() += 1;
        }
    }
    let mut areas: Vec<(String, usize)> = counts.into_iter().collect();
    areas.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    areas
}

/// The date of a day as reports count them.
fn date(day: u32) -> Option<String> {
    let rest = day.checked_sub(32)?;
    let (year, month, day) = (rest / 372, rest % 372 / 31 + 1, rest % 31 + 1);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}
