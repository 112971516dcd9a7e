//! "Know the differences": what answers come to, and that no answers come to "all is well".

use std::sync::LazyLock;

use proptest::prelude::*;
use tessera_screening::differences::{Aid, Answers, NotAnAnswer, Weighed};

const TEXT: &str = include_str!("../../../../content/guidance/know-the-differences.yaml");

static AID: LazyLock<Aid> = LazyLock::new(|| Aid::builtin().unwrap());

fn answers(age: Option<f64>, given: &[(&str, &str)]) -> Answers {
    let given = given.iter().map(|(id, answer)| ((*id).to_owned(), (*answer).to_owned()));
    Answers { age_years: age, given: given.collect() }
}

fn weigh(age: Option<f64>, given: &[(&str, &str)]) -> Weighed {
    AID.weigh(&answers(age, given)).unwrap()
}

/// Every question answered in the way that raises nothing.
fn calm() -> Vec<(&'static str, &'static str)> {
    let mut given: Vec<(&str, &str)> = AID
        .file()
        .questions
        .iter()
        .filter(|question| !question.free_text)
        .map(|question| (question.id.as_str(), "no"))
        .collect();
    for (id, answer) in &mut given {
        match *id {
            "Q05" => *answer = "up_to_2_years",
            "Q14" => *answer = "yes",
            _ => {}
        }
    }
    given
}

#[test]
fn under_13_is_always_referred_the_same_day() {
    for weighed in [weigh(Some(12.9), &calm()), weigh(None, &[("Q02", "yes")])] {
        assert_eq!(weighed.outcome, "O1");
        assert_eq!(weighed.may_close_without_referral, "No.");
        assert!(weighed.bands.contains(&"U13".to_owned()));
        let police = "Refer to children's social care and police the same day, every time.";
        assert!(weighed.must_do.iter().any(|task| task.what == police));
        assert!(weighed.law.contains(&"soa_5_8".to_owned()));
    }
}

#[test]
fn one_red_answer_is_enough_at_any_age() {
    for (id, answer) in [("Q01", "yes"), ("Q03", "yes"), ("Q05", "5_years_or_more"), ("Q08", "yes")]
    {
        let weighed = weigh(Some(17.0), &[(id, answer)]);
        assert_eq!((weighed.outcome.as_str(), weighed.red.len()), ("O1", 1), "{id}");
    }
}

#[test]
fn ambers_are_weighed_together() {
    assert_eq!(weigh(Some(15.0), &[("Q10", "yes")]).outcome, "O3");
    assert_eq!(weigh(Some(15.0), &[("Q10", "yes"), ("Q11", "yes")]).outcome, "O2");
    assert_eq!(weigh(Some(15.0), &[("Q14", "no")]).amber[0].question, "Q14");
}

#[test]
fn images_are_red_until_everything_that_softens_them_is_known() {
    let images = ("Q12", "yes");
    assert_eq!(weigh(Some(15.0), &[images]).outcome, "O1");
    let known = [images, ("Q05", "up_to_2_years"), ("Q07", "no")];
    assert_eq!(weigh(Some(15.0), &known).outcome, "O3");
    assert_eq!(weigh(None, &known).outcome, "O1", "the age is not known");
    assert_eq!(weigh(Some(12.0), &known).outcome, "O1");
    let unsure = [images, ("Q05", "up_to_2_years"), ("Q07", "not_known")];
    assert_eq!(weigh(Some(15.0), &unsure).outcome, "O1");
}

#[test]
fn mutual_peers_are_an_outcome_only_when_everything_is_answered() {
    let weighed = weigh(Some(15.0), &calm());
    assert_eq!(
        (weighed.outcome.as_str(), weighed.suggests.as_slice()),
        ("O4", &["mutual".to_owned()][..])
    );
    let mut unsure = calm();
    unsure[7].1 = "not_known";
    let weighed = weigh(Some(15.0), &unsure);
    assert_eq!((weighed.outcome.as_str(), weighed.open.len()), ("O5", 1));
    assert_eq!(weigh(Some(16.0), &calm()).outcome, "O5", "a lawful age is not safety");
}

#[test]
fn a_disability_adds_its_band_to_that_of_the_age() {
    let weighed = weigh(Some(16.5), &[("Q17", "yes")]);
    assert_eq!(weighed.bands, ["A16_17", "LACKS_CAPACITY"]);
    assert!(weighed.law.contains(&"soa_30_44".to_owned()));
    assert_eq!(weighed.outcome, "O3");
}

#[test]
fn each_thing_to_do_says_what_asks_for_it_and_stands_once() {
    let weighed = weigh(Some(15.0), &[("Q01", "yes"), ("Q03", "yes")]);
    let refer: Vec<_> = weighed
        .must_do
        .iter()
        .filter(|task| task.what == "Refer to children's social care the same day.")
        .collect();
    assert_eq!(refer.len(), 1);
    assert_eq!(refer[0].because, ["Q01", "Q03"]);
    assert!(weighed.must_do[0].what.starts_with("Call 999"));
}

