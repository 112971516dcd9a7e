//! What a person may do to a computed level.

use tessera_screening::judgement::{
    Professional, Proposal, Refusal, Role, judge, level_for_actions,
};

use crate::{instrument, screen};

const MODERATE: &str = r#"{"screened_on": "2026-11-01", "age_years": 15, "answers": {
    "REL-01": {"response": "yes"}, "MIS-03": {"response": "no"}}}"#;

fn lowering(level: usize) -> Proposal<'static> {
    Proposal {
        level,
        by: "manager-1",
        role: Role::Manager,
        completed_by: "worker-1",
        reason: "Both parents and the school have checked this contact and know the family well.",
        protective_factors: &["PRO-01"],
        what_would_change_my_mind: "Any missing episode, or a second unknown contact",
        second_person: Some("lead-1"),
    }
}

fn refusals(json: &str, proposal: &Proposal<'_>) -> Vec<Refusal> {
    let instrument = instrument();
    judge(&instrument, &screen(&instrument, json).0, proposal).err().unwrap_or_default()
}

#[test]
fn any_worker_may_raise_a_level_with_a_reason() {
    let raise = Proposal {
        level: 3,
        by: "worker-1",
        role: Role::Worker,
        reason: "The uncle named here is known to police",
        protective_factors: &[],
        what_would_change_my_mind: "",
        second_person: None,
        ..lowering(3)
    };
    assert_eq!(refusals(MODERATE, &raise), []);
    let short = Proposal { reason: "a feeling", ..raise };
    assert_eq!(refusals(MODERATE, &short), [Refusal::ReasonTooShort(20)]);
}

#[test]
fn a_manager_may_lower_one_step_with_everything_the_instrument_asks() {
    assert_eq!(refusals(MODERATE, &lowering(1)), []);
    assert_eq!(refusals(MODERATE, &lowering(0)), [Refusal::TooManySteps(1)]);
}

#[test]
fn all_refusals_come_together() {
    let bare = Proposal {
        level: 1,
        by: "worker-1",
        role: Role::Worker,
        reason: "I think it is fine",
        protective_factors: &[],
        what_would_change_my_mind: " ",
        second_person: None,
        ..lowering(1)
    };
    let expected = [
        Refusal::NotTheirs,
        Refusal::ReasonTooShort(60),
        Refusal::NoProtectiveFactor,
        Refusal::NoChangeOfMind,
        Refusal::NoSecondPerson,
    ];
    assert_eq!(refusals(MODERATE, &bare), expected);
}

#[test]
fn nobody_lowers_their_own_screen_or_agrees_with_themselves() {
    let own = Proposal { completed_by: "manager-1", ..lowering(1) };
    assert_eq!(refusals(MODERATE, &own), [Refusal::NotTheirs]);
    let alone = Proposal { second_person: Some("manager-1"), ..lowering(1) };
    assert_eq!(refusals(MODERATE, &alone), [Refusal::NoSecondPerson]);
}

#[test]
fn unknown_factors_levels_and_people_are_refused() {
    let factor = Proposal { protective_factors: &["PRO-99"], ..lowering(1) };
    assert_eq!(refusals(MODERATE, &factor), [Refusal::UnknownProtectiveFactor("PRO-99".into())]);
    assert!(refusals(MODERATE, &lowering(9)).contains(&Refusal::NoSuchLevel));
    let nobody = Proposal { by: "", ..lowering(1) };
    assert!(refusals(MODERATE, &nobody).contains(&Refusal::NobodyNamed));
}

#[test]
fn a_disclosure_locks_the_level() {
    let disclosed = r#"{"screened_on": "2026-11-01", "answers": {"DIS-01": {"response": "yes"}}}"#;
    assert_eq!(refusals(disclosed, &lowering(2)), [Refusal::Locked("Significant".into())]);
}

#[test]
fn immediate_danger_forbids_a_lower_level() {
    let danger = r#"{"screened_on": "2026-11-01", "danger_ticked": true,
        "answers": {"REL-01": {"response": "yes"}}}"#;
    assert_eq!(refusals(danger, &lowering(1)), [Refusal::Overlay("Immediate danger".into())]);
}

#[test]
fn actions_follow_the_higher_level_until_a_manager_has_decided() {
    let by_worker = Professional { level: 1, decided_by_manager: false };
    let by_manager = Professional { level: 1, decided_by_manager: true };
    assert_eq!(level_for_actions(2, None), 2);
    assert_eq!(level_for_actions(2, Some(by_worker)), 2);
    assert_eq!(level_for_actions(0, Some(by_worker)), 1);
    assert_eq!(level_for_actions(2, Some(by_manager)), 1);
}
