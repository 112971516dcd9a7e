//! The network around one report of an index, found without going through all the others.

use std::collections::{BTreeMap, BTreeSet};

use super::ask::{Asking, Found};
use super::index::ReportIndex;
use super::network::{DECIDED, communities};
use super::story::{Story, strongest_first, tell};
use crate::decisions::Verdict;

/// Reports looked at around one; a network has at most a hundred.
const NEIGHBOURHOOD: usize = 400;
/// Even odds, in bits: fainter links hold nothing together.
const LIKELY: f32 = 0.0;

/// A network around a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Around {
    /// Its reports by number, in order.
    pub reports: Vec<u128>,
    /// What it is about; the numbers in it are places in `reports`.
    pub story: Story,
}

/// How to look around.
pub struct Looking<'a> {
    /// Which reports may be seen.
    pub may: &'a dyn Fn(u128) -> bool,
    /// What people have decided about two reports.
    pub decided: &'a dyn Fn(u128, u128) -> Option<Verdict>,
    /// What people have decided about two mentions, by report and place.
    pub mentions: &'a dyn Fn((u128, u32), (u128, u32)) -> Option<Verdict>,
}

impl std::fmt::Debug for Looking<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Looking")
    }
}

impl Default for Looking<'_> {
    fn default() -> Self {
        Self { may: &|_| true, decided: &|_, _| None, mentions: &|_, _| None }
    }
}

impl ReportIndex {
    /// The network around a report: what hangs together with it, nearest first, as far as whoever
    /// looks may see, and what that is about. Nothing where the report is not there.
    #[must_use]
    pub fn around(&self, key: u128, looking: &Looking<'_>) -> Option<Around> {
        if !self.contains(key) || !(looking.may)(key) {
            return None;
        }
        let mut links: BTreeMap<(u128, u128), f32> = BTreeMap::new();
        let mut seen: BTreeSet<u128> = BTreeSet::from([key]);
        let mut open = vec![key];
        // One ring of neighbours after the other, each in order of numbers.
        while !open.is_empty() && seen.len() < NEIGHBOURHOOD {
            let mut next = BTreeSet::new();
            for from in open {
                for found in self.neighbours(from, looking) {
                    let strength = match found.decided {
                        Some(Verdict::Same) => DECIDED,
                        _ => probability(&found),
                    };
                    links.insert((from.min(found.key), from.max(found.key)), strength);
                    next.insert(found.key);
                }
            }
            open = next.into_iter().filter(|key| seen.insert(*key)).collect();
        }
        let seen: Vec<u128> = seen.into_iter().collect();
        let place =
            |key: u128| seen.binary_search(&key).ok().and_then(|place| u32::try_from(place).ok());
        let mut placed: Vec<(u32, u32, f32)> = Vec::new();
        for ((left, right), strength) in links {
            if let (Some(left), Some(right)) = (place(left), place(right)) {
                placed.push((left, right, strength));
            }
        }
        for (right, theirs) in (0u32..).zip(&seen) {
            for (left, ours) in (0..right).zip(&seen) {
                if (looking.decided)(*ours, *theirs) == Some(Verdict::NotSame) {
                    placed.push((left, right, -DECIDED));
                }
            }
        }
        let networks = communities(seen.len(), &placed);
        let own = networks.get(place(key)? as usize).copied()?;
        let together = seen.iter().zip(&networks).filter(|(_, network)| **network == own);
        let reports: Vec<u128> = together.map(|(key, _)| *key).collect();
        Some(Around { story: self.story(&reports), reports })
    }

    /// What reports are about together; the numbers in it are places among those given.
    #[must_use]
    pub fn story(&self, reports: &[u128]) -> Story {
        let of = |key: &u128| self.numbers.get(key).copied();
        let numbers: Vec<u32> = reports.iter().filter_map(of).collect();
        let mut story = tell(&self.reports, &self.common, &self.model, &numbers, self.counted());
        let place = |number: u32| {
            let key = self.keys.get(number as usize);
            let place = reports.iter().position(|report| Some(report) == key);
            place.and_then(|place| u32::try_from(place).ok()).unwrap_or(u32::MAX)
        };
        for (report, _) in &mut story.timeline {
            *report = place(*report);
        }
        for thing in &mut story.shared {
            for (report, _) in &mut thing.mentions {
                *report = place(*report);
            }
            thing.mentions.sort_unstable();
        }
        story.shared.sort_by(strongest_first);
        story.timeline.sort_by_key(|(report, date)| (date.is_none(), date.clone(), *report));
        if let Some(bridge) = &mut story.weakest {
            (bridge.left, bridge.right) = (place(bridge.left), place(bridge.right));
            if bridge.left > bridge.right {
                (bridge.left, bridge.right) = (bridge.right, bridge.left);
                bridge.parts = (bridge.parts.1, bridge.parts.0);
            }
        }
        story
    }

    fn neighbours(&self, key: u128, looking: &Looking<'_>) -> Vec<Found> {
        let decided = |other| (looking.decided)(key, other);
        let mentions = |place, theirs| (looking.mentions)((key, place), theirs);
        self.similar(
            key,
            &Asking {
                least: LIKELY,
                most: NEIGHBOURHOOD,
                may: looking.may,
                decided: &decided,
                mentions: &mentions,
            },
        )
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a probability")]
fn probability(found: &Found) -> f32 {
    found.probability() as f32
}
