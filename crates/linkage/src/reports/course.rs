//! Networks over time: which network is which after reports have come and gone, and what changed.
//!
//! A network keeps its name as long as most of what bears the name is in it. Names are numbers of
//! reports, so that nothing has to be counted anywhere: a new network is named after the smallest
//! of its reports whose number no network bears or has borne just before.

use std::collections::{BTreeMap, BTreeSet};

/// A network with its name and what changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// Its name: the number of a report.
    pub name: u128,
    /// Its reports, in order of their numbers.
    pub reports: Vec<u128>,
    /// Reports that were not in it before.
    pub joined: Vec<u128>,
    /// Reports that were in it before.
    pub left: Vec<u128>,
    /// Other networks of which reports have come into it.
    pub merged: Vec<u128>,
    /// The network from which this one was split off, where it is new.
    pub split_from: Option<u128>,
}

/// Gives the networks of now the names of before, given the name of the network of every report
/// that was in one. The order in which networks are given does not matter.
#[must_use]
pub fn carry_on(before: &BTreeMap<u128, u128>, now: &[Vec<u128>]) -> Vec<Course> {
    let mut groups: Vec<BTreeSet<u128>> =
        now.iter().map(|group| group.iter().copied().collect()).collect();
    groups.retain(|group| !group.is_empty());
    groups.sort();
    let mut shares: Vec<(usize, u128, usize)> = Vec::new();
    for (place, group) in groups.iter().enumerate() {
        let mut counts: BTreeMap<u128, usize> = BTreeMap::new();
        for name in group.iter().filter_map(|report| before.get(report)) {
            *counts.entry(*name).or_default() += 1;
        }
        shares.extend(counts.into_iter().map(|(name, count)| (count, name, place)));
    }
    // Most reports first; then the older name, then the group with the smaller reports.
    shares.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut name_of: BTreeMap<usize, u128> = BTreeMap::new();
    let mut taken: BTreeSet<u128> = BTreeSet::new();
    for (_, name, place) in &shares {
        if !taken.contains(name) && !name_of.contains_key(place) {
            name_of.insert(*place, *name);
            taken.insert(*name);
        }
    }
    // A name that once stood for a network is not given to another.
    let borne: BTreeSet<u128> = before.values().copied().collect();
    let mut courses = Vec::with_capacity(groups.len());
    for (place, group) in groups.iter().enumerate() {
        let from: BTreeSet<u128> =
            group.iter().filter_map(|report| before.get(report)).copied().collect();
        let kept = name_of.get(&place).copied();
        let free = |name: &u128| !borne.contains(name) && !taken.contains(name);
        let name = kept.or_else(|| group.iter().copied().find(free)).or_else(|| {
            // Other networks bear the numbers of all its reports: count down from the top.
            let top = !group.first().copied().unwrap_or_default();
            (0..=u128::MAX).map(|step| top.wrapping_sub(step)).find(free)
        });
        let name = name.unwrap_or_default();
        taken.insert(name);
        let was = |report: &u128| before.get(report) == Some(&name);
        let gone = before.iter().filter(|(report, of)| **of == name && !group.contains(report));
        courses.push(Course {
            name,
            joined: group.iter().filter(|report| !was(report)).copied().collect(),
            left: gone.map(|(report, _)| *report).collect(),
            merged: from.iter().filter(|of| **of != name).copied().collect(),
            split_from: if kept.is_some() { None } else { from.first().copied() },
            reports: group.iter().copied().collect(),
        });
    }
    courses.sort_by_key(|course| course.name);
    courses
}
