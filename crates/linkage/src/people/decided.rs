//! What people have decided about pairs of records, as a bulk run obeys it.

use rustc_hash::FxHashMap;

use super::link::Pair;
use crate::decisions::Verdict;

/// Bits that outweigh anything records can say.
const BEYOND_DOUBT: f32 = 1000.0;

/// Decided pairs, the smaller record number first, with the bits that obey the decision.
#[derive(Debug, Default)]
pub(crate) struct Decided(FxHashMap<(u32, u32), f32>);

impl Decided {
    pub(crate) fn of(decisions: &[(u32, u32, Verdict)]) -> Self {
        let bits = |(left, right, verdict): &(u32, u32, Verdict)| {
            let bits = match verdict {
                Verdict::Same => BEYOND_DOUBT,
                Verdict::NotSame => -BEYOND_DOUBT,
                Verdict::NotSure => return None,
            };
            (left != right).then_some(((*left.min(right), *left.max(right)), bits))
        };
        Self(decisions.iter().filter_map(bits).collect())
    }

    /// The bits that a decision about two records adds.
    pub(crate) fn bits(&self, left: u32, right: u32) -> f32 {
        if self.0.is_empty() {
            return 0.0;
        }
        self.0.get(&(left.min(right), left.max(right))).copied().unwrap_or_default()
    }

    /// Puts the decisions among the links: pairs decided to be the same that no rule proposed, and
    /// the decided odds of those that were, whatever the records say.
    pub(crate) fn put(&self, links: &mut Vec<Pair>) {
        if self.0.is_empty() {
            return;
        }
        let mut missing = self.0.clone();
        for link in links.iter_mut() {
            if let Some(bits) = missing.remove(&(link.left, link.right)) {
                link.odds = bits;
            }
        }
        let same = missing.into_iter().filter(|(_, bits)| *bits > 0.0);
        let mut new: Vec<Pair> =
            same.map(|((left, right), odds)| Pair { left, right, odds }).collect();
        new.sort_unstable_by_key(|pair| (pair.left, pair.right));
        links.append(&mut new);
    }
}
