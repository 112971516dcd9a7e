//! Instruments and screens as FHIR R4 Questionnaire and `QuestionnaireResponse`, in the subset that
//! Structured Data Capture (SDC) describes.
//!
//! A Questionnaire carries the instrument's file in a contained Library, so that nothing is lost:
//! importing what was exported gives the same bytes. A response names the Questionnaire and its
//! version, and is refused by any other.
//!
//! Sources: HL7 FHIR R4 (4.0.1), Questionnaire and `QuestionnaireResponse`; SDC 3.0.0.

mod questionnaire;
mod response;

use serde_json::{Value, json};

use crate::instrument::Instrument;

pub use questionnaire::{export_questionnaire, import_questionnaire};
pub use response::{export_response, import_response};

/// The question about the child's age, beside the indicators.
const AGE: &str = "age_years";
/// The question about missing episodes.
const MISSING: &str = "missing_episodes_90d";
/// The question about danger.
const DANGER: &str = "danger_ticked";
/// The group of those three.
const CONTEXT: &str = "context";

/// What belongs to an answer, as endings of the indicator's link id.
const OBSERVED: &str = "last_observed_on";
const BASIS: &str = "evidence_basis";
const NARRATIVE: &str = "narrative";

/// Why a resource was not imported or exported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct FhirError {
    /// The element, or the link id of the item.
    pub place: String,
    /// What is wrong with it.
    pub reason: String,
}

impl FhirError {
    fn new(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { place: place.into(), reason: reason.into() }
    }
}

/// The canonical address of an instrument, with its version, under `base`.
fn canonical(instrument: &Instrument, base: &str) -> String {
    let header = &instrument.file().instrument;
    format!("{}|{}", address(instrument, base), header.version)
}

fn address(instrument: &Instrument, base: &str) -> String {
    format!("{}/Questionnaire/{}", base.trim_end_matches('/'), instrument.file().instrument.id)
}

/// The address of a code system of this instrument.
fn system(instrument: &Instrument, base: &str, name: &str) -> String {
    let id = &instrument.file().instrument.id;
    format!("{}/CodeSystem/{id}-{name}", base.trim_end_matches('/'))
}

fn coding(system: &str, code: &str, display: &str) -> Value {
    json!({"system": system, "code": code, "display": display})
}

fn child_id(indicator: &str, ending: &str) -> String {
    format!("{indicator}.{ending}")
}
