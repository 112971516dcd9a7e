//! A growing index of people: each new record finds the records it may belong with at once,
//! strongest first, without anything being computed anew.
//!
//! Records are filed under the same keys as in a bulk run and weighed by the same model, so a
//! record finds what the bulk run would have proposed. How common values are is counted when the
//! index is built or [rebuilt](Index::rebuild); values new since then count as seen once.

use rustc_hash::FxHashMap;

use super::block::{RULE_NAMES, RULES, key};
use super::explain::{Explainer, Reckoning};
use super::link::Pair;
use super::model::Model;
use super::table::{RawRecord, Table, TableBuilder};
use super::weigh::{Frequencies, Weigher};

/// Records of people that can be added to, taken from and asked.
#[derive(Debug)]
pub struct Index {
    records: TableBuilder,
    removed: Vec<bool>,
    /// For every rule the records filed at the last rebuild, by key.
    filed: Vec<Vec<(u64, u32)>>,
    /// For every rule the records filed since.
    since: Vec<FxHashMap<u64, Vec<u32>>>,
    frequencies: Frequencies,
    weigher: Weigher,
    model: Model,
}

impl Index {
    /// An index over the records a builder has taken so far.
    #[must_use]
    pub fn new(mut records: TableBuilder, model: Model) -> Self {
        let table = records.so_far();
        let mut index = Self {
            removed: vec![false; table.len()],
            filed: Vec::new(),
            since: Vec::new(),
            frequencies: Frequencies::of(table),
            weigher: Weigher::new(&model),
            model,
            records,
        };
        index.file();
        index
    }

    /// Counts how common values are and files everything anew; nothing else changes.
    pub fn rebuild(&mut self) {
        self.frequencies = Frequencies::of(self.records.so_far());
        self.file();
    }

    fn file(&mut self) {
        let table = self.records.table();
        self.since = vec![FxHashMap::default(); RULES];
        self.filed = (0..RULES)
            .map(|rule| {
                let rows = (0u32..).zip(&table.rows).zip(&self.removed);
                let here = rows.filter(|(_, removed)| !**removed);
                let keyed = here.map(|((record, row), _)| (key(table, row, rule), record));
                let mut keyed: Vec<(u64, u32)> = keyed.filter(|(key, _)| *key != 0).collect();
                keyed.sort_unstable();
                keyed
            })
            .collect();
    }

    /// The records, removed ones included.
    #[must_use]
    pub fn table(&self) -> &Table {
        self.records.table()
    }

    /// Adds a record and gives its number.
    pub fn insert(&mut self, raw: &RawRecord<'_>) -> u32 {
        self.records.push(raw);
        self.removed.push(false);
        let table = self.records.table();
        let record = u32::try_from(table.len() - 1).unwrap_or(u32::MAX);
        let row = table.row(record);
        for (rule, since) in self.since.iter_mut().enumerate() {
            let key = key(table, &row, rule);
            if key != 0 {
                since.entry(key).or_default().push(record);
            }
        }
        record
    }

    /// Takes a record out: it is found no more. A correction is a removal and an insertion.
    pub fn remove(&mut self, record: u32) {
        if let Some(removed) = self.removed.get_mut(record as usize) {
            *removed = true;
        }
    }

    /// Records that may be the same person as a record, strongest first, at least of the odds (in
    /// bits) asked for, at most as many as asked for.
    #[must_use]
    pub fn ranked(&self, record: u32, least: f32, most: usize) -> Vec<Pair> {
        let mut found: Vec<Pair> = self
            .candidates(record)
            .into_iter()
            .filter_map(|other| {
                let (left, right) = (record.min(other), record.max(other));
                let odds = self.weigher.pair(self.table(), &self.frequencies, (left, right), least);
                odds.map(|odds| Pair { left, right, odds })
            })
            .collect();
        found.sort_unstable_by(|a, b| {
            b.odds.total_cmp(&a.odds).then((a.left, a.right).cmp(&(b.left, b.right)))
        });
        found.truncate(most);
        found
    }

    /// Why two records are, or are not, taken for one person.
    #[must_use]
    pub fn explain(&self, left: u32, right: u32) -> Reckoning {
        Explainer::of(self.table(), &self.frequencies, &self.weigher).explain(left, right)
    }

    /// The model in use.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    fn candidates(&self, record: u32) -> Vec<u32> {
        let table = self.records.table();
        let row = table.row(record);
        let mut found = Vec::new();
        let rules = self.filed.iter().zip(&self.since).zip(RULE_NAMES).enumerate();
        for (rule, ((filed, since), (_, most))) in rules {
            let key = key(table, &row, rule);
            if key == 0 {
                continue;
            }
            let start = filed.partition_point(|(filed, _)| *filed < key);
            let filed = filed.get(start..).unwrap_or_default();
            let filed = filed.iter().take_while(|(filed, _)| *filed == key);
            let since = since.get(&key).map(Vec::as_slice).unwrap_or_default();
            let before = found.len();
            found.extend(filed.map(|(_, record)| *record).chain(since.iter().copied()));
            if found.len() - before > most as usize {
                found.truncate(before);
            }
        }
        found.sort_unstable();
        found.dedup();
        let removed = |other: u32| self.removed.get(other as usize).copied().unwrap_or(true);
        found.retain(|other| *other != record && !removed(*other));
        found
    }
}
