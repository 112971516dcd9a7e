//! Runs the cases that an instrument carries with it.

use jiff::SignedDuration;

use crate::answers::{Answer, AnswerError, Response, Screening, Sheet};
use crate::evaluate::{Facts, evaluate};
use crate::instrument::{Instrument, SELF_TEST_DATE};
use crate::report::Report;

/// A case whose result is not the one it names.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("case {case}: {what} should be {expected}, is {found}")]
pub struct TestFailure {
    /// The case's id.
    pub case: String,
    /// The place of the case in the file's `tests`.
    pub place: usize,
    /// What differs.
    pub what: &'static str,
    /// What the case names.
    pub expected: String,
    /// What the instrument gives.
    pub found: String,
}

impl Instrument {
    /// Runs every case of the file; what differs from what a case names is returned.
    ///
    /// "Now" is the day of the screen and "historic" 400 days before it.
    pub fn self_test(&self) -> Vec<TestFailure> {
        (0..self.file().tests.len()).flat_map(|place| self.run_case(place)).collect()
    }

    fn run_case(&self, place: usize) -> Vec<TestFailure> {
        let Some(case) = self.file().tests.get(place) else { return Vec::new() };
        let failure = |what, expected: &str, found: &str| TestFailure {
            case: case.id.clone(),
            place,
            what,
            expected: expected.to_owned(),
            found: found.to_owned(),
        };
        let report = match self.case_sheet(place) {
            Ok(sheet) => {
                let facts = Facts::default();
                let outcome = evaluate(self, &sheet, &facts);
                Report::new(self, &sheet, &facts, &outcome)
            }
            Err(fault) => return vec![failure("every answer", "valid", &fault.to_string())],
        };
        let mut found = vec![
            ("the level", case.expect.clone(), report.computed_level.clone()),
            ("the rule", case.rule.clone(), report.decided_by.clone().unwrap_or_default()),
            ("the overlays", sorted(&case.overlays), report.overlays.join(", ")),
        ];
        if let Some(prompts) = &case.prompts {
            found.push(("the prompts", sorted(prompts), report.prompts.join(", ")));
        }
        if let Some(types) = &case.types {
            found.push(("the types", sorted(types), sorted(&report.types)));
        }
        let differing = found.into_iter().filter(|(_, expected, found)| expected != found);
        differing.map(|(what, expected, found)| failure(what, &expected, &found)).collect()
    }

    fn case_sheet(&self, place: usize) -> Result<Sheet, AnswerError> {
        let Some(case) = self.file().tests.get(place) else {
            return Err(AnswerError::Missing("tests"));
        };
        let unlisted = case.unlisted.as_deref().unwrap_or("no");
        let unlisted = Response::from_id(unlisted).ok_or_else(|| AnswerError::Value {
            field: "unlisted".to_owned(),
            value: unlisted.to_owned(),
            wanted: "give a response",
        })?;
        let long_ago = SELF_TEST_DATE.saturating_sub(SignedDuration::from_hours(400 * 24));
        let answer = |response, on| Answer {
            response,
            last_observed_on: Some(on),
            evidence_basis: None,
            narrative: None,
        };
        let mut answers: std::collections::BTreeMap<_, _> = self
            .indicators()
            .iter()
            .map(|one| (one.id.clone(), answer(unlisted, SELF_TEST_DATE)))
            .collect();
        for (ids, response, on) in [
            (&case.yes_now, Response::Yes, SELF_TEST_DATE),
            (&case.possible_now, Response::Possible, SELF_TEST_DATE),
            (&case.historic, Response::Yes, long_ago),
        ] {
            answers.extend(ids.iter().map(|id| (id.clone(), answer(response, on))));
        }
        let screening = Screening {
            screened_on: SELF_TEST_DATE,
            age_years: case.age,
            missing_episodes_90d: Some(case.missing_episodes_90d.unwrap_or_default().into()),
            danger_ticked: false,
            answers,
        };
        Sheet::new(self, &screening)
    }
}

fn sorted(ids: &[String]) -> String {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.join(", ")
}
