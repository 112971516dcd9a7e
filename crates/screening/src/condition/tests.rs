use proptest::prelude::*;

use super::*;
use crate::answers::Response;
use crate::recency::{Class, State};

/// One indicator `A-01` answered yes now, a child aged 14.5, one type `cse` present.
struct Child {
    age: Option<f64>,
    level: u8,
}

impl View for Child {
    fn number(&self, number: &Number) -> Option<f64> {
        match number {
            Number::Age => self.age,
            Number::Count(Class::Strong, State::Yes) => Some(2.0),
            Number::Count(Class::Moderate, State::Yes) => Some(3.0),
            Number::Count(..) | Number::Vulnerabilities => Some(0.0),
            _ => None,
        }
    }

    fn response(&self, _: usize) -> Response {
        Response::Yes
    }

    fn state(&self, _: usize) -> State {
        State::Yes
    }

    fn level(&self) -> Option<u8> {
        Some(self.level)
    }

    fn has_type(&self, exploitation_type: usize) -> bool {
        exploitation_type == 0
    }

    fn linked_rank(&self) -> Option<u8> {
        None
    }

    fn phrase(&self, _: Phrase) -> Option<bool> {
        None
    }
}

fn compiled(text: &str, in_prompt: bool) -> Result<Condition, ConditionError> {
    let rank = |id: &str| {
        ["none", "emerging", "moderate", "significant"]
            .iter()
            .position(|level| *level == id)
            .and_then(|rank| u8::try_from(rank).ok())
    };
    let scope = Scope {
        indicator: &|id| (id == "A-01").then_some(0),
        level: if in_prompt { Some(&rank) } else { None },
        exploitation_type: &|id| ["cse", "ms"].iter().position(|one| *one == id),
    };
    parse(text).and_then(|node| compile(&node, scope))
}

fn holds(text: &str) -> Option<bool> {
    let child = Child { age: Some(14.5), level: 2 };
    compiled(text, true).unwrap().evaluate(&child)
}

fn fault(text: &str) -> String {
    compiled(text, false).unwrap_err().to_string()
}

#[test]
fn and_binds_closer_than_or_and_not_closer_than_and() {
    assert_eq!(holds("true or false and false"), Some(true));
    assert_eq!(holds("(true or false) and false"), Some(false));
    assert_eq!(holds("not false and false"), Some(false));
    assert_eq!(holds("not (false and false)"), Some(true));
}

#[test]
fn numbers_are_added_before_they_are_compared() {
    assert_eq!(holds("S_yes + M_yes >= 5"), Some(true));
    assert_eq!(holds("S_yes + M_yes * 2 == 8"), Some(true));
    assert_eq!(holds("S_yes - M_yes < -0.5"), Some(true));
    assert_eq!(holds("13 <= age_years < 14.5"), Some(false));
    assert_eq!(holds("13 <= age_years <= 14.5"), Some(true));
}

#[test]
fn answers_are_compared_with_responses_in_each_way() {
    assert_eq!(holds("answer('A-01') in ['yes','possible']"), Some(true));
    assert_eq!(holds("answer(\"A-01\") not in ['yes', 'possible']"), Some(false));
    assert_eq!(holds("answer('A-01') == 'yes'"), Some(true));
    assert_eq!(holds("'no' != answer('A-01')"), Some(true));
    assert_eq!(holds("yes_now('A-01')"), Some(true));
}

#[test]
fn levels_compare_by_rank_and_types_by_presence() {
    assert_eq!(holds("level >= moderate"), Some(true));
    assert_eq!(holds("'significant' > level"), Some(true));
    assert_eq!(holds("level == 'none'"), Some(false));
    assert_eq!(holds("types include ms or (cse and level >= moderate)"), Some(true));
    assert_eq!(holds("types include (ms or cse) and level < moderate"), Some(false));
}

#[test]
fn what_is_not_known_neither_holds_nor_fails() {
    let unborn = Child { age: None, level: 0 };
    let evaluate = |text: &str| compiled(text, true).unwrap().evaluate(&unborn);
    assert_eq!(evaluate("age_years < 13"), None);
    assert_eq!(evaluate("not (age_years < 13)"), None);
    assert_eq!(evaluate("age_years < 13 or S_yes >= 1"), Some(true));
    assert_eq!(evaluate("age_years < 13 and S_yes >= 9"), Some(false));
    assert_eq!(evaluate("linked_to_entity_at('significant')"), None);
    assert_eq!(evaluate("days_since_last_screen > review_days"), None);
    let text = "level decreased since last screen and no change in disruption or plan recorded";
    assert_eq!(evaluate(text), None);
}

#[test]
fn an_unknown_name_is_named_with_its_column() {
    assert_eq!(fault("H_yes >= 1 or S_maybe >= 1"), "column 15: unknown name `S_maybe`");
    assert_eq!(fault("yes_now('B-09')"), "column 1: unknown indicator `B-09`");
    assert_eq!(fault("answer('A-01') == 'maybe'"), "column 19: unknown response `maybe`");
    assert_eq!(fault("soon('A-01')"), "column 1: unknown function `soon`");
    assert_eq!(fault("level >= moderate"), "column 1: `level` can stand only in a prompt");
    let in_prompt = compiled("level >= high", true).unwrap_err().to_string();
    assert_eq!(in_prompt, "column 10: unknown level `high`");
}

#[test]
fn a_text_that_is_no_condition_says_what_was_expected() {
    assert_eq!(fault("H_yes"), "column 1: compare `H_yes` with a number");
    assert_eq!(fault("1"), "column 1: a value alone is no condition: compare it");
    assert!(fault("H_yes >=").contains("column 9: expected a name"), "{}", fault("H_yes >="));
    assert!(fault("H_yes >= 1 and").contains("found the end"));
    assert!(fault("H_yes = 1").contains("`=` has no meaning here"));
    assert!(fault("(H_yes >= 1").contains("expected `)`"));
    assert!(fault("H_yes >= 1 S_yes >= 1").contains("expected the end"));
    assert!(fault("answer('A-01) == 'yes'").contains("quotation mark"));
    assert!(fault("H_yes >= 1..5").contains("`1..5` is not a number"));
    assert!(fault("").contains("found the end"));
}

#[test]
fn deep_or_long_texts_are_refused_instead_of_exhausting_the_stack() {
    assert!(fault(&"(".repeat(1000)).contains("nested more than"));
    assert!(fault(&"not ".repeat(400)).contains("nested more than"));
    assert!(fault(&"- ".repeat(900)).contains("nested more than"));
    assert!(fault(&"1 ".repeat(2000)).contains("longer than"));
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,120}") {
        let _ = compiled(&text, true);
    }

    #[test]
    fn no_jumble_of_its_own_words_makes_the_reader_panic(
        words in prop::collection::vec(prop::sample::select(vec![
            "and", "or", "not", "in", "(", ")", "[", "]", ",", "+", "-", "*", "<", ">=", "==",
            "H_yes", "age_years", "answer('A-01')", "'yes'", "types", "include", "cse", "level",
            "moderate", "1", "17.5", "true", "level decreased since last screen", "no change",
        ]), 0..40),
    ) {
        if let Ok(condition) = compiled(&words.join(" "), true) {
            let _ = condition.evaluate(&Child { age: None, level: 1 });
        }
    }
}
