//! A growing index of reports: each new report finds at once the earlier ones that fit, strongest
//! first, with rows that add up, and nothing is computed anew.
//!
//! Reports are filed under the same keys as in a bulk run and weighed by the same scales, so a
//! report finds what the bulk run would have linked directly. How common values are is counted as
//! reports come and go, in whole numbers: the answers depend on which reports are there, never on
//! the order in which they came or on reports that were there once. The index lives in memory; it
//! is filled from wherever the reports are kept.
//!
//! A report may stand apart: it is found by those who may see it, and counted nowhere, so that it
//! changes nothing of what is found for anybody else.

use rustc_hash::{FxHashMap, FxHashSet};

use super::candidates::{KEYS, fold, keys};
use super::common::{Change, Common};
use super::features::{RawMention, Report, Reports};
use super::model::ReportModel;
use super::postings::Postings;
use super::read::{read_mention, read_report};
use super::{Settings, link};

/// One mention as it came.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen<'a> {
    /// As [`RawMention::kind`](super::RawMention::kind).
    pub kind: &'a str,
    /// The name, registration, number or handle as written.
    pub value: &'a str,
    /// Age of a person, make of a vehicle, street of a place.
    pub attr1: &'a str,
    /// Description of a person, colour of a vehicle, area of a place or street.
    pub attr2: &'a str,
}

/// One report as it came, under a number of the caller's.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a> {
    /// Any number that no other report has, such as an identifier of 128 bits.
    pub key: u128,
    /// The day it is about or was made, as `2024-06-30`, `2024-06` or `2024`; empty if unknown.
    pub date: &'a str,
    /// The area it is about; empty if unknown.
    pub area: &'a str,
    /// What it mentions, in order.
    pub mentions: &'a [Seen<'a>],
}

/// Reports that can be added to, taken from, corrected and asked.
#[derive(Debug)]
pub struct ReportIndex {
    pub(super) reports: Reports,
    pub(super) keys: Vec<u128>,
    pub(super) numbers: FxHashMap<u128, u32>,
    pub(super) common: Common,
    pub(super) filed: Postings,
    pub(super) apart: FxHashSet<u32>,
    pub(super) filed_apart: Postings,
    pub(super) model: ReportModel,
}

impl ReportIndex {
    /// An empty index that weighs by a model; the default model assumes and has learnt nothing.
    #[must_use]
    pub fn new(model: ReportModel) -> Self {
        let mut index = Self {
            reports: Reports::default(),
            keys: Vec::new(),
            numbers: FxHashMap::default(),
            common: Common::default(),
            filed: Postings::default(),
            apart: FxHashSet::default(),
            filed_apart: Postings::default(),
            model: ReportModel::default(),
        };
        index.use_model(model);
        index
    }

    /// How many reports are there.
    #[must_use]
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// Whether a report is there.
    #[must_use]
    pub fn contains(&self, key: u128) -> bool {
        self.numbers.contains_key(&key)
    }

    /// The model in use.
    #[must_use]
    pub fn model(&self) -> &ReportModel {
        &self.model
    }

    /// Weighs by another model from now on.
    pub fn use_model(&mut self, model: ReportModel) {
        self.common.part_of = model.part_of;
        self.model = model;
    }

    /// How many reports are there and counted: those that do not stand apart.
    #[must_use]
    pub fn counted(&self) -> usize {
        self.numbers.len() - self.apart.len()
    }

    /// Whether a report stands apart.
    #[must_use]
    pub fn is_apart(&self, key: u128) -> bool {
        self.numbers.get(&key).is_some_and(|number| self.apart.contains(number))
    }

