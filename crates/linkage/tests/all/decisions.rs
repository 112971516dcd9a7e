#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

use proptest::prelude::*;
use tessera_linkage::decisions::{DecisionId, Decisions, Question, Verdict};

#[test]
fn what_was_decided_is_not_asked_again_and_holds_for_the_whole_group() {
    let mut decisions = Decisions::default();
    decisions.decide(2, 1, Verdict::Same).unwrap();
    let apart = decisions.decide(2, 3, Verdict::NotSame).unwrap();
    decisions.decide(4, 5, Verdict::NotSure).unwrap();
    let view = decisions.view();
    assert_eq!(view.group_of(2), 1);
    assert_eq!(view.question(1, 2), Question::Decided(Verdict::Same));
    assert_eq!(view.question(1, 3), Question::KeptApart(apart));
    assert_eq!(view.question(5, 4), Question::Decided(Verdict::NotSure));
    assert_eq!(view.question(4, 1), Question::Open);
    assert_eq!(decisions.decide(7, 7, Verdict::Same), None);
}

#[test]
fn a_contradiction_is_shown_with_its_chain_and_joins_nobody() {
    let mut decisions = Decisions::default();
    let first = decisions.decide(1, 2, Verdict::Same).unwrap();
    let second = decisions.decide(2, 3, Verdict::Same).unwrap();
    let against = decisions.decide(3, 1, Verdict::NotSame).unwrap();
    let view = decisions.view();
    assert_eq!(view.contradictions.len(), 1);
    assert_eq!(view.contradictions[0].against, against);
    assert_eq!(view.contradictions[0].chain, [first, second]);
    assert!([1, 2, 3].iter().all(|thing| view.group_of(*thing) == *thing));
    assert!(decisions.undo(second));
    assert!(decisions.view().contradictions.is_empty());
    assert_eq!(decisions.view().group_of(2), 1);
}

#[test]
fn a_later_decision_stands_for_an_earlier_one_until_it_is_undone() {
    let mut decisions = Decisions::default();
    decisions.decide(1, 2, Verdict::Same).unwrap();
    let later = decisions.decide(2, 1, Verdict::NotSame).unwrap();
    assert_eq!(decisions.view().question(1, 2), Question::Decided(Verdict::NotSame));
    assert!(decisions.undo(later) && !decisions.undo(later));
    assert_eq!(decisions.view().question(1, 2), Question::Decided(Verdict::Same));
    assert_eq!(decisions.history().len(), 2, "nothing is erased");
    assert!(!decisions.undo(DecisionId(99)));
}

fn verdict() -> impl Strategy<Value = Verdict> {
    prop::sample::select(vec![Verdict::Same, Verdict::Same, Verdict::NotSame, Verdict::NotSure])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn undoing_a_decision_restores_exactly_what_was(
        before in prop::collection::vec((0u64..7, 0u64..7, verdict()), 0..10),
        undone in prop::collection::vec(any::<prop::sample::Index>(), 0..4),
        (one, other, answer) in (0u64..7, 0u64..7, verdict()),
        after in prop::collection::vec((0u64..7, 0u64..7, verdict()), 0..6),
    ) {
        let mut decisions = Decisions::default();
        for (one, other, verdict) in &before {
            decisions.decide(*one, *other, *verdict);
        }
        if !before.is_empty() {
            for place in undone {
                decisions.undo(DecisionId(place.index(before.len()) as u64));
            }
        }
        let was = decisions.view();
        let mut without = decisions.clone();
        if let Some(id) = decisions.decide(one, other, answer) {
            let mut at_once = decisions.clone();
            prop_assert!(at_once.undo(id));
            prop_assert_eq!(at_once.view(), was);
            let mut later = decisions.clone();
            for (one, other, verdict) in &after {
                later.decide(*one, *other, *verdict);
                without.decide(*one, *other, *verdict);
            }
            prop_assert!(later.undo(id));
            let groups = |decisions: &Decisions| {
                let view = decisions.view();
                (0..7).map(|thing| view.group_of(thing)).collect::<Vec<u64>>()
            };
            prop_assert_eq!(groups(&later), groups(&without));
            prop_assert_eq!(later.view().contradictions.len(), without.view().contradictions.len());
        }
    }

    #[test]
    fn no_two_things_decided_to_be_different_are_ever_in_one_group(
        made in prop::collection::vec((0u64..7, 0u64..7, verdict()), 0..12),
    ) {
        let mut decisions = Decisions::default();
        for (one, other, verdict) in made {
            decisions.decide(one, other, verdict);
        }
        let view = decisions.view();
        for decision in decisions.standing().filter(|d| d.verdict == Verdict::NotSame) {
            prop_assert_ne!(view.group_of(decision.left), view.group_of(decision.right));
        }
    }
}
