//! Reports that hang together, as groups.

use std::collections::BTreeSet;

use crate::report::Network;

/// Reports that hang together, with what joins them; by their places in the network.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// The reports.
    pub reports: BTreeSet<usize>,
    /// What they share, and what stands in them.
    pub things: Vec<usize>,
}

/// The groups of a network, largest first. A thing in one report alone belongs to its report's.
#[must_use]
pub fn groups(network: &Network) -> Vec<Group> {
    let mut group_of: Vec<usize> = (0..network.pieces.len()).collect();
    let root = |of: &[usize], mut n: usize| {
        while let Some(up) = of.get(n).filter(|up| **up != n) {
            n = *up;
        }
        n
    };
    for thing in &network.things {
        let reports = thing.reports();
        let Some(first) = reports.first().map(|n| root(&group_of, *n)) else { continue };
        let mut low = first;
        for report in &reports {
            low = low.min(root(&group_of, *report));
        }
        for report in &reports {
            let top = root(&group_of, *report);
            if let Some(of) = group_of.get_mut(top) {
                *of = low;
            }
        }
    }
    let mut all: std::collections::BTreeMap<usize, Group> = std::collections::BTreeMap::new();
    for n in 0..network.pieces.len() {
        all.entry(root(&group_of, n)).or_default().reports.insert(n);
    }
    for (n, thing) in network.things.iter().enumerate() {
        if let Some(first) = thing.ties.first() {
            all.entry(root(&group_of, first.piece)).or_default().things.push(n);
        }
    }
    let mut groups: Vec<Group> = all.into_values().collect();
    groups.sort_by_key(|g| (std::cmp::Reverse(g.reports.len()), g.reports.first().copied()));
    groups
}
