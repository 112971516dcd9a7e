//! Candidate networks: reports that hang together by more than one common thing.
//!
//! Communities under the constant Potts model (Traag, Van Dooren and Nesterov 2011): a report is
//! moved to the group whose links to it outweigh what a group of that size must show. One link
//! between two large groups is a bridge and not enough to make them one; links are probabilities,
//! in which hubs already count for little.

use rustc_hash::FxHashMap;

use crate::forest::Forest;

/// No network is larger than this: it would be a list of everything, not a lead.
pub(crate) const LARGEST: usize = 100;
/// What the links of a report to a group, or between two groups, must add up to before they are
/// made one: even odds.
const JOIN: f32 = 0.5;
/// What they must bring beyond that for every pair of reports between the two: the more pairs
/// there are, the likelier it is that one of them is linked wrongly. One sure link joins two groups
/// of seven, but is a bridge and not enough between larger ones; a report that joins a network of
/// the largest size must bring one sure link more than one that joins a single report. Networks
/// hang together by chains, so most pairs of a network have no link of their own.
const DENSITY: f32 = 0.01;

/// The strength of a link that people decided, and, taken negative, of one that they decided
/// against: more than all others of a network together.
pub(crate) const DECIDED: f32 = 1_000_000.0;

/// A link between two reports by place, and its probability.
pub(crate) type Link = (u32, u32, f32);

/// The group of each of that many reports: the smallest report number in it.
pub(crate) fn communities(size: usize, links: &[Link]) -> Vec<u32> {
    let (mut group, mut graph) = decided(size, links);
    loop {
        let moved = graph.settle();
        let (names, smaller) = graph.gather();
        for slot in &mut group {
            *slot = names.get(*slot as usize).copied().unwrap_or_default();
        }
        if !moved {
            break;
        }
        graph = smaller;
    }
    let mut first: FxHashMap<u32, u32> = FxHashMap::default();
    for (report, of) in (0u32..).zip(&group) {
        first.entry(*of).or_insert(report);
    }
    group.iter().map(|of| first.get(of).copied().unwrap_or_default()).collect()
}

/// Reports that people decided to be of one matter are one from the start, whatever their number.
fn decided(size: usize, links: &[Link]) -> (Vec<u32>, Graph) {
    let mut forest = Forest::new(size);
    for (left, right, _) in links.iter().filter(|(.., strength)| *strength >= DECIDED) {
        forest.join(*left, *right);
    }
    let mut graph = Graph::of(vec![1; size], &[]);
    for (report, slot) in (0u32..).zip(&mut graph.group) {
        *slot = forest.root(report);
    }
    let (names, whole) = graph.gather();
    let name = |report: u32| crate::column::at(&names, report);
    let mut ties: FxHashMap<(u32, u32), f32> = FxHashMap::default();
    for (left, right, strength) in links.iter().filter(|(.., strength)| *strength < DECIDED) {
        let (left, right) = (name(*left), name(*right));
        if left != right {
            *ties.entry((left.min(right), left.max(right))).or_default() += strength;
        }
    }
    let mut ties: Vec<Link> = ties.into_iter().map(|((l, r), weight)| (l, r, weight)).collect();
    ties.sort_unstable_by_key(|(l, r, _)| (*l, *r));
    let graph = Graph::of(whole.reports, &ties);
    (names, graph)
}

/// Nodes with how many reports each stands for, their neighbours, and the group each is in.
struct Graph {
    reports: Vec<u32>,
    starts: Vec<u32>,
    neighbours: Vec<(u32, f32)>,
    group: Vec<u32>,
    size_of: Vec<u32>,
}

impl Graph {
    fn of(reports: Vec<u32>, links: &[Link]) -> Self {
        let size = reports.len();
        let mut both: Vec<Link> = links
            .iter()
            .flat_map(|(l, r, weight)| [(*l, *r, *weight), (*r, *l, *weight)])
            .collect();
        both.sort_unstable_by_key(|(l, r, _)| (*l, *r));
        let mut starts = vec![0; size + 1];
        for (l, ..) in &both {
            if let Some(slot) = starts.get_mut(*l as usize + 1) {
                *slot += 1;
            }
        }
        let mut sum = 0;
        for slot in &mut starts {
            sum += *slot;
            *slot = sum;
        }
        Self {
            group: (0..u32::try_from(size).unwrap_or(u32::MAX)).collect(),
            size_of: reports.clone(),
            reports,
            starts,
            neighbours: both.into_iter().map(|(_, r, weight)| (r, weight)).collect(),
        }
    }

