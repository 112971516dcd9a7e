//! Scores files of labelled cases: `cargo run -p tessera-language --example score CASES.jsonl`.
#![allow(clippy::print_stdout, reason = "an example prints its figures")]

use std::error::Error;

use tessera_language::evaluate::{evaluate, read_cases};
use tessera_language::{Severity, builtin_checker};

fn main() -> Result<(), Box<dyn Error>> {
    for path in std::env::args().skip(1) {
        let cases = read_cases(&std::fs::read_to_string(&path)?)?;
        let outcome = evaluate(builtin_checker(), &cases, Severity::Style);
        for case in &outcome.differences {
            println!(
                "{} {:?}\n  wrong {:?}\n  missed {:?}",
                case.id, case.text, case.wrong, case.missed
            );
        }
        for (name, score) in outcome.by_category.iter().chain(&outcome.by_context) {
            let (precision, recall, f1) = (score.precision(), score.recall(), score.f1());
            println!(
                "| {name} | {precision:.3} | {recall:.3} | {f1:.3} | {} | {} | {} |",
                score.right, score.wrong, score.missed
            );
        }
        let flagged = (outcome.clean_flagged, outcome.clean);
        println!(
            "{path}: F1 {:.4}, {:?}, clean flagged {flagged:?}",
            outcome.overall.f1(),
            outcome.overall
        );
    }
    Ok(())
}
