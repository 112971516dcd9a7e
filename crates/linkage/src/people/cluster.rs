//! From pairs to people: which records belong together, without letting one doubtful link join
//! two people.
//!
//! Records linked by any chain of likely pairs are looked at together; how they are joined is in
//! `together`.

use super::decided::Decided;
use super::link::Pair;
use super::table::Table;
use super::together::Together;
use super::weigh::{Frequencies, Weigher};
use crate::forest::Forest;
use crate::share_out::share_out;

/// Chains longer than this are first cut at their weakest links.
const MOST_TOGETHER: usize = 120;
/// Where every pair of a chain has odds of at least this, nothing speaks against joining it.
const CERTAIN: f32 = 6.0;
/// Chains that one piece of work takes.
const CHAINS_AT_ONCE: usize = 512;

/// What is needed to weigh a pair.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Eye<'a> {
    pub(crate) table: &'a Table,
    pub(crate) frequencies: &'a Frequencies,
    pub(crate) weigher: &'a Weigher,
    pub(crate) decided: &'a Decided,
}

/// The clusters, and every pair inside a cluster.
pub(crate) struct Grouped {
    pub(crate) clusters: Vec<u32>,
    pub(crate) pairs: Vec<Pair>,
}

/// Records linked by a chain, in order, and the links among them.
struct Chain {
    records: Vec<u32>,
    links: Vec<Pair>,
}

pub(crate) fn cluster(eye: Eye<'_>, links: &[Pair], cut: f32, threads: usize) -> Grouped {
    let size = u32::try_from(eye.table.len()).unwrap_or(u32::MAX);
    let mut clusters: Vec<u32> = (0..size).collect();
    let mut pairs = Vec::new();
    let chains = short_chains(chains(links, eye.table.len()));
    let pieces: Vec<&[Chain]> = chains.chunks(CHAINS_AT_ONCE).collect();
    let found = share_out(&pieces, threads, |chains| {
        chains.iter().flat_map(|chain| join(eye, chain, cut)).collect::<Vec<Pair>>()
    });
    for pair in found.into_iter().flatten() {
        pairs.push(pair);
        if let Some(slot) = clusters.get_mut(pair.right as usize) {
            *slot = (*slot).min(pair.left);
        }
    }
    Grouped { clusters, pairs }
}

/// All pairs of the groups that a chain falls into.
fn join(eye: Eye<'_>, chain: &Chain, cut: f32) -> Vec<Pair> {
    let size = chain.records.len();
    let whole = chain.links.len() == size * (size - 1) / 2;
    if whole && chain.links.iter().all(|pair| pair.odds >= CERTAIN.max(cut)) {
        return chain.links.clone();
    }
    if size == 2 {
        return chain.links.iter().filter(|pair| pair.odds >= cut).copied().collect();
    }
    Together::new(eye, &chain.records).join(cut)
}

/// Cuts chains that are too long at their weakest links until none is.
fn short_chains(found: Vec<Chain>) -> Vec<Chain> {
    let mut short = Vec::new();
    let mut open: Vec<(Chain, f32)> = found.into_iter().map(|chain| (chain, -2.0)).collect();
    while let Some((chain, least)) = open.pop() {
        if chain.records.len() <= MOST_TOGETHER {
            short.push(chain);
            continue;
        }
        let place = |record: u32| {
            let place = chain.records.binary_search(&record).unwrap_or_default();
            u32::try_from(place).unwrap_or(u32::MAX)
        };
        let strong: Vec<Pair> = chain
            .links
            .iter()
            .filter(|pair| pair.odds >= least)
            .map(|pair| Pair { left: place(pair.left), right: place(pair.right), ..*pair })
            .collect();
        for part in chains(&strong, chain.records.len()) {
            let back = |place: u32| crate::column::at(&chain.records, place);
            let records = part.records.into_iter().map(back).collect();
            let named =
                |pair: Pair| Pair { left: back(pair.left), right: back(pair.right), ..pair };
            let links = part.links.into_iter().map(named).collect();
            open.push((Chain { records, links }, least + 2.0));
        }
    }
    short.sort_unstable_by_key(|chain| chain.records.first().copied());
    short
}

/// The connected parts of the links among that many records, records that have no link left out.
fn chains(links: &[Pair], size: usize) -> Vec<Chain> {
    let mut forest = Forest::new(size);
    for pair in links {
        forest.join(pair.left, pair.right);
    }
    let mut chain_of: Vec<u32> = vec![u32::MAX; size];
    let mut found: Vec<Chain> = Vec::new();
    for pair in links {
        let root = forest.root(pair.left);
        let Some(slot) = chain_of.get_mut(root as usize) else { continue };
        if *slot == u32::MAX {
            *slot = u32::try_from(found.len()).unwrap_or(u32::MAX);
            found.push(Chain { records: Vec::new(), links: Vec::new() });
        }
        if let Some(chain) = found.get_mut(*slot as usize) {
            chain.links.push(*pair);
        }
    }
    for chain in &mut found {
        chain.records = chain.links.iter().flat_map(|pair| [pair.left, pair.right]).collect();
        chain.records.sort_unstable();
        chain.records.dedup();
    }
    found
}
