//! Runs the Markdown cases that a practitioner reads.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use tessera_screening::{Answer, Facts, Instrument, Report, Response, Screening, Sheet, evaluate};

use crate::instrument;

const CASES: &str = include_str!("../../../../content/instruments/ce-screen-cases.md");

/// One case: its heading and its checked lines.
struct Case<'a> {
    name: &'a str,
    lines: Vec<(&'a str, &'a str)>,
}

fn cases(text: &str) -> Vec<Case<'_>> {
    let mut cases: Vec<Case<'_>> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            cases.push(Case { name, lines: Vec::new() });
        } else if let (Some(line), Some(case)) = (line.strip_prefix("- "), cases.last_mut()) {
            let (key, value) = line.split_once(": ").unwrap();
            case.lines.push((key, value.trim()));
        }
    }
    cases
}

fn ids(list: &str) -> Vec<String> {
    let mut ids: Vec<String> = list.split(',').map(|id| id.trim().to_owned()).collect();
    ids.retain(|id| id != "none");
    ids.sort();
    ids
}

fn answers(list: &str, response: Response, on: Date) -> impl Iterator<Item = (String, Answer)> {
    let answer = Answer { response, last_observed_on: Some(on), ..Answer::default() };
    ids(list).into_iter().map(move |id| (id, answer.clone()))
}

fn run(instrument: &Instrument, case: &Case<'_>) {
    let value = |key: &str| case.lines.iter().find(|(found, _)| *found == key).map(|(_, v)| *v);
    let today = value("Screened on").map_or(date(2026, 11, 1), |on| on.parse().unwrap());
    let unlisted = Response::from_id(value("Unlisted").unwrap_or("no")).unwrap();
    let all = instrument.indicators().iter().map(|one| one.id.clone());
    let mut given: BTreeMap<String, Answer> =
        all.map(|id| (id, Answer { response: unlisted, ..Answer::default() })).collect();
    let mut expected = BTreeMap::from([("Overlays", Vec::new())]);
    for (key, value) in &case.lines {
        match key.split_once(" on ") {
            Some(("Yes", on)) => given.extend(answers(value, Response::Yes, on.parse().unwrap())),
            Some(("Possible", on)) => {
                given.extend(answers(value, Response::Possible, on.parse().unwrap()));
            }
            _ => match *key {
                "Yes now" => given.extend(answers(value, Response::Yes, today)),
                "Possible now" => given.extend(answers(value, Response::Possible, today)),
                "Age" | "Screened on" | "Missing episodes" | "Danger ticked" | "Unlisted" => {}
                "Level" | "Level rule" | "Decided by" | "Floors" | "Overlays" | "Prompts"
                | "Types" => drop(expected.insert(key, ids(value))),
                other => panic!("{}: no line may begin with `{other}`", case.name),
            },
        }
    }
    assert!(expected.contains_key("Level"), "{}: the level is missing", case.name);
    let screening = Screening {
        screened_on: today,
        age_years: value("Age").map(|age| age.parse().unwrap()),
        missing_episodes_90d: value("Missing episodes").map(|count| count.parse().unwrap()),
        danger_ticked: value("Danger ticked") == Some("yes"),
        answers: given,
    };
    let sheet = Sheet::new(instrument, &screening).unwrap();
    let facts = Facts::default();
    let outcome = evaluate(instrument, &sheet, &facts);
    let report = Report::new(instrument, &sheet, &facts, &outcome);
    for (what, expected) in expected {
        let found = match what {
            "Level" => vec![report.computed_level.clone()],
            "Level rule" => report.level_rule.clone().into_iter().collect(),
            "Decided by" => report.decided_by.clone().into_iter().collect(),
            "Floors" => report.floors.clone(),
            "Overlays" => report.overlays.clone(),
            "Prompts" => report.prompts.clone(),
            _ => report.types.clone(),
        };
        assert_eq!(found, expected, "{}: {what}", case.name);
    }
}

#[test]
fn every_case_a_practitioner_can_read_has_the_result_it_names() {
    let cases = cases(CASES);
    assert!(cases.len() >= 16 + 15, "{} cases", cases.len());
    for case in &cases {
        run(&instrument(), case);
    }
}

#[test]
fn the_readable_cases_include_every_case_of_the_instrument() {
    let readable = cases(CASES);
    for case in &instrument().file().tests {
        let heading = format!("{}:", case.id);
        assert!(readable.iter().any(|one| one.name.starts_with(&heading)), "{heading}");
    }
}

#[test]
fn the_instrument_passes_its_own_cases() {
    assert_eq!(instrument().file().tests.len(), 16);
    assert_eq!(instrument().self_test(), []);
}

#[test]
fn a_changed_rule_is_caught_by_the_instruments_own_cases() {
    let changed = crate::TEXT.replace("\"S_yes >= 3\"", "\"S_yes >= 4\"");
    let failures = Instrument::from_yaml("x.yaml", &changed).unwrap().self_test();
    let first = failures.first().unwrap().to_string();
    assert_eq!(first, "case T02: the level should be significant, is moderate");
}