#[test]
fn the_summary_starts_a_concern_with_nothing_retyped() {
    let weighed = weigh(Some(15.2), &[("Q08", "yes"), ("Q19", " To be left alone. ")]);
    assert_eq!(weighed.summary[0], "Age in years: 15.2");
    assert!(
        weighed.summary[1].starts_with("Was anything given")
            && weighed.summary[1].ends_with(" Yes")
    );
    assert!(weighed.summary[2].ends_with("afraid of? To be left alone."));
    assert_eq!(weighed.next.as_deref(), Some("Q01"));
}

#[test]
fn what_is_no_answer_is_named() {
    let fault = |given| AID.weigh(&answers(None, given)).unwrap_err();
    assert_eq!(fault(&[("Q99", "yes")]), NotAnAnswer::Question("Q99".into()));
    assert_eq!(fault(&[("Q01", "perhaps")]).to_string(), "`perhaps` is no answer to `Q01`");
}

#[test]
fn every_statement_of_law_has_a_source_and_says_whether_it_was_verified() {
    for law in &AID.file().law {
        assert!(!law.source.is_empty() && law.address.starts_with("https://"), "{}", law.id);
    }
    let duty = AID.file().duties.iter().find(|duty| duty.id == "MR").unwrap();
    assert_eq!(duty.in_force_from, None);
}

#[test]
fn faults_of_the_file_name_line_and_word() {
    let fault = |from: &str, to: &str| {
        assert!(TEXT.contains(from), "{from}");
        let text = TEXT.replacen(from, to, 1);
        let line = 1 + text.lines().position(|line| line.contains(to)).unwrap();
        (Aid::from_yaml("x.yaml", &text).unwrap_err().to_string(), line)
    };
    for (from, to, reason) in [
        ("law: [soa_30_44]", "law: [soa_30]", "unknown name `soa_30`"),
        ("when: [{amber: 1}]", "when: [{}]", "it says nothing, and would always hold"),
        ("{question: Q05, answers: [up", "{question: Q77, answers: [up", "unknown question `Q77`"),
        ("must_do: [start_screen]", "must_do: [start]", "unknown name `start`"),
        ("{not_band: U13}", "{not_band: U14}", "unknown name `U14`"),
    ] {
        let (found, line) = fault(from, to);
        assert_eq!(found, format!("x.yaml:{line}: {reason}"));
    }
}

fn any_answers() -> impl Strategy<Value = Answers> {
    let questions = AID.file().questions.iter().filter(|question| !question.free_text);
    let each: Vec<_> = questions
        .map(|question| {
            let ids: Vec<String> = question.answers.iter().map(|one| one.id.clone()).collect();
            let id = question.id.clone();
            prop::option::of(prop::sample::select(ids))
                .prop_map(move |answer| answer.map(|answer| (id.clone(), answer)))
        })
        .collect();
    (prop::option::of(0.0_f64..18.0), each).prop_map(|(age_years, given)| Answers {
        age_years,
        given: given.into_iter().flatten().collect(),
    })
}

/// The outcomes from the most to the least urgent.
fn urgency(outcome: &str) -> usize {
    ["O4", "O5", "O3", "O2", "O1"].iter().position(|one| *one == outcome).unwrap()
}

/// Questions to which "yes" has a red flag that nothing softens.
const RED: [&str; 9] = ["Q01", "Q02", "Q03", "Q04", "Q07", "Q08", "Q09", "Q13", "Q16"];

proptest! {
    #[test]
    fn no_answers_conclude_that_all_is_well(answers in any_answers()) {
        let weighed = AID.weigh(&answers).unwrap();
        prop_assert!(!weighed.result.is_empty());
        prop_assert!(weighed.closing_words.contains("cannot show that a child is safe"));
        for claim in ["all is well", "no concern", "no action", "is safe."] {
            prop_assert!(!weighed.result.to_lowercase().contains(claim));
        }
        prop_assert!(weighed.outcome != "O4" || weighed.open.is_empty());
    }

    #[test]
    fn saying_yes_to_a_red_question_never_makes_it_less_urgent(
        answers in any_answers(),
        id in prop::sample::select(RED.to_vec()),
    ) {
        let before = AID.weigh(&answers).unwrap();
        let mut worse = answers;
        worse.given.insert(id.to_owned(), "yes".to_owned());
        let after = AID.weigh(&worse).unwrap();
        prop_assert_eq!(after.outcome.as_str(), "O1");
        prop_assert!(urgency(&after.outcome) >= urgency(&before.outcome));
    }

    #[test]
    fn a_child_under_13_is_never_closed_without_a_referral(
        answers in any_answers(), age in 0.0_f64..13.0,
    ) {
        let weighed = AID.weigh(&Answers { age_years: Some(age), ..answers }).unwrap();
        prop_assert_eq!(weighed.may_close_without_referral.as_str(), "No.");
    }
}
