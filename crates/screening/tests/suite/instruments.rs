//! What an instrument may hold, how its faults are named, and that what it says is what counts.

use tessera_screening::{Class, Instrument};

use crate::{FILE, TEXT, instrument, screen};

fn changed(from: &str, to: &str) -> String {
    assert!(TEXT.contains(from), "{from}");
    TEXT.replacen(from, to, 1)
}

fn fault(from: &str, to: &str) -> String {
    Instrument::from_yaml(FILE, &changed(from, to)).unwrap_err().to_string()
}

/// The fault at the line on which `to` stands.
fn expect_fault(from: &str, to: &str, reason: &str) {
    let line = 1 + changed(from, to).lines().position(|line| line.contains(to.trim_end())).unwrap();
    assert_eq!(fault(from, to), format!("{FILE}:{line}: {reason}"));
}

#[test]
fn the_instrument_has_its_sections_indicators_and_classes() {
    let instrument = instrument();
    assert_eq!(instrument.sections().len(), 12);
    assert_eq!(instrument.indicators().len(), 69);
    let of = |class| instrument.indicators().iter().filter(|one| one.class == class).count();
    assert_eq!(of(Class::Vulnerability), 10);
    assert_eq!(of(Class::HarmSign) + of(Class::Strong) + of(Class::Moderate), 59);
    assert_eq!(instrument.file().protective_factors.len(), 10);
    assert_eq!(instrument.name(), "CE-SCREEN 2026.1");
    assert_eq!(instrument.noted(), []);
}

#[test]
fn faults_in_rules_name_file_line_and_word() {
    expect_fault(
        "when: \"S_yes >= 1\"",
        "when: \"S_si >= 1\"",
        "in `S_si >= 1`: column 1: unknown name `S_si`",
    );
    expect_fault(
        "yes_now('DIS-01')",
        "yes_now('DIS-99')",
        "in `yes_now('DIS-99')`: column 1: unknown indicator `DIS-99`",
    );
    expect_fault("floor: moderate", "floor: middling", "unknown level `middling`");
    expect_fault("step_up: 1", "lock: false", "a floor has either `floor` or `step_up`");
    expect_fault(
        "more than 40% of non-vulnerability",
        "most of non-vulnerability",
        "`most of non-vulnerability indicators are not_known` is none of the forms an overlay can \
         take",
    );
}

#[test]
fn faults_in_indicators_name_file_line_and_word() {
    expect_fault("{id: MIS-02,", "{id: MIS-01, note: x,", "`MIS-01` is used twice");
    expect_fault("class: strong, ", "class: fierce, ", "unknown class `fierce`");
    expect_fault("types: [rad]", "types: [radical]", "unknown exploitation type `radical`");
    let misspelt = changed("danger_flag: true", "danger_flagg: true");
    let instrument = Instrument::from_yaml(FILE, &misspelt).unwrap();
    let noted = instrument.noted()[0].to_string();
    assert!(noted.contains(": unknown key `danger_flagg`"), "{noted}");
}

#[test]
fn faults_elsewhere_name_file_line_and_word() {
    expect_fault(
        "rank: 3, label: Significant",
        "rank: 2, label: Significant",
        "two levels have the rank 2",
    );
    expect_fault("  significant:\n", "  severe:\n", "`severe` is neither a level nor an overlay");
    expect_fault("- {id: \"no\",", "- {id: nope,", "unknown response `nope`");
    expect_fault("reason_min_60_chars", "reason_of_60", "unknown need `reason_of_60`");
    assert!(fault("schema_version:", "schema_version: [").starts_with(&format!("{FILE}:")));
}

const ONE_STRONG: &str = r#"{"screened_on": "2026-11-01", "age_years": 15,
    "answers": {"REL-01": {"response": "yes", "last_observed_on": "2026-08-01"}}}"#;

#[test]
fn the_window_of_the_file_decides_what_is_current() {
    let narrow = changed("current:  {max_days: 183}", "current:  {max_days: 91}");
    let instrument = Instrument::from_yaml(FILE, &narrow).unwrap();
    assert_eq!(screen(&instrument, ONE_STRONG).1.level_rule.as_deref(), Some("L8"));
    let wider = changed("current:  {max_days: 183}", "current:  {max_days: 92}");
    let instrument = Instrument::from_yaml(FILE, &wider).unwrap();
    assert_eq!(screen(&instrument, ONE_STRONG).1.level_rule.as_deref(), Some("L5"));
}

#[test]
fn the_rules_of_the_file_decide_the_level() {
    let stricter =
        changed("\"S_yes >= 3\"", "\"S_yes * 2 + M_yes >= 2 and not (age_years >= 16)\"");
    let instrument = Instrument::from_yaml(FILE, &stricter).unwrap();
    assert_eq!(screen(&instrument, ONE_STRONG).1.level_rule.as_deref(), Some("L2"));
    let threshold = changed("missing_episodes_90d >= 3", "missing_episodes_90d >= 2");
    let instrument = Instrument::from_yaml(FILE, &threshold).unwrap();
    let two = r#"{"screened_on": "2026-11-01", "missing_episodes_90d": 2, "answers": {}}"#;
    assert_eq!(screen(&instrument, two).1.floors, ["F4"]);
}

#[test]
fn the_share_of_the_file_decides_when_too_little_is_known() {
    // 24 of 59 are just over 40 percent, 23 are under.
    let instrument = instrument();
    let outside: Vec<&str> = instrument
        .indicators()
        .iter()
        .filter(|one| one.class != Class::Vulnerability)
        .map(|one| one.id.as_str())
        .collect();
    let with_unknown = |count: usize| {
        let answers: Vec<String> = outside
            .iter()
            .skip(count)
            .map(|id| format!(r#""{id}": {{"response": "no"}}"#))
            .collect();
        format!(r#"{{"screened_on": "2026-11-01", "answers": {{{}}}}}"#, answers.join(","))
    };
    let overlays =
        |instrument: &Instrument, count| screen(instrument, &with_unknown(count)).1.overlays;
    assert_eq!(overlays(&instrument, 23), [""; 0]);
    assert_eq!(overlays(&instrument, 24), ["insufficient_information"]);
    let half = changed("more than 40%", "more than 50%");
    let half = Instrument::from_yaml(FILE, &half).unwrap();
    assert_eq!(overlays(&half, 29), [""; 0]);
    assert_eq!(overlays(&half, 30), ["insufficient_information"]);
}

#[test]
fn where_no_level_rule_holds_the_level_is_the_lowest_and_no_rule_is_named() {
    let without = changed("  - {id: L10, when: \"true\",  ", "  - {id: L10, when: \"false\", ");
    let instrument = Instrument::from_yaml(FILE, &without).unwrap();
    let nothing = r#"{"screened_on": "2026-11-01", "answers": {}}"#;
    let (_, report) = screen(&instrument, nothing);
    assert_eq!((report.computed_level.as_str(), report.level_rule), ("none_identified", None));
}
