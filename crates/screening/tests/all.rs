//! All integration tests of the crate, in one program.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in its helpers too"
)]

#[path = "suite/answers.rs"]
mod answers;
#[path = "suite/cases.rs"]
mod cases;
#[path = "suite/comparisons.rs"]
mod comparisons;
#[path = "suite/differences.rs"]
mod differences;
#[path = "suite/editing.rs"]
mod editing;
#[path = "suite/fhir.rs"]
mod fhir;
#[path = "suite/instruments.rs"]
mod instruments;
#[path = "suite/judgements.rs"]
mod judgements;
#[path = "suite/properties.rs"]
mod properties;
#[path = "suite/reports.rs"]
mod reports;
#[path = "suite/schema.rs"]
mod schema;

use tessera_screening::{Facts, Instrument, Outcome, Report, Screening, Sheet, evaluate};

const FILE: &str = "content/instruments/ce-screen-2026.1.yaml";
const TEXT: &str = include_str!("../../../content/instruments/ce-screen-2026.1.yaml");

fn instrument() -> Instrument {
    Instrument::from_yaml(FILE, TEXT).unwrap()
}

/// The outcome and its words for answers given as JSON.
fn screen(instrument: &Instrument, json: &str) -> (Outcome, Report) {
    screen_with(instrument, json, &Facts::default())
}

fn screen_with(instrument: &Instrument, json: &str, facts: &Facts) -> (Outcome, Report) {
    let sheet = Sheet::new(instrument, &Screening::from_json(json).unwrap()).unwrap();
    let outcome = evaluate(instrument, &sheet, facts);
    let report = Report::new(instrument, &sheet, facts, &outcome);
    (outcome, report)
}
