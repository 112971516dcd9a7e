//! What people have decided about who is who, and what follows from it.
//!
//! A decision is about two things (records, mentions, entities) and is never erased: it can be
//! undone, and is then as if it had never been made. Everything else is computed from the
//! decisions that stand, so undoing one restores exactly what was. Nothing here joins anything on
//! its own account.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What somebody decided about two things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// They are one.
    Same,
    /// They are not.
    NotSame,
    /// It cannot be told; the question is not to be put again.
    NotSure,
}

/// The number of a decision, in the order in which they were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DecisionId(pub u64);

/// One decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// Its number.
    pub id: DecisionId,
    /// The smaller of the two things.
    pub left: u64,
    /// The greater of the two things.
    pub right: u64,
    /// What was decided.
    pub verdict: Verdict,
    /// Whether it was undone since.
    pub undone: bool,
}

/// All decisions ever made, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions(Vec<Decision>);

/// Two things decided to be different that other decisions make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The decision that says they are different.
    pub against: DecisionId,
    /// The shortest chain of decisions by which they would be one.
    pub chain: Vec<DecisionId>,
}

/// What may be suggested about two things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Nobody has decided: it may be asked.
    Open,
    /// This very question was decided.
    Decided(Verdict),
    /// They are one by other decisions.
    AlreadyOne,
    /// One of the things that are one with either was decided to be different from one of the
    /// things that are one with the other.
    KeptApart(DecisionId),
}

/// What follows from the decisions that stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    group: BTreeMap<u64, u64>,
    apart: BTreeMap<(u64, u64), DecisionId>,
    decided: BTreeMap<(u64, u64), Verdict>,
    /// Contradictions, for people to resolve: the things they touch stand alone meanwhile.
    pub contradictions: Vec<Contradiction>,
}

impl Decisions {
    /// Adds a decision. A later one about the same two things stands in place of an earlier one,
    /// which stands again if the later one is undone. A thing cannot be compared with itself.
    pub fn decide(&mut self, one: u64, other: u64, verdict: Verdict) -> Option<DecisionId> {
        if one == other {
            return None;
        }
        let id = DecisionId(self.0.len() as u64);
        let (left, right) = (one.min(other), one.max(other));
        self.0.push(Decision { id, left, right, verdict, undone: false });
        Some(id)
    }

    /// Undoes a decision; whether it stood until now.
    pub fn undo(&mut self, id: DecisionId) -> bool {
        let found = self.0.iter_mut().find(|decision| decision.id == id && !decision.undone);
        found.is_some_and(|decision| {
            decision.undone = true;
            true
        })
    }

    /// Every decision ever made, in order.
    #[must_use]
    pub fn history(&self) -> &[Decision] {
        &self.0
    }

    /// The decisions that stand: the last about each two things that was not undone.
    pub fn standing(&self) -> impl Iterator<Item = &Decision> {
        let mut last: BTreeMap<(u64, u64), &Decision> = BTreeMap::new();
        for decision in self.0.iter().filter(|decision| !decision.undone) {
            last.insert((decision.left, decision.right), decision);
        }
        last.into_values()
    }

    /// What follows from the decisions that stand.
    #[must_use]
    pub fn view(&self) -> View {
        let standing: Vec<&Decision> = self.standing().collect();
        let ties = ties(&standing);
        let mut group = groups(&ties);
        let mut contradictions = Vec::new();
        let mut disputed = BTreeSet::new();
        let different = standing.iter().filter(|decision| decision.verdict == Verdict::NotSame);
        for decision in different.clone() {
            let ours = group.get(&decision.left);
            if ours.is_some() && ours == group.get(&decision.right) {
                disputed.extend(ours.copied());
                let chain = chain(&ties, decision.left, decision.right);
                contradictions.push(Contradiction { against: decision.id, chain });
            }
        }
        group.retain(|_, of| !disputed.contains(of));
        let of = |thing: u64| group.get(&thing).copied().unwrap_or(thing);
        let mut apart = BTreeMap::new();
        for decision in different {
            let (left, right) = (of(decision.left), of(decision.right));
            apart.entry((left.min(right), left.max(right))).or_insert(decision.id);
        }
        let decided =
            standing.iter().map(|decision| ((decision.left, decision.right), decision.verdict));
        View { decided: decided.collect(), group, apart, contradictions }
    }
}

impl View {
    /// The smallest thing that is one with this thing by people's decisions; itself where none is.
    #[must_use]
    pub fn group_of(&self, thing: u64) -> u64 {
        self.group.get(&thing).copied().unwrap_or(thing)
    }

    /// What may be asked about two things.
    #[must_use]
    pub fn question(&self, one: u64, other: u64) -> Question {
        if let Some(verdict) = self.decided.get(&(one.min(other), one.max(other))) {
            return Question::Decided(*verdict);
        }
        let (left, right) = (self.group_of(one), self.group_of(other));
        if left == right {
            return Question::AlreadyOne;
        }
        let apart = self.apart.get(&(left.min(right), left.max(right)));
        apart.map_or(Question::Open, |id| Question::KeptApart(*id))
    }
}

type Ties = BTreeMap<u64, Vec<(u64, DecisionId)>>;

fn ties(standing: &[&Decision]) -> Ties {
    let mut ties = Ties::new();
    for decision in standing.iter().filter(|decision| decision.verdict == Verdict::Same) {
        ties.entry(decision.left).or_default().push((decision.right, decision.id));
        ties.entry(decision.right).or_default().push((decision.left, decision.id));
    }
    ties
}

/// Every tied thing with the smallest thing it is tied to by any chain.
fn groups(ties: &Ties) -> BTreeMap<u64, u64> {
    let mut group = BTreeMap::new();
    for start in ties.keys() {
        if group.contains_key(start) {
            continue;
        }
        let mut open = vec![*start];
        while let Some(thing) = open.pop() {
            if group.insert(thing, *start).is_none() {
                open.extend(ties.get(&thing).into_iter().flatten().map(|(other, _)| *other));
            }
        }
    }
    group
}

/// The shortest chain of decisions from one thing to another.
fn chain(ties: &Ties, from: u64, to: u64) -> Vec<DecisionId> {
    let mut before: BTreeMap<u64, (u64, DecisionId)> = BTreeMap::new();
    let mut open = VecDeque::from([from]);
    while let Some(thing) = open.pop_front() {
        for (other, id) in ties.get(&thing).into_iter().flatten() {
            if *other != from && !before.contains_key(other) {
                before.insert(*other, (thing, *id));
                open.push_back(*other);
            }
        }
    }
    let mut chain = Vec::new();
    let mut at = to;
    while let Some((thing, id)) = before.get(&at) {
        chain.push(*id);
        at = *thing;
    }
    chain.reverse();
    chain
}