    /// The reports that stand apart, in no order.
    pub fn all_apart(&self) -> impl Iterator<Item = u128> + '_ {
        self.apart.iter().filter_map(|number| self.keys.get(*number as usize)).copied()
    }

    /// Lets a report stand apart, or counts it again. Nothing happens where it is not there.
    pub fn set_apart(&mut self, key: u128, apart: bool) {
        let Some(number) = self.numbers.get(&key).copied() else { return };
        if self.apart.contains(&number) == apart {
            return;
        }
        let report = self.reports.report(number);
        self.take_out(number, &report);
        if apart {
            self.apart.insert(number);
        }
        self.put_in(number, &report);
    }

    /// Learns a model from the reports that are there, as a bulk run does, and weighs by it from
    /// now on. The reports that do not stand apart are taken, in the order of their numbers.
    pub fn learn(&mut self) {
        let settings = Settings { threshold: 0.5, ..Settings::default() };
        let part_of = self.model.part_of;
        let learnt = link(&self.in_order(), &settings).model;
        self.use_model(ReportModel { part_of, ..learnt });
    }

    /// Adds a report, in place of the one with its number if there is one: a correction.
    pub fn add(&mut self, piece: &Piece<'_>) {
        self.remove(piece.key);
        let number = u32::try_from(self.reports.all.len()).unwrap_or(u32::MAX);
        let mut report = read_report(&mut self.reports.lexicon, piece.date, piece.area);
        report.first = u32::try_from(self.reports.mentions.len()).unwrap_or(u32::MAX);
        for seen in piece.mentions {
            let raw = RawMention {
                mention_id: "",
                report_id: "",
                kind: seen.kind,
                value: seen.value,
                attr1: seen.attr1,
                attr2: seen.attr2,
            };
            let feature = read_mention(&mut self.reports.lexicon, &raw, report.year);
            report.learn_area(&feature);
            self.reports.mentions.push((number, feature));
        }
        report.end = u32::try_from(self.reports.mentions.len()).unwrap_or(u32::MAX);
        self.reports.all.push(report);
        self.keys.push(piece.key);
        self.numbers.insert(piece.key, number);
        self.put_in(number, &report);
    }

    fn put_in(&mut self, number: u32, report: &Report) {
        let apart = self.apart.contains(&number);
        if !apart {
            self.count(report, Change::In);
        }
        for key in self.filed_under(report) {
            let filed = if apart { &mut self.filed_apart } else { &mut self.filed };
            filed.file(key.1, number);
        }
    }

    fn take_out(&mut self, number: u32, report: &Report) {
        let apart = self.apart.remove(&number);
        if !apart {
            self.count(report, Change::Out);
        }
        for key in self.filed_under(report) {
            let filed = if apart { &mut self.filed_apart } else { &mut self.filed };
            filed.unfile(key.1, number);
        }
    }

    /// Takes a report out: it is found no more, and everything is as if it had never been there.
    /// Whether it was there.
    pub fn remove(&mut self, key: u128) -> bool {
        let Some(number) = self.numbers.remove(&key) else { return false };
        let report = self.reports.report(number);
        self.take_out(number, &report);
        if self.reports.all.len() > 2 * self.numbers.len() + 1024 {
            self.compact();
        }
        true
    }

    fn count(&mut self, report: &Report, change: Change) {
        self.common.report(report, change);
        for (_, feature) in self.reports.of(report) {
            self.common.mention(report, feature, change);
        }
    }

    /// Gives back the room of what was taken out.
    fn compact(&mut self) {
        let mut kept: Vec<(u128, u32)> = self.numbers.iter().map(|(k, n)| (*k, *n)).collect();
        kept.sort_unstable();
        let (mut all, mut mentions) = (Vec::new(), Vec::new());
        self.filed = Postings::default();
        self.filed_apart = Postings::default();
        let before = std::mem::take(&mut self.apart);
        self.keys = kept.iter().map(|(key, _)| *key).collect();
        for (place, (key, number)) in (0u32..).zip(&kept) {
            let mut report = self.reports.report(*number);
            let under = self.filed_under(&report);
            let own = self.reports.of(&report).iter().map(|(_, feature)| (place, *feature));
            report.first = u32::try_from(mentions.len()).unwrap_or(u32::MAX);
            mentions.extend(own);
            report.end = u32::try_from(mentions.len()).unwrap_or(u32::MAX);
            all.push(report);
            self.numbers.insert(*key, place);
            let apart = before.contains(number);
            if apart {
                self.apart.insert(place);
            }
            for key in under {
                let filed = if apart { &mut self.filed_apart } else { &mut self.filed };
                filed.file(key.1, place);
            }
        }
        (self.reports.all, self.reports.mentions) = (all, mentions);
    }

    /// The reports in the order of their numbers, for a bulk run.
    fn in_order(&self) -> Reports {
        let counted = self.numbers.iter().filter(|(_, number)| !self.apart.contains(*number));
        let mut kept: Vec<(u128, u32)> = counted.map(|(k, n)| (*k, *n)).collect();
        kept.sort_unstable();
        let mut reports = Reports { lexicon: self.reports.lexicon.clone(), ..Reports::default() };
        for (place, (_, number)) in (0u32..).zip(kept) {
            let mut report = self.reports.report(number);
            let own = self.reports.of(&report).iter().map(|(_, feature)| (place, *feature));
            let first = u32::try_from(reports.mentions.len()).unwrap_or(u32::MAX);
            reports.mentions.extend(own);
            report.first = first;
            report.end = u32::try_from(reports.mentions.len()).unwrap_or(u32::MAX);
            reports.all.push(report);
        }
        reports
    }

    /// The other reports that share a key with a report and may be seen, in order, each once. A key
    /// that too many share is not followed; of those that stand apart only the seen ones count.
    pub(super) fn sharing(&self, report: &Report, may: &dyn Fn(u128) -> bool) -> Vec<u32> {
        let mut others: Vec<u32> = Vec::new();
        for (most, key) in self.filed_under(report) {
            others.extend(self.filed.under(key, most));
            if !self.apart.is_empty() {
                let seen =
                    |other: &u32| self.keys.get(*other as usize).is_some_and(|key| may(*key));
                let apart: Vec<u32> =
                    self.filed_apart.under(key, usize::MAX).filter(seen).collect();
                if apart.len() <= most {
                    others.extend(apart);
                }
            }
        }
        others.sort_unstable();
        others.dedup();
        others
    }

    /// The places of mentions of a report that are filed under keys which too many share, and under
    /// no other.
    #[must_use]
    pub fn too_common(&self, key: u128) -> Vec<u32> {
        let Some(number) = self.numbers.get(&key) else { return Vec::new() };
        let report = self.reports.report(*number);
        let mut common = Vec::new();
        for (place, (_, feature)) in (0u32..).zip(self.reports.of(&report)) {
            let (mut any, mut rare) = (false, false);
            keys(&self.reports, &self.reports.lexicon, &report, feature, |kind, key| {
                let most = KEYS.get(usize::from(kind)).map_or(0, |(_, most)| *most);
                any = true;
                rare |= self.filed.count(fold([u64::from(kind), key])) <= most;
            });
            if any && !rare {
                common.push(place);
            }
        }
        common
    }

    /// The keys a report is filed under, each with the most reports that may share it.
    pub(super) fn filed_under(&self, report: &Report) -> Vec<(usize, u64)> {
        let mut under = Vec::new();
        for (_, feature) in self.reports.of(report) {
            keys(&self.reports, &self.reports.lexicon, report, feature, |kind, key| {
                let most = KEYS.get(usize::from(kind)).map_or(0, |(_, most)| *most);
                under.push((most, fold([u64::from(kind), key])));
            });
        }
        under.sort_unstable();
        under.dedup();
        under
    }
}
