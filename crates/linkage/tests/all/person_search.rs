#![allow(clippy::float_cmp, reason = "weights lie on a grid, so their sums are exact")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use tessera_linkage::normalise::date;
use tessera_linkage::person::{
    Match, NameKind, PersonName, PersonQuery, PersonRecord, Rarity, Scorer, Weights,
    keys_for_tokens, score,
};

fn record(names: &[&str], born: &str, nhs: &str) -> PersonRecord {
    let name = |text: &&str| PersonName { kind: NameKind::KnownAs, text: (*text).to_owned() };
    PersonRecord {
        names: names.iter().map(name).collect(),
        date_of_birth: date::parse(born),
        nhs_number: (!nhs.is_empty()).then(|| nhs.to_owned()),
    }
}

fn query(names: &[&str], born: &str, nhs: &str) -> PersonQuery {
    PersonQuery {
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        date_of_birth: date::parse(born),
        nhs_number: (!nhs.is_empty()).then(|| nhs.to_owned()),
    }
}

fn asked_as_record(query: &PersonQuery) -> PersonRecord {
    let name = |text: &String| PersonName { kind: NameKind::Legal, text: text.clone() };
    PersonRecord {
        names: query.names.iter().map(name).collect(),
        date_of_birth: query.date_of_birth,
        nhs_number: query.nhs_number.clone(),
    }
}

fn held_as_query(record: &PersonRecord) -> PersonQuery {
    PersonQuery {
        names: record.names.iter().map(|name| name.text.clone()).collect(),
        date_of_birth: record.date_of_birth,
        nhs_number: record.nhs_number.clone(),
    }
}

fn adds_up(found: &Match) -> bool {
    found.rows.iter().map(|row| row.weight).sum::<f64>() == found.weight
}

#[test]
fn a_short_form_and_a_swapped_birthday_still_rank_above_a_namesake() {
    let asked = query(&["Billy O'Brien"], "2011-04-03", "");
    let same = score(&asked, &record(&["William OBrien"], "2011-03-04", ""));
    let namesake = score(&asked, &record(&["Billy O'Brien"], "1984-12-25", ""));
    let brother = score(&asked, &record(&["Kyle O'Brien"], "2013-06-09", ""));
    assert!(same.weight > namesake.weight, "{same:?} {namesake:?}");
    assert!(namesake.weight > brother.weight);
    assert!([&same, &namesake, &brother].into_iter().all(adds_up));
}

#[test]
fn the_known_as_name_is_found_when_the_legal_name_is_not_used() {
    let held = record(&["Aleksandra Nowak", "Ola"], "", "");
    let found = score(&query(&["Ola"], "", ""), &held);
    assert!(found.weight > 7.0, "{found:?}");
    assert_eq!(found.rows.len(), 1);
}

#[test]
fn what_is_unknown_counts_neither_for_nor_against() {
    let with = score(&query(&["Kyle Marsh"], "", ""), &record(&["Kyle Marsh"], "2010-05-06", ""));
    let without =
        score(&query(&["Kyle Marsh"], "", ""), &record(&["Kyle Marsh"], "", "9990000018"));
    assert_eq!(with.weight, without.weight);
    let nothing = score(&PersonQuery::default(), &record(&["Kyle Marsh"], "2010", "9990000018"));
    assert_eq!((nothing.weight, nothing.rows.len()), (0.0, 0));
}

#[test]
fn an_nhs_number_agrees_whatever_its_spacing() {
    let found = score(&query(&[], "", "999 000 0018"), &record(&[], "", "9990000018"));
    assert_eq!(found.rows.first().map(|row| row.level), Some("same"));
    let against = score(&query(&[], "", "9990000018"), &record(&[], "", "9990000026"));
    assert!(against.weight < 0.0);
}

#[test]
fn a_rare_word_counts_for_more_than_a_common_one() {
    struct Held;
    impl Rarity for Held {
        fn share(&self, word: &str) -> Option<f64> {
            Some(if word == "quarrington" { 0.000_01 } else { 0.02 })
        }
    }
    let scorer = Scorer { weights: &Weights::default(), rarity: &Held };
    let weigh = |name: &str| scorer.score(&query(&[name], "", ""), &record(&[name], "", "")).weight;
    assert!(weigh("Quarrington") > weigh("Smith") + 5.0);
}

#[test]
fn names_that_may_be_one_share_an_index_key_and_others_do_not() {
    let keys = |name: &str| -> BTreeSet<String> {
        keys_for_tokens(name).iter().map(tessera_linkage::person::TokenKey::code).collect()
    };
    for (left, right) in [
        ("Bob", "Robert"),
        ("Muhammad", "Mohamed"),
        ("Marlow", "Malrow"),
        ("Philips", "Fillips"),
        ("Zoë", "zoe"),
        ("O'Brien", "OBRIEN"),
    ] {
        assert!(!keys(left).is_disjoint(&keys(right)), "{left} {right}");
    }
    assert!(keys("Marlow").is_disjoint(&keys("Quarry")));
    assert!(keys_for_tokens("van der").iter().all(|key| key.text != "x"));
}

#[test]
fn the_weights_are_one_document_that_can_be_read_back() {
    let shown = serde_json::to_string(&Weights::default()).unwrap();
    assert_eq!(serde_json::from_str::<Weights>(&shown).unwrap(), Weights::default());
}

fn any_name() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Bob", "Robert", "Rob", "J", "Jo", "Marlow", "Malrow", "de", "O'Brien", "Kyle", "", "Ann",
    ]);
    prop::collection::vec(word, 0..4).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn rows_add_up_and_the_order_of_the_two_does_not_matter(
        asked in prop::collection::vec(any_name(), 0..3),
        held in prop::collection::vec(any_name(), 0..3),
        births in prop::collection::vec(prop::option::of((2010u16..2013, 1u8..13, 1u8..29)), 2),
        numbers in prop::collection::vec(prop::option::of("99900000[0-2][0-9]"), 2),
    ) {
        let birth = |place: usize| {
            births[place].and_then(|(y, m, d)| date::PartialDate::day(y, m, d))
        };
        let query = PersonQuery {
            names: asked, date_of_birth: birth(0), nhs_number: numbers[0].clone(),
        };
        let name = |text| PersonName { kind: NameKind::Legal, text };
        let record = PersonRecord {
            names: held.into_iter().map(name).collect(),
            date_of_birth: birth(1),
            nhs_number: numbers[1].clone(),
        };
        let found = score(&query, &record);
        prop_assert!(adds_up(&found));
        let turned = score(&held_as_query(&record), &asked_as_record(&query));
        prop_assert_eq!(found.weight, turned.weight);
    }
}
