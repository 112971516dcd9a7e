//! What an answers file may hold, and how its faults are named.

use tessera_screening::{Screening, Sheet};

use crate::instrument;

fn fault(json: &str) -> String {
    match Screening::from_json(json) {
        Err(fault) => fault.to_string(),
        Ok(screening) => Sheet::new(&instrument(), &screening).unwrap_err().to_string(),
    }
}

fn with_answer(answer: &str) -> String {
    format!(r#"{{"screened_on": "2026-11-01", "answers": {{{answer}}}}}"#)
}

#[test]
fn an_unknown_indicator_is_named() {
    let json = with_answer(r#""ABC-99": {"response": "yes"}"#);
    assert_eq!(fault(&json), "unknown indicator `ABC-99`");
}

#[test]
fn an_unknown_or_missing_response_is_named() {
    let json = with_answer(r#""MIS-01": {"response": "maybe"}"#);
    let expected = "`answers.MIS-01.response` cannot be \"maybe\": give yes, possible, no or \
                    not_known";
    assert_eq!(fault(&json), expected);
    let json = with_answer(r#""MIS-01": {"last_observed_on": "2026-10-01"}"#);
    assert!(fault(&json).contains("`answers.MIS-01.response` cannot be null"));
    assert!(fault(&with_answer(r#""MIS-01": "yes""#)).contains("`answers.MIS-01` cannot be"));
}

#[test]
fn a_malformed_date_is_named_also_beside_a_no() {
    for date in ["2026-13-01", "2026-02-29", "01/10/2026", "20261001", "2026-10-01T10:00", ""] {
        let answer = format!(r#""MIS-01": {{"response": "no", "last_observed_on": "{date}"}}"#);
        let message = fault(&with_answer(&answer));
        assert!(message.contains("answers.MIS-01.last_observed_on"), "{message}");
    }
    let message = fault(r#"{"screened_on": "yesterday", "answers": {}}"#);
    assert_eq!(message, "`screened_on` cannot be \"yesterday\": give a date as 2026-11-01");
}

#[test]
fn a_key_given_twice_is_a_fault_because_order_means_nothing() {
    let json = with_answer(r#""MIS-01": {"response": "yes"}, "MIS-01": {"response": "no"}"#);
    assert!(fault(&json).contains("`MIS-01` is given twice"));
    let json = with_answer(r#""MIS-01": {"response": "yes", "response": "no"}"#);
    assert!(fault(&json).contains("`response` is given twice"));
}

#[test]
fn a_file_without_day_or_answers_is_no_screen() {
    assert_eq!(fault(r#"{"answers": {}}"#), "`screened_on` is missing");
    assert_eq!(fault(r#"{"screened_on": "2026-11-01"}"#), "`answers` is missing");
    assert_eq!(fault("[]"), "`screened_on` is missing");
    assert!(fault("{").contains("EOF"));
}

#[test]
fn numbers_of_the_wrong_kind_are_named() {
    let base =
        |field: &str| format!(r#"{{"screened_on": "2026-11-01", {field}, "answers": {{}}}}"#);
    assert!(fault(&base(r#""age_years": "12""#)).contains("`age_years` cannot be \"12\""));
    assert!(fault(&base(r#""missing_episodes_90d": -1"#)).contains("`missing_episodes_90d`"));
    assert!(fault(&base(r#""missing_episodes_90d": 1.5"#)).contains("`missing_episodes_90d`"));
    assert!(fault(&base(r#""danger_ticked": "no""#)).contains("`danger_ticked`"));
}

#[test]
fn what_may_be_null_or_absent_is_not_known() {
    let json = r#"{"screened_on": "2026-11-01", "age_years": null, "missing_episodes_90d": null,
        "danger_ticked": false, "note": "a key that is not known is let be",
        "answers": {"MIS-01": {"response": "yes", "last_observed_on": null,
                               "evidence_basis": null, "narrative": null}}}"#;
    let screening = Screening::from_json(json).unwrap();
    assert_eq!(screening.age_years, None);
    assert_eq!(screening.missing_episodes_90d, None);
    assert!(Sheet::new(&instrument(), &screening).is_ok());
}

#[test]
fn an_age_is_taken_to_its_last_digit() {
    let json = r#"{"screened_on": "2026-11-01", "age_years": 10.311522942105867, "answers": {}}"#;
    let screening = Screening::from_json(json).unwrap();
    assert_eq!(
        screening.age_years.map(|age| age.to_string()).as_deref(),
        Some("10.311522942105867")
    );
}
