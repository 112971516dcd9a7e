//! Links through other reports.
//!
//! To speak of one matter is transitive: if the first report is linked with the second and the
//! second with the third, then the first is with the third. A pair is therefore at least as likely
//! linked as the best chain of links between them holds, which is the product of its
//! probabilities. Chains are followed inside a network only.

use rustc_hash::FxHashMap;

use super::link::ReportLink;
use crate::column::at;

/// The best chain between every two reports of a network, as a link.
pub(crate) fn through_others(direct: &[ReportLink], networks: &[u32]) -> Vec<ReportLink> {
    let mut inside: FxHashMap<u32, Vec<ReportLink>> = FxHashMap::default();
    for link in direct {
        let network = at(networks, link.left);
        if network == at(networks, link.right) {
            inside.entry(network).or_default().push(*link);
        }
    }
    let mut found = Vec::new();
    for links in inside.into_values().filter(|links| links.len() > 1) {
        chains(&links, &mut found);
    }
    found
}

/// Fills a table of all pairs with the best product (Floyd 1962, Warshall 1962).
fn chains(links: &[ReportLink], found: &mut Vec<ReportLink>) {
    let mut members: Vec<u32> = links.iter().flat_map(|link| [link.left, link.right]).collect();
    members.sort_unstable();
    members.dedup();
    let size = members.len();
    let place = |report: u32| members.binary_search(&report).unwrap_or_default();
    let mut best = vec![0.0f64; size * size];
    for link in links {
        let (left, right) = (place(link.left), place(link.right));
        for slot in [left * size + right, right * size + left] {
            if let Some(slot) = best.get_mut(slot) {
                *slot = slot.max(link.probability());
            }
        }
    }
    let read = |best: &[f64], left: usize, right: usize| {
        best.get(left * size + right).copied().unwrap_or_default()
    };
    for middle in 0..size {
        let onward: Vec<f64> = (0..size).map(|right| read(&best, middle, right)).collect();
        for left in 0..size {
            let first = read(&best, left, middle);
            if first == 0.0 || left == middle {
                continue;
            }
            let row = best.get_mut(left * size..(left + 1) * size).unwrap_or_default();
            for (slot, second) in row.iter_mut().zip(&onward) {
                *slot = slot.max(first * second);
            }
        }
    }
    for (place, left) in members.iter().enumerate() {
        for (other, right) in members.iter().enumerate().skip(place + 1) {
            let probability = read(&best, place, other);
            if probability > 0.0 {
                found.push(ReportLink { left: *left, right: *right, odds: odds(probability) });
            }
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "odds in bits")]
fn odds(probability: f64) -> f32 {
    let probability = probability.clamp(1e-9, 1.0 - 1e-9);
    (probability / (1.0 - probability)).log2() as f32
}
