//! What holds for every child's answers.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use tessera_screening::{
    Answer, Class, Facts, Instrument, Outcome, Response, Screening, Sheet, evaluate,
};

static INSTRUMENT: LazyLock<Instrument> = LazyLock::new(crate::instrument);

fn result(screening: &Screening) -> Outcome {
    let sheet = Sheet::new(&INSTRUMENT, screening).unwrap();
    evaluate(&INSTRUMENT, &sheet, &Facts::default())
}

fn days() -> impl Strategy<Value = Option<Date>> {
    prop::option::of(
        (0_i32..800)
            .prop_map(|days| date(2026, 11, 20).saturating_sub(jiff::Span::new().days(days))),
    )
}

fn responses() -> impl Strategy<Value = Response> {
    prop::sample::select(Response::ALL.to_vec())
}

fn ids(only: fn(Class) -> bool) -> impl Strategy<Value = String> {
    let all = INSTRUMENT.indicators().iter().filter(|one| only(one.class));
    prop::sample::select(all.map(|one| one.id.clone()).collect::<Vec<_>>())
}

fn answer() -> impl Strategy<Value = Answer> {
    (responses(), days()).prop_map(|(response, last_observed_on)| Answer {
        response,
        last_observed_on,
        ..Answer::default()
    })
}

fn screenings(only: fn(Class) -> bool, most: usize) -> impl Strategy<Value = Screening> {
    let answers = prop::collection::btree_map(ids(only), answer(), 0..most);
    let age = prop::option::of(0.0_f64..18.0);
    let missing = prop::option::of(0_u8..6);
    (answers, age, missing, any::<bool>()).prop_map(|(answers, age, missing, danger)| Screening {
        screened_on: date(2026, 11, 1),
        age_years: age,
        missing_episodes_90d: missing.map(u32::from),
        danger_ticked: danger,
        answers,
    })
}

fn rank(response: Response, current: bool) -> u8 {
    match (response, current) {
        (Response::No | Response::NotKnown, _) => 0,
        (Response::Possible | Response::Yes, false) => 1,
        (Response::Possible, true) => 2,
        (Response::Yes, true) => 3,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn adding_evidence_of_harm_never_lowers_a_level(
        screening in screenings(|_| true, 12), id in ids(|_| true), more in answer(),
    ) {
        let current = |answer: &Answer| answer
            .last_observed_on
            .is_none_or(|on| on.duration_until(date(2026, 11, 1)).as_hours() <= 183 * 24);
        let strength = |answer: &Answer| rank(answer.response, current(answer));
        let had = screening.answers.get(&id).cloned().unwrap_or_default();
        prop_assume!(strength(&more) >= strength(&had));
        let before = result(&screening);
        let mut with_more = screening.clone();
        with_more.answers.insert(id, more);
        let after = result(&with_more);
        prop_assert!(after.level >= before.level);
        prop_assert!(before.floors.iter().all(|floor| after.floors.contains(floor)));
    }

    #[test]
    fn more_missing_episodes_or_a_younger_child_never_lower_a_level(
        screening in screenings(|_| true, 12), more in 0_u8..6, younger in 0.0_f64..18.0,
    ) {
        let before = result(&screening);
        let mut worse = screening.clone();
        worse.missing_episodes_90d =
            Some(worse.missing_episodes_90d.unwrap_or_default().max(u32::from(more)));
        worse.age_years = Some(worse.age_years.map_or(younger, |age| age.min(younger)));
        prop_assert!(result(&worse).level >= before.level);
    }

    #[test]
    fn vulnerability_alone_never_sets_a_level(
        screening in screenings(|class| class == Class::Vulnerability, 10),
    ) {
        let alone = Screening { missing_episodes_90d: Some(0), ..screening };
        let outcome = result(&alone);
        prop_assert_eq!(outcome.level, 0);
        prop_assert!(outcome.floors.is_empty());
        prop_assert!(outcome.types.is_empty());
    }

    #[test]
    fn the_order_of_answers_and_indicators_never_matters(
        screening in screenings(|_| true, 20),
    ) {
        let field = |(id, answer): (&String, &Answer)| {
            let on = answer
                .last_observed_on
                .map_or("null".to_owned(), |on| format!("\"{on}\""));
            let response = answer.response.id();
            format!(r#""{id}": {{"response": "{response}", "last_observed_on": {on}}}"#)
        };
        let forwards: Vec<String> = screening.answers.iter().map(field).collect();
        let backwards: Vec<String> = screening.answers.iter().rev().map(field).collect();
        let read = |fields: &[String]| {
            let json = format!(
                r#"{{"answers": {{{}}}, "screened_on": "2026-11-01"}}"#,
                fields.join(",")
            );
            result(&Screening::from_json(&json).unwrap())
        };
        prop_assert_eq!(read(&forwards), read(&backwards));
    }

    #[test]
    fn overlays_and_prompts_never_change_the_level(screening in screenings(|_| true, 12)) {
        let quiet = Screening { danger_ticked: false, ..screening.clone() };
        let loud = Screening { danger_ticked: true, ..screening };
        let (quiet, loud) = (result(&quiet), result(&loud));
        prop_assert_eq!(quiet.level, loud.level);
        prop_assert_eq!(quiet.prompts, loud.prompts);
    }

    #[test]
    fn a_floor_never_lowers_and_a_lock_never_exceeds_the_level(
        screening in screenings(|_| true, 12),
    ) {
        let outcome = result(&screening);
        prop_assert!(outcome.level >= outcome.rule_level);
        prop_assert!(outcome.locked_at.is_none_or(|locked| locked <= outcome.level));
    }
}

#[test]
fn every_indicator_that_is_no_vulnerability_raises_a_level_somewhere() {
    for indicator in INSTRUMENT.indicators() {
        let answers = BTreeMap::from([(
            indicator.id.clone(),
            Answer { response: Response::Yes, ..Answer::default() },
        )]);
        let mut screening = Screening {
            screened_on: date(2026, 11, 1),
            age_years: Some(15.0),
            missing_episodes_90d: Some(0),
            danger_ticked: false,
            answers,
        };
        if indicator.class == Class::Moderate {
            for other in INSTRUMENT.indicators().iter().filter(|one| one.class == Class::Moderate) {
                if other.id != indicator.id && screening.answers.len() < 2 {
                    let yes = Answer { response: Response::Yes, ..Answer::default() };
                    screening.answers.insert(other.id.clone(), yes);
                }
            }
        }
        let expected = usize::from(indicator.class != Class::Vulnerability);
        assert!(result(&screening).level >= expected, "{}", indicator.id);
    }
}
