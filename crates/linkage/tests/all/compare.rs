use proptest::prelude::*;
use tessera_linkage::compare::birth::{BirthLevel, compare};
use tessera_linkage::compare::edit;
use tessera_linkage::compare::name::{WordLevel, compare_words};
use tessera_linkage::normalise::date;
use tessera_linkage::normalise::name::{Word, words};

fn word(text: &str) -> Word {
    words(text).swap_remove(0)
}

#[test]
fn each_level_of_words_has_its_example() {
    for (left, right, level) in [
        ("Marlow", "MARLOW", WordLevel::Same),
        ("Muhammad", "Mohammed", WordLevel::Spelling),
        ("Bill", "William", WordLevel::ShortForm),
        ("Marlow", "Malrow", WordLevel::OneSlip),
        ("Hailey", "Haylee", WordLevel::SoundsAlike),
        ("Ash", "Ashbourne", WordLevel::Beginning),
        ("J", "Jordan", WordLevel::Initial),
        ("Marlow", "Quarry", WordLevel::Different),
    ] {
        assert_eq!(compare_words(&word(left), &word(right)), level, "{left} {right}");
    }
}

#[test]
fn each_level_of_dates_of_birth_has_its_example() {
    for (left, right, level) in [
        ("2011-04-03", "2011-04-03", BirthLevel::SameDay),
        ("2011-04-03", "2011-03-04", BirthLevel::DayMonthSwapped),
        ("2011-04-03", "2011-04-08", BirthLevel::OneDigit),
        ("2011-04-03", "2011-04", BirthLevel::SameMonth),
        ("2011-04-03", "2011", BirthLevel::SameYear),
        ("2011-04-23", "2011-01-01", BirthLevel::FirstOfJanuary),
        ("2011-04-03", "about 2012", BirthLevel::NearYear),
        ("2011-04-03", "2013", BirthLevel::Different),
        ("2011-04-03", "1998-12-25", BirthLevel::Different),
    ] {
        let found = compare(date::parse(left).unwrap(), date::parse(right).unwrap());
        assert_eq!(found, level, "{left} {right}");
    }
}

#[test]
fn distance_counts_a_swap_of_neighbours_once() {
    assert_eq!(edit::distance(b"marlow", b"malrow", 2), Some(1));
    assert_eq!(edit::distance(b"marlow", b"marow", 2), Some(1));
    assert_eq!(edit::distance(b"marlow", b"quarry", 2), None);
    assert_eq!(edit::distance::<u8>(b"", b"", 0), Some(0));
}

proptest! {
    #[test]
    fn words_compare_the_same_either_way(a in "[a-e]{1,6}", b in "[a-e]{1,6}") {
        let (a, b) = (word(&a), word(&b));
        prop_assert_eq!(compare_words(&a, &b), compare_words(&b, &a));
    }

    #[test]
    fn distance_is_symmetric(a in "[abc]{0,7}", b in "[abc]{0,7}") {
        let ab = edit::distance(a.as_bytes(), b.as_bytes(), 3);
        prop_assert_eq!(ab, edit::distance(b.as_bytes(), a.as_bytes(), 3));
        prop_assert_eq!(ab == Some(0), a == b);
    }

    #[test]
    fn dates_compare_the_same_either_way(
        a in (1990u16..1994, 1u8..13, 1u8..29, 0u8..3), b in (1990u16..1994, 1u8..13, 1u8..29, 0u8..3),
    ) {
        let make = |(y, m, d, kind)| match kind {
            0 => date::PartialDate::day(y, m, d),
            1 => date::PartialDate::month(y, m).map(date::PartialDate::about),
            _ => date::PartialDate::year(y),
        };
        let (a, b) = (make(a).unwrap(), make(b).unwrap());
        prop_assert_eq!(compare(a, b), compare(b, a));
    }
}
