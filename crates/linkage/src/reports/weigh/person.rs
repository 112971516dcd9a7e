//! People as they are heard of: words of a name in any order, an age, a description.

use super::Scales;
use crate::lexicon::{Likeness, WordId};
use crate::reports::assumptions as assumed;
use crate::reports::common::bits;
use crate::reports::evidence::{About, Rows, Way};
use crate::reports::features::Grown;

/// Two words taken together, by place, and what that is worth.
#[derive(Clone, Copy)]
struct Met {
    bits: f32,
    left: usize,
    right: usize,
    likeness: Likeness,
    initial: bool,
}

impl Scales<'_> {
    /// The best way of laying the words of two names over each other.
    pub(super) fn names(
        &self,
        ours: &[WordId; 3],
        theirs: &[WordId; 3],
        rows: &mut impl Rows,
    ) -> Option<Way> {
        let mut found = [None; 9];
        let mut count = 0;
        for (left, l) in ours.iter().enumerate().filter(|(_, word)| **word != 0) {
            for (right, r) in theirs.iter().enumerate().filter(|(_, word)| **word != 0) {
                if let Some(met) = self.word(*l, *r) {
                    if let Some(slot) = found.get_mut(count) {
                        *slot = Some(Met { left, right, ..met });
                    }
                    count += 1;
                }
            }
        }
        if count == 0 {
            return None;
        }
        let mut met: Vec<Met> = found.into_iter().flatten().collect();
        met.sort_unstable_by(|a, b| {
            b.bits.total_cmp(&a.bits).then((a.left, a.right).cmp(&(b.left, b.right)))
        });
        let (mut used, mut used2) = ([false; 3], [false; 3]);
        let (mut exact, mut loose) = (0, 0);
        for one in met {
            let (Some(left), Some(right)) = (used.get_mut(one.left), used2.get_mut(one.right))
            else {
                continue;
            };
            if *left || *right {
                continue;
            }
            (*left, *right) = (true, true);
            rows.row(About::Name, words_of(one.likeness, one.initial), one.bits);
            if one.likeness <= Likeness::Spelling && !one.initial {
                exact += 1;
            } else {
                loose += 1;
            }
        }
        let over = |words: &[WordId; 3], used: &[bool; 3]| {
            words.iter().zip(used).filter(|(word, used)| **word != 0 && !**used).count()
        };
        if over(ours, &used).min(over(theirs, &used2)) > 0 {
            let words = "another word of the name differs";
            rows.row(About::Name, words, assumed::WORD_OTHER.log2());
            return Some(Way::NameBesideAnother);
        }
        Some(match (exact, loose) {
            (1, 0) => Way::OneName,
            (_, 0) => Way::FullName,
            _ => Way::LooseName,
        })
    }

    /// What two words of names are worth, if they can be one.
    fn word(&self, left: WordId, right: WordId) -> Option<Met> {
        let words = &self.reports.lexicon;
        // Of a form and the name it stands for, the chance is that of the commoner one: were every
        // use of the rarer form a use of the commoner name, this would be exact.
        let chance = self.common.name(left).min(self.common.name(right));
        let likeness = words.compare(left, right);
        let initial = words.text(left).len().min(words.text(right).len()) == 1;
        let worth = match likeness {
            Likeness::Same | Likeness::Beginning if initial => {
                bits(assumed::INITIAL_BY_CHANCE) + assumed::WORD_INITIAL.log2() + 1.0
            }
            Likeness::Same => chance + assumed::WORD_ALIKE.log2(),
            Likeness::Spelling => chance + assumed::WORD_SPELT.log2(),
            Likeness::ShortForm => chance + assumed::WORD_SHORT.log2(),
            Likeness::OneSlip => chance + assumed::WORD_SLIP.log2(),
            Likeness::Near => chance + assumed::WORD_SOUND.log2(),
            Likeness::Beginning => chance + assumed::WORD_CUT.log2(),
            Likeness::Different => return None,
        };
        (worth > 0.0).then_some(Met { bits: worth, left: 0, right: 0, likeness, initial })
    }

    pub(super) fn ages(
        &self,
        (left, ours): (u16, Grown),
        (right, theirs): (u16, Grown),
        rows: &mut impl Rows,
    ) {
        if left == 0 || right == 0 {
            let worth = match (ours, theirs) {
                (Grown::Unknown, _) | (_, Grown::Unknown) => return,
                (l, r) if l == r => (1.0 - assumed::GROWN_WRONG) / (1.0 - assumed::GROWN_BY_CHANCE),
                _ => assumed::GROWN_WRONG / assumed::GROWN_BY_CHANCE,
            };
            let words =
                if worth > 1.0 { "both a child or both grown up" } else { "a child and an adult" };
            rows.row(About::Age, words, worth.log2());
            return;
        }
        let apart = left.abs_diff(right);
        let mut from = None;
        for (to, share) in assumed::AGE_APART {
            if apart <= to {
                // The middle of the two is nobody's year: take the mean chance of both.
                let chance = f32::midpoint(
                    self.common.born_near(left, from, to),
                    self.common.born_near(right, from, to),
                );
                let words = match to {
                    1 => "the ages agree",
                    4 => "the ages are near each other",
                    7 => "the ages are some years apart",
                    _ => "the ages are far apart",
                };
                rows.row(About::Age, words, (share / chance).log2());
                return;
            }
            from = Some(to);
        }
    }

    pub(super) fn looks(&self, ours: [WordId; 3], theirs: [WordId; 3], rows: &mut impl Rows) {
        if ours == [0; 3] || theirs == [0; 3] {
            return;
        }
        let both = |word: &&WordId| **word != 0 && theirs.contains(*word);
        let share = |word: &WordId| self.common.looks(*word);
        let shared = ours.iter().filter(both).count();
        let said = |words: &[WordId; 3]| words.iter().filter(|word| **word != 0).count();
        // One description must be a part of the other; a single word in common ("build", "hair")
        // beside others that differ says nothing. The rarest word stands for all: they go together.
        if shared > 0 && shared == said(&ours).min(said(&theirs)) {
            let least = ours.iter().filter(both).map(share).fold(1.0, f32::min);
            rows.row(About::Looks, "described alike", bits(least) + assumed::LOOKS_ALIKE.log2());
        } else if shared == 0 {
            let other = ours.iter().chain(&theirs).filter(|word| **word != 0).map(share);
            let chance = 1.0 - other.fold(1.0, f32::min);
            let worth = ((1.0 - assumed::LOOKS_ALIKE) / chance.max(0.01)).log2();
            rows.row(About::Looks, "something else is described", worth);
        }
    }
}

fn words_of(likeness: Likeness, initial: bool) -> &'static str {
    match likeness {
        _ if initial => "an initial fits",
        Likeness::Same => "the same name",
        Likeness::Spelling => "another spelling of the name",
        Likeness::ShortForm => "a short form of the name",
        Likeness::OneSlip => "one slip in the name",
        Likeness::Near => "the name sounds alike",
        _ => "one is the beginning of the other",
    }
}
