//! Evaluates a screening instrument and explains the result rule by rule.
//!
//! An [`Instrument`] is data: indicators in four classes that are never added up, level rules,
//! floors, overlays and prompts. [`evaluate`] turns a [`Sheet`] of answers into an [`Outcome`];
//! [`Report`] puts that into words. What a person decides afterwards is held to the instrument's
//! rules by [`judgement`]. The result suggests; a named person decides.
//!
//! ```
//! use tessera_screening::{Facts, Instrument, Screening, Sheet, evaluate};
//!
//! let text = include_str!("../../../content/instruments/ce-screen-2026.1.yaml");
//! let instrument = Instrument::from_yaml("ce-screen-2026.1.yaml", text)?;
//! let screening = Screening::from_json(
//!     r#"{"screened_on": "2026-11-01", "answers": {"DIS-01": {"response": "yes"}}}"#,
//! )?;
//! let sheet = Sheet::new(&instrument, &screening)?;
//! let outcome = evaluate(&instrument, &sheet, &Facts::default());
//! assert_eq!(instrument.level(outcome.level).id, "significant");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answers;
pub mod compare;
pub mod condition;
pub mod differences;
pub mod edit;
mod evaluate;
pub mod fhir;
mod instrument;
pub mod judgement;
mod recency;
mod report;
mod self_test;
mod strict_json;

pub use answers::{Answer, AnswerError, Response, Screening, Sheet};
pub use evaluate::{Counts, Facts, Outcome, evaluate};
pub use instrument::{
    Effect, Floor, Indicator, Instrument, LevelRule, Overlay, OverlayWhen, Prompt, SELF_TEST_DATE,
    Section, file,
};
pub use recency::{Class, State};
pub use report::{Query, Reason, Report};
pub use self_test::TestFailure;
