//! Which pairs are worth comparing: records that share a key of at least one rule.

use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

use super::table::{Row, Table};
use crate::column::at;

/// How many rules there are.
pub(crate) const RULES: usize = 13;

/// The rules by name, in the order in which they are tried, with the most records that may share
/// one key. A key that more records share is too common to mean anything and proposes nothing.
pub const RULE_NAMES: [(&str, u32); RULES] = [
    ("nhs_number", 40),
    ("phone", 40),
    ("birth day + sound of surname", 200),
    ("birth day + full form of given name", 200),
    ("sounds of both names in any order + birth year", 200),
    ("sounds of both names in any order + postcode district", 120),
    ("house number + street + postcode", 60),
    ("postcode + full form of given name", 80),
    ("sounds of both names in any order", 40),
    ("birth year + day and month in any order + initial", 120),
    ("birth day and month + surname + initial", 60),
    ("surname + birth year + postcode district", 120),
    ("house number + street + full form of given name", 60),
];

/// For every rule the records grouped by key, and for every record its group in every rule.
#[derive(Debug)]
pub(crate) struct Blocks {
    rules: Vec<Rule>,
    groups: Vec<Groups>,
}

/// The group of one record in every rule, 0 for none: one cache line.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct Groups([u32; 16]);

#[derive(Debug, Default)]
struct Rule {
    members: Vec<u32>,
    ends: Vec<u32>,
}

impl Blocks {
    pub(crate) fn build(table: &Table) -> Self {
        let mut groups = vec![Groups::default(); table.len()];
        let mut rules = Vec::with_capacity(RULES);
        let mut keyed: Vec<(u64, u32)> = Vec::with_capacity(table.len());
        for (number, (_, most)) in RULE_NAMES.iter().enumerate() {
            keyed.clear();
            for (record, row) in (0u32..).zip(&table.rows) {
                let key = key(table, row, number);
                if key != 0 {
                    keyed.push((key, record));
                }
            }
            keyed.sort_unstable();
            rules.push(gather(&keyed, *most, number, &mut groups));
        }
        Self { rules, groups }
    }

    /// How many groups a rule has.
    pub(crate) fn groups_of(&self, rule: usize) -> usize {
        self.rules.get(rule).map_or(0, |rule| rule.ends.len())
    }

    /// How many pairs all rules propose, those that several propose counted as often.
    pub(crate) fn proposals(&self) -> u64 {
        let sizes = self.rules.iter().flat_map(|rule| {
            let starts = std::iter::once(&0).chain(&rule.ends);
            starts.zip(&rule.ends).map(|(start, end)| u64::from(end - start))
        });
        sizes.map(|size| size * (size - 1) / 2).sum()
    }

    /// Calls back for every pair of the groups that no earlier rule proposes, the smaller record
    /// number first.
    pub(crate) fn pairs(
        &self,
        rule: usize,
        groups: impl Iterator<Item = usize>,
        mut each: impl FnMut(u32, u32),
    ) {
        let Some(found) = self.rules.get(rule) else { return };
        let mut earlier = Groups::default();
        for slot in earlier.0.iter_mut().take(rule) {
            *slot = u32::MAX;
        }
        for group in groups {
            let start = group.checked_sub(1).and_then(|before| found.ends.get(before)).copied();
            let end = found.ends.get(group).copied().unwrap_or_default();
            let span = start.unwrap_or_default() as usize..end as usize;
            let members = found.members.get(span).unwrap_or_default();
            for (place, left) in members.iter().enumerate() {
                let ours = at(&self.groups, *left);
                for right in members.get(place + 1..).unwrap_or_default() {
                    if !met(&ours, &at(&self.groups, *right), &earlier) {
                        each(*left, *right);
                    }
                }
            }
        }
    }
}

/// Whether two records share a group of an earlier rule.
fn met(left: &Groups, right: &Groups, earlier: &Groups) -> bool {
    let lanes = left.0.iter().zip(&right.0).zip(&earlier.0);
    lanes.fold(0, |met, ((l, r), e)| met | (u32::from(l == r).wrapping_neg() & l & e)) != 0
}

fn gather(keyed: &[(u64, u32)], most: u32, rule: usize, groups: &mut [Groups]) -> Rule {
    let mut found = Rule::default();
    for group in keyed.chunk_by(|(l, _), (r, _)| l == r) {
        if group.len() < 2 || group.len() > most as usize {
            continue;
        }
        let number = u32::try_from(found.ends.len() + 1).unwrap_or(u32::MAX);
        for (_, record) in group {
            found.members.push(*record);
            let slot = groups.get_mut(*record as usize).and_then(|of| of.0.get_mut(rule));
            if let Some(slot) = slot {
                *slot = number;
            }
        }
        found.ends.push(u32::try_from(found.members.len()).unwrap_or(u32::MAX));
    }
    found
}

fn hash(parts: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    parts.hash(&mut hasher);
    hasher.finish() | 1
}

/// The key of a record under a rule; 0 where a part is unknown.
pub(crate) fn key(table: &Table, row: &Row, rule: usize) -> u64 {
    let words = &table.lexicon;
    let given = words.features(row.given[0]);
    let heard = words.features(row.surname[2]).sound;
    let postcode = table.postcodes.value(row.postcode);
    let district = postcode >> 24;
    let (year, month, day) = (row.born / 10_000, row.born / 100 % 100, row.born % 100);
    let initial = words.text(row.given[0]).first().copied().unwrap_or_default();
    let both = || {
        let own = words.features(row.surname[2]).canon;
        (given.canon.min(own), given.canon.max(own))
    };
    let named = given.canon != 0 && words.features(row.surname[2]).canon != 0;
    let whole_address = row.street != 0 && row.number != 0;
    let when = |known: bool, key: u64| if known { key } else { 0 };
    match rule {
        0 => when(row.nhs != 0, u64::from(row.nhs)),
        1 => when(row.phone != 0, u64::from(row.phone)),
        2 => when(row.born != 0 && heard != 0, hash((row.born, heard))),
        3 => when(row.born != 0 && given.canon != 0, hash((row.born, given.canon))),
        4 => when(named && year != 0, hash((both(), year))),
        5 => when(named && district != 0, hash((both(), district))),
        6 => when(whole_address && postcode != 0, hash((row.number, row.street, row.postcode))),
        7 => when(postcode != 0 && given.canon != 0, hash((row.postcode, given.canon))),
        8 => when(named, hash(both())),
        9 => when(year != 0 && initial != 0, hash((year, month.min(day), month.max(day), initial))),
        10 => when(
            year != 0 && initial != 0 && row.surname[2] != 0,
            hash((month, day, row.surname[2], initial)),
        ),
        11 => when(
            year != 0 && district != 0 && row.surname[2] != 0,
            hash((year, district, row.surname[2])),
        ),
        12 => when(whole_address && given.canon != 0, hash((row.number, row.street, given.canon))),
        _ => 0,
    }
}
