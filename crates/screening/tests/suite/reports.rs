//! The words of a result.

use tessera_screening::Facts;

use crate::{instrument, screen, screen_with};

#[test]
fn each_rule_says_whether_it_holds_and_because_of_what() {
    let json = r#"{"screened_on": "2026-11-01", "age_years": 12.5, "answers": {
        "REL-01": {"response": "yes"}, "MIS-03": {"response": "possible"},
        "VUL-04": {"response": "possible"}}}"#;
    let (_, report) = screen(&instrument(), json);
    let reason = |rule: &str| report.reasons.iter().find(|one| one.rule == rule).unwrap();
    assert_eq!(reason("L1").result, "does_not_hold");
    assert_eq!(
        (reason("L5").result, reason("L5").because.clone()),
        ("holds", vec!["REL-01".into()])
    );
    assert_eq!(reason("F1").because, ["REL-01", "age 12.5"]);
    assert_eq!(reason("F2").because, ["VUL-04", "REL-01"]);
    assert_eq!(
        (reason("F4").result, reason("F4").not_known.clone()),
        ("not_checked", vec!["missing_episodes_90d"])
    );
    assert_eq!(reason("P3").not_known, ["links"]);
    assert_eq!(reason("P6").not_known, ["earlier_screen"]);
    assert!(!report.reasons.iter().any(|one| one.rule == "L6"), "rules after the first are moot");
}

#[test]
fn an_age_that_is_not_known_is_said_to_be_not_checked() {
    let json = r#"{"screened_on": "2026-11-01", "answers": {"PLA-02": {"response": "possible"}}}"#;
    let (_, report) = screen(&instrument(), json);
    let floor = report.reasons.iter().find(|one| one.rule == "F1").unwrap();
    assert_eq!((floor.result, floor.not_known.as_slice()), ("not_checked", &["age_years"][..]));
}

#[test]
fn what_the_last_rule_passes_over_is_shown_beside_it() {
    let json = r#"{"screened_on": "2026-11-01", "answers": {"MIS-03": {"response": "yes"},
        "EDU-01": {"response": "yes", "last_observed_on": "2025-01-01"}}}"#;
    let (_, report) = screen(&instrument(), json);
    assert_eq!(report.level_rule.as_deref(), Some("L10"));
    assert_eq!(report.beside, ["MIS-03", "EDU-01"]);
    let json = r#"{"screened_on": "2026-11-01", "answers": {"REL-01": {"response": "yes"}}}"#;
    assert_eq!(screen(&instrument(), json).1.beside, [""; 0]);
}

#[test]
fn danger_comes_before_the_level_and_gaps_come_after_it() {
    let json = r#"{"screened_on": "2026-11-01", "danger_ticked": true,
        "answers": {"DIS-01": {"response": "yes"}}}"#;
    let (_, report) = screen(&instrument(), json);
    let mut order: Vec<&str> = report.actions.iter().map(|one| one.follows_from.as_str()).collect();
    order.dedup();
    assert_eq!(order, ["immediate_danger", "significant", "insufficient_information"]);
    assert!(report.actions[0].action.what.contains("999"));
    assert_eq!(report.locked_at.as_deref(), Some("significant"));
}

#[test]
fn the_weightiest_unknowns_come_first() {
    let json = r#"{"screened_on": "2026-11-01", "answers": {}}"#;
    let (_, report) = screen(&instrument(), json);
    assert_eq!(report.top_unknowns, ["REL-07", "HLT-06", "MON-02", "ONL-04", "ONL-05"]);
}

#[test]
fn what_a_form_would_ask_about_is_listed_and_changes_nothing() {
    let json = r#"{"screened_on": "2026-11-01", "answers": {
        "REL-01": {"response": "yes", "last_observed_on": "2026-12-01",
                   "evidence_basis": "heard", "narrative": "short"},
        "MIS-01": {"response": "yes", "last_observed_on": "2026-10-01",
                   "evidence_basis": "observed", "narrative": "Away from Friday to Saturday"},
        "MIS-03": {"response": "no"}}}"#;
    let (_, report) = screen(&instrument(), json);
    let queries: Vec<_> =
        report.queries.iter().map(|one| (one.indicator.as_str(), one.query)).collect();
    assert_eq!(
        queries,
        [
            ("REL-01", "observed after the screen: taken as now"),
            ("REL-01", "unknown evidence basis"),
            ("REL-01", "narrative missing or too short"),
        ]
    );
    assert_eq!(report.level_rule.as_deref(), Some("L5"));
}

#[test]
fn links_and_an_earlier_screen_make_their_prompts_hold() {
    let json = r#"{"screened_on": "2026-11-01", "answers": {"PLA-02": {"response": "possible"}}}"#;
    let facts = Facts {
        days_since_last_screen: Some(43.0),
        review_days: Some(42.0),
        level_before: Some(2),
        nothing_changed: Some(true),
        linked_level: Some(3),
    };
    assert_eq!(screen_with(&instrument(), json, &facts).1.prompts, ["P3", "P4", "P5", "P6"]);
    let facts = Facts { linked_level: Some(2), level_before: Some(1), ..facts };
    assert_eq!(screen_with(&instrument(), json, &facts).1.prompts, ["P4", "P5"]);
}

#[test]
fn a_result_has_no_total_and_no_percentage() {
    let json = r#"{"screened_on": "2026-11-01", "answers": {"DIS-01": {"response": "yes"}}}"#;
    let (_, report) = screen(&instrument(), json);
    let value = serde_json::to_value(&report).unwrap();
    let fields: Vec<&String> = value.as_object().unwrap().keys().collect();
    for word in ["score", "total", "percent", "points"] {
        assert!(!fields.iter().any(|field| field.contains(word)), "{word}");
    }
    assert!(value.as_object().unwrap().values().all(|field| !field.is_number()));
}
