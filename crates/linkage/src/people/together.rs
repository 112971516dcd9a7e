//! Records looked at together.
//!
//! Groups are joined one pair of groups at a time, most certain first, on the evidence of *all*
//! their records: for every field the mean over the pairs that know it. Two dates of birth or two
//! NHS numbers, each held by several records, therefore keep two groups apart whatever a single
//! pair says; and a record that fits two people equally well is given to neither.

use super::cluster::Eye;
use super::fields::FIELDS;
use super::link::Pair;
use super::model::CLASSES;
use super::weigh::against;

/// Groups of lower odds cannot be one person.
const APART: f32 = -8.0;
/// Odds that only a decision can give: they are not lessened by what records say.
const DECIDED: f32 = 500.0;

/// The evidence between two groups, added up so that joining groups only adds.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    bits: [[f32; FIELDS]; CLASSES],
    known: [f32; FIELDS],
    decided: f32,
}

impl Evidence {
    fn of(eye: Eye<'_>, left: u32, right: u32) -> Self {
        let (found, rarity) = eye.weigher.look(eye.table, eye.frequencies, left, right);
        let mut known = [0.0; FIELDS];
        for (field, slot) in known.iter_mut().enumerate() {
            *slot = if found.level(field) == 0 { 0.0 } else { 1.0 };
        }
        let decided = eye.decided.bits(left, right);
        Self { bits: eye.weigher.by_field(found, rarity), known, decided }
    }

    fn add(&mut self, other: &Self) {
        self.decided += other.decided;
        for (sums, bits) in self.bits.iter_mut().zip(&other.bits) {
            for (sum, bits) in sums.iter_mut().zip(bits) {
                *sum += bits;
            }
        }
        for (sum, known) in self.known.iter_mut().zip(&other.known) {
            *sum += known;
        }
    }

    fn odds(&self, priors: [f32; CLASSES]) -> f32 {
        if self.decided != 0.0 {
            return self.decided;
        }
        let mut classes = priors;
        for (class, bits) in classes.iter_mut().zip(&self.bits) {
            for (bits, known) in bits.iter().zip(&self.known) {
                if *known > 0.0 {
                    *class += bits / known;
                }
            }
        }
        against(classes)
    }
}

/// The records of one chain, the groups they are in, and the evidence between every two groups.
pub(crate) struct Together<'a> {
    records: &'a [u32],
    priors: [f32; CLASSES],
    group: Vec<usize>,
    alive: Vec<usize>,
    evidence: Vec<Evidence>,
    odds: Vec<f32>,
    /// For every two records the odds of the pair itself or of the groups that joined them.
    joined: Vec<f32>,
}

impl<'a> Together<'a> {
    pub(crate) fn new(eye: Eye<'_>, records: &'a [u32]) -> Self {
        let mut evidence = Vec::with_capacity(records.len() * records.len() / 2);
        for (place, right) in records.iter().enumerate() {
            for left in records.iter().take(place) {
                evidence.push(Evidence::of(eye, *left, *right));
            }
        }
        let group: Vec<usize> = (0..records.len()).collect();
        let priors = eye.weigher.priors();
        let odds: Vec<f32> = evidence.iter().map(|found| found.odds(priors)).collect();
        Self { records, priors, alive: group.clone(), group, evidence, joined: odds.clone(), odds }
    }

    /// Joins while it can, and gives every pair of records that came to be in one group.
    pub(crate) fn join(mut self, cut: f32) -> Vec<Pair> {
        while let Some((odds, left, right)) = self.best(cut) {
            self.merge(odds, left, right);
        }
        let mut pairs = Vec::new();
        for (place, right) in self.records.iter().enumerate() {
            for (other, left) in self.records.iter().enumerate().take(place) {
                if self.group.get(other) == self.group.get(place) {
                    let odds = self.joined.get(slot(other, place)).copied().unwrap_or_default();
                    pairs.push(Pair { left: *left, right: *right, odds });
                }
            }
        }
        pairs
    }

    fn odds(&self, left: usize, right: usize) -> f32 {
        self.odds.get(slot(left, right)).copied().unwrap_or(f32::MIN)
    }

    fn best(&self, cut: f32) -> Option<(f32, usize, usize)> {
        let mut best: Option<(f32, usize, usize)> = None;
        for (place, right) in self.alive.iter().enumerate() {
            for left in self.alive.iter().take(place) {
                let odds = self.odds(*left, *right);
                if odds < cut || best.is_some_and(|(most, ..)| odds <= most) {
                    continue;
                }
                let odds = if odds < DECIDED {
                    let rival = self.rival(*left, *right).max(self.rival(*right, *left));
                    odds - (1.0 + rival.exp2()).log2()
                } else {
                    odds
                };
                if odds >= cut && best.is_none_or(|(most, ..)| odds > most) {
                    best = Some((odds, *left, *right));
                }
            }
        }
        best
    }

    /// The best odds of a group with any group that cannot be the same person as the one it is
    /// offered: a record belongs to one person, so two that fit equally well fit neither surely.
    fn rival(&self, group: usize, offered: usize) -> f32 {
        let others = self.alive.iter().filter(|other| **other != group && **other != offered);
        let rivals = others.filter(|other| self.odds(offered, **other) < APART);
        rivals.map(|other| self.odds(group, *other)).fold(-60.0, f32::max)
    }

    fn merge(&mut self, odds: f32, left: usize, right: usize) {
        self.alive.retain(|group| *group != right);
        for other in self.alive.iter().filter(|other| **other != left) {
            let moved = self.evidence.get(slot(*other, right)).copied();
            let evidence = self.evidence.get_mut(slot(*other, left));
            let known = self.odds.get_mut(slot(*other, left));
            if let (Some(evidence), Some(moved), Some(known)) = (evidence, moved, known) {
                evidence.add(&moved);
                *known = evidence.odds(self.priors);
            }
        }
        let members = |of: usize| {
            let places = self.group.iter().enumerate().filter(move |(_, group)| **group == of);
            places.map(|(place, _)| place).collect::<Vec<usize>>()
        };
        let (ours, theirs) = (members(left), members(right));
        for theirs in &theirs {
            for ours in &ours {
                if let Some(joined) = self.joined.get_mut(slot(*ours, *theirs)) {
                    *joined = joined.max(odds);
                }
            }
            if let Some(group) = self.group.get_mut(*theirs) {
                *group = left;
            }
        }
    }
}

/// Where what is kept of two different places lies.
fn slot(left: usize, right: usize) -> usize {
    let (low, high) = (left.min(right), left.max(right));
    high * high.saturating_sub(1) / 2 + low
}