    fn of_node(&self, node: u32) -> &[(u32, f32)] {
        let start = self.starts.get(node as usize).copied().unwrap_or_default() as usize;
        let end = self.starts.get(node as usize + 1).copied().unwrap_or_default() as usize;
        self.neighbours.get(start..end).unwrap_or_default()
    }

    /// Moves nodes to better groups until none moves; whether any did.
    fn settle(&mut self) -> bool {
        let nodes = u32::try_from(self.reports.len()).unwrap_or(u32::MAX);
        let mut ever = false;
        for _ in 0..20 {
            let mut moved = false;
            for node in 0..nodes {
                moved |= self.place(node);
            }
            ever |= moved;
            if !moved {
                break;
            }
        }
        ever
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of reports in a group")]
    fn place(&mut self, node: u32) -> bool {
        let own = crate::column::at(&self.group, node);
        let weight = crate::column::at(&self.reports, node);
        let mut ties: Vec<(u32, f32)> = Vec::new();
        for (other, strength) in self.of_node(node) {
            let group = crate::column::at(&self.group, *other);
            match ties.iter_mut().find(|(of, _)| *of == group) {
                Some((_, sum)) => *sum += strength,
                None => ties.push((group, *strength)),
            }
        }
        let gain = |group: u32, strength: f32| {
            let mut size = crate::column::at(&self.size_of, group);
            if group == own {
                size -= weight;
            }
            let fits = (size + weight) as usize <= LARGEST || group == own;
            let cost = if size == 0 { 0.0 } else { JOIN + DENSITY * (size * weight) as f32 };
            if fits { strength - cost } else { f32::MIN }
        };
        let stay = ties.iter().find(|(of, _)| *of == own).map_or(0.0, |(_, sum)| *sum);
        let mut best = (gain(own, stay), own);
        for (group, strength) in ties {
            let worth = gain(group, strength);
            if worth > best.0 + 1e-5 {
                best = (worth, group);
            }
        }
        if best.1 == own {
            return false;
        }
        let mut change = |group: u32, by: i64| {
            if let Some(size) = self.size_of.get_mut(group as usize) {
                *size = u32::try_from(i64::from(*size) + by).unwrap_or_default();
            }
        };
        change(own, -i64::from(weight));
        change(best.1, i64::from(weight));
        if let Some(slot) = self.group.get_mut(node as usize) {
            *slot = best.1;
        }
        true
    }

    /// The new number of every node's group, and the graph of the groups.
    fn gather(&self) -> (Vec<u32>, Self) {
        let mut number: FxHashMap<u32, u32> = FxHashMap::default();
        let mut names = Vec::with_capacity(self.group.len());
        let mut reports: Vec<u32> = Vec::new();
        for (group, weight) in self.group.iter().zip(&self.reports) {
            let next = u32::try_from(reports.len()).unwrap_or(u32::MAX);
            let name = *number.entry(*group).or_insert(next);
            if name == next {
                reports.push(0);
            }
            if let Some(sum) = reports.get_mut(name as usize) {
                *sum += weight;
            }
            names.push(name);
        }
        let mut ties: FxHashMap<(u32, u32), f32> = FxHashMap::default();
        for (node, name) in (0u32..).zip(&names) {
            for (other, strength) in self.of_node(node) {
                let other = crate::column::at(&names, *other);
                if *name < other {
                    *ties.entry((*name, other)).or_default() += strength;
                }
            }
        }
        let mut links: Vec<Link> =
            ties.into_iter().map(|((l, r), weight)| (l, r, weight)).collect();
        links.sort_unstable_by_key(|(l, r, _)| (*l, *r));
        (names, Self::of(reports, &links))
    }
}
