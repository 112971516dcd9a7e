//! Two screens side by side.

use tessera_screening::{Facts, Instrument, Screening, Sheet, State, compare, evaluate};

use crate::{FILE, TEXT, instrument};

const EARLIER: &str = r#"{"screened_on": "2026-05-01", "age_years": 15, "answers": {
    "REL-01": {"response": "yes", "last_observed_on": "2026-04-20"},
    "MIS-03": {"response": "possible", "last_observed_on": "2026-04-20"}}}"#;
const LATER: &str = r#"{"screened_on": "2026-11-01", "age_years": 15.5, "answers": {
    "REL-01": {"response": "yes", "last_observed_on": "2026-04-20"},
    "MIS-03": {"response": "no"}}}"#;

fn compared(older: &Instrument, newer: &Instrument) -> compare::Comparison {
    let screened = |instrument: &Instrument, json| {
        let sheet = Sheet::new(instrument, &Screening::from_json(json).unwrap()).unwrap();
        let outcome = evaluate(instrument, &sheet, &Facts::default());
        (sheet, outcome)
    };
    let (before, after) = (screened(older, EARLIER), screened(newer, LATER));
    compare::compare(
        compare::Screen { instrument: older, sheet: &before.0, outcome: &before.1 },
        compare::Screen { instrument: newer, sheet: &after.0, outcome: &after.1 },
    )
}

#[test]
fn only_what_differs_is_shown_and_time_alone_is_a_difference() {
    let found = compared(&instrument(), &instrument());
    assert_eq!((found.level_before.as_str(), found.level_after.as_str()), ("Moderate", "Emerging"));
    let rows: Vec<_> = found.rows.iter().map(|row| row.indicator.as_str()).collect();
    assert_eq!(rows, ["MIS-03", "REL-01"]);
    let old_worry = &found.rows[1];
    assert_eq!(old_worry.before.as_ref().unwrap().state, State::Yes);
    assert_eq!(old_worry.after.as_ref().unwrap().state, State::Historic);
}

#[test]
fn each_screen_keeps_the_wording_of_its_own_version() {
    let reworded = TEXT
        .replace("Found with drugs, cash or phones", "Found holding drugs, cash or phones")
        .replace("{id: PLA-02,", "{id: PLA-03,")
        .replace("possible_now: [PLA-02]", "possible_now: [PLA-03]");
    let newer = Instrument::from_yaml(FILE, &reworded).unwrap();
    let found = compared(&instrument(), &newer);
    let row = |id: &str| found.rows.iter().find(|row| row.indicator == id).unwrap();
    let texts = row("CRI-01");
    assert!(texts.before.as_ref().unwrap().text.starts_with("Found with"));
    assert!(texts.after.as_ref().unwrap().text.starts_with("Found holding"));
    assert!(row("PLA-03").before.is_none() && row("PLA-02").after.is_none());
}
