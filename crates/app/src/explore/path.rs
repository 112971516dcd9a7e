//! The shortest way between two things: from thing to report to thing.

use std::collections::{HashMap, VecDeque};

use crate::report::{Network, Piece, Thing};

/// One step of a way: two things that stand in one report.
#[derive(Debug, Clone)]
pub struct Hop {
    /// The place of the thing it starts at.
    pub from: usize,
    /// The place of the report.
    pub report: usize,
    /// The place of the thing it leads to.
    pub to: usize,
}

impl Hop {
    /// In a sentence, with the report that says so.
    #[must_use]
    pub fn words(&self, network: &Network) -> Option<(String, Piece)> {
        let name = |n: usize| network.things.get(n).map(|thing: &Thing| thing.name.clone());
        let piece = network.pieces.get(self.report)?.clone();
        Some((format!("{} and {} stand in one report", name(self.from)?, name(self.to)?), piece))
    }
}

/// The shortest way from one thing to another, by a mention of each; none when there is none, or
/// either is not there. The way over the reports of the earliest places is taken among equals.
#[must_use]
pub fn shortest(network: &Network, from: i64, to: i64) -> Option<Vec<Hop>> {
    let find = |mention: i64| {
        network.things.iter().position(|t| t.ties.iter().any(|tie| tie.mention.number == mention))
    };
    let (start, end) = (find(from)?, find(to)?);
    let mut in_report: HashMap<usize, Vec<usize>> = HashMap::new();
    for (n, thing) in network.things.iter().enumerate() {
        for report in thing.reports() {
            in_report.entry(report).or_default().push(n);
        }
    }
    let mut came: HashMap<usize, Hop> = HashMap::new();
    let mut open = VecDeque::from([start]);
    while let Some(at) = open.pop_front() {
        if at == end {
            break;
        }
        for report in network.things.get(at)?.reports() {
            for next in in_report.get(&report).into_iter().flatten() {
                if *next != start && !came.contains_key(next) {
                    came.insert(*next, Hop { from: at, report, to: *next });
                    open.push_back(*next);
                }
            }
        }
    }
    let mut way = Vec::new();
    let mut at = end;
    while at != start {
        let hop = came.get(&at)?.clone();
        at = hop.from;
        way.push(hop);
    }
    way.reverse();
    Some(way)
}
