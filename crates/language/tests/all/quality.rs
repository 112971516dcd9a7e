//! The published figures hold.

use tessera_language::evaluate::{Evaluation, evaluate, read_cases};
use tessera_language::{Severity, builtin_checker};

fn score(cases: &str) -> Evaluation {
    evaluate(builtin_checker(), &read_cases(cases).unwrap_or_default(), Severity::Style)
}

#[test]
fn the_first_labelled_set_is_found_with_an_f1_of_at_least_97_per_cent() {
    let outcome = score(include_str!("../../../../content/language/cases.jsonl"));
    assert_eq!(outcome.cases, 320);
    assert!(outcome.overall.f1() >= 0.97, "F1 {:.3}", outcome.overall.f1());
    assert!(outcome.clean_flagged <= 4, "{} clean cases flagged", outcome.clean_flagged);
}
