#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use tessera_linkage::decisions::Verdict;
use tessera_linkage::reports::{
    Course, Looking, Piece, ReportIndex, ReportModel, Seen, ThingKind, carry_on,
};

fn add(index: &mut ReportIndex, key: u128, date: &str, area: &str, mentions: &[[&str; 4]]) {
    let seen: Vec<Seen<'_>> = mentions
        .iter()
        .map(|[kind, value, attr1, attr2]| Seen { kind, value, attr1, attr2 })
        .collect();
    index.add(&Piece { key, date, area, mentions: &seen });
}

/// Reports of nothing in common but a station.
fn crowd(index: &mut ReportIndex) {
    for n in 0..500u128 {
        let letter = |n: u128| char::from(b'A' + u8::try_from(n % 23).unwrap());
        let name =
            format!("{}o{}in {}ar{}ow", letter(n), letter(n / 3), letter(n / 5), letter(n / 7));
        let date = format!("20{}-{:02}-11", 19 + n % 5, 1 + n % 12);
        let station = ["place", "Hexby Station", "", "Hexby"];
        add(index, 1000 + n, &date, "Hexby", &[["person", &name, "", ""], station]);
    }
}

fn desk() -> ReportIndex {
    let mut index = ReportIndex::new(ReportModel::default());
    crowd(&mut index);
    let station = ["place", "Hexby Station", "", "Hexby"];
    let number = ["phone", "07700 900111", "", ""];
    let other = ["phone", "07700 900222", "", ""];
    let whole = ["vehicle", "LB24 XYZ", "Audi A3", "red"];
    add(&mut index, 1, "2023-04-01", "Hexby", &[["person", "Quillan", "16", ""], number]);
    add(&mut index, 2, "2023-04-11", "Hexby", &[["phone", "+447700900111", "", ""], whole]);
    add(&mut index, 3, "2023-05-01", "Tarnmere", &[["vehicle", "lb24xyz", "", ""], other]);
    add(&mut index, 4, "2023-06-01", "Tarnmere", &[other, ["person", "Ghost", "40", ""], station]);
    index
}

#[test]
fn the_network_around_a_report_says_why_it_holds_and_where_it_would_come_apart() {
    let index = desk();
    let around = index.around(4, &Looking::default()).unwrap();
    assert_eq!(around.reports, [1, 2, 3, 4]);
    let story = &around.story;
    let dates: Vec<&str> = story.timeline.iter().filter_map(|(_, d)| d.as_deref()).collect();
    assert_eq!(dates, ["2023-04-01", "2023-04-11", "2023-05-01", "2023-06-01"]);
    assert_eq!(story.areas, [("hexby".to_owned(), 2), ("tarnmere".to_owned(), 2)]);
    assert_eq!((story.children, story.adults, story.of_unknown_age), (1, 1, 0));
    let kinds: Vec<ThingKind> = story.shared.iter().map(|thing| thing.kind).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == ThingKind::Number).count(), 2);
    assert!(kinds.contains(&ThingKind::Vehicle) && !kinds.contains(&ThingKind::Place));
    let vehicle = story.shared.iter().find(|thing| thing.kind == ThingKind::Vehicle).unwrap();
    assert_eq!(vehicle.mentions, [(1, 1), (2, 0)]);
    assert!(vehicle.words.starts_with("One vehicle in 2 reports: "), "{}", vehicle.words);
    let bridge = story.weakest.unwrap();
    assert!(bridge.odds > 0.0 && bridge.parts.0 + bridge.parts.1 == 4);
}

#[test]
fn a_network_is_the_same_whichever_of_its_reports_is_asked_about_and_in_whatever_order_they_came() {
    let index = desk();
    let from_first = index.around(1, &Looking::default()).unwrap();
    assert_eq!(index.around(3, &Looking::default()).unwrap(), from_first);
    let mut late = desk();
    let number = ["phone", "07700 900111", "", ""];
    late.remove(1);
    add(&mut late, 1, "2023-04-01", "Hexby", &[["person", "Quillan", "16", ""], number]);
    assert_eq!(late.around(4, &Looking::default()).unwrap(), from_first);
}

#[test]
fn what_people_decided_about_reports_and_mentions_holds_in_networks() {
    let index = desk();
    let apart = |a: u128, b: u128| ((a.min(b), a.max(b)) == (1, 4)).then_some(Verdict::NotSame);
    let looking = Looking { decided: &apart, ..Looking::default() };
    let around = index.around(1, &looking).unwrap();
    assert!(around.reports.contains(&1) && !around.reports.contains(&4));
    let not_one = |(a, i): (u128, u32), (b, j): (u128, u32)| {
        let pair = if a < b { ((a, i), (b, j)) } else { ((b, j), (a, i)) };
        (pair == ((2, 1), (3, 0))).then_some(Verdict::NotSame)
    };
    let looking = Looking { mentions: &not_one, ..Looking::default() };
    assert_eq!(index.around(1, &looking).unwrap().reports, [1, 2]);
    let one = |a: u128, b: u128| ((a.min(b), a.max(b)) == (1, 1000)).then_some(Verdict::Same);
    let looking = Looking { decided: &one, ..Looking::default() };
    assert!(!index.around(1, &looking).unwrap().reports.contains(&1001));
    let looking = Looking { may: &|key| key != 2, ..Looking::default() };
    assert_eq!(index.around(1, &looking).unwrap().reports, [1]);
    assert!(index.around(2, &looking).is_none());
}

fn named(courses: &[Course]) -> BTreeMap<u128, u128> {
    courses.iter().flat_map(|c| c.reports.iter().map(|report| (*report, c.name))).collect()
}

#[test]
fn a_network_keeps_its_name_as_it_grows_merges_and_splits() {
    let first = carry_on(&BTreeMap::new(), &[vec![5, 6, 7], vec![2, 9]]);
    assert_eq!(first.iter().map(|c| c.name).collect::<Vec<_>>(), [2, 5]);
    // A report with a smaller number does not rename it.
    let grown = carry_on(&named(&first), &[vec![1, 5, 6, 7], vec![2, 9]]);
    assert_eq!(grown[1].name, 5);
    assert_eq!((grown[1].joined.as_slice(), grown[1].left.is_empty()), (&[1][..], true));
    let merged = carry_on(&named(&grown), &[vec![1, 2, 5, 6, 7, 9]]);
    assert_eq!((merged[0].name, merged[0].merged.as_slice()), (5, &[2][..]));
    let split = carry_on(&named(&merged), &[vec![1, 5, 6, 7], vec![2, 9]]);
    assert_eq!(
        split.iter().map(|c| (c.name, c.split_from)).collect::<Vec<_>>(),
        [(2, Some(5)), (5, None)]
    );
    assert_eq!(split[1].left, [2, 9]);
}

proptest! {
    #[test]
    fn names_are_unique_and_do_not_depend_on_the_order_in_which_networks_are_given(
        groups in prop::collection::vec(0u8..5, 1..14),
        later in prop::collection::vec(0u8..5, 14),
    ) {
        let of = |groups: &[u8]| {
            let mut made: BTreeMap<u8, Vec<u128>> = BTreeMap::new();
            for (report, group) in (1u128..).zip(groups) {
                made.entry(*group).or_default().push(report);
            }
            made.into_values().collect::<Vec<_>>()
        };
        let before = named(&carry_on(&BTreeMap::new(), &of(&groups)));
        let now = of(&later);
        let courses = carry_on(&before, &now);
        let mut turned = now.clone();
        turned.reverse();
        prop_assert_eq!(&carry_on(&before, &turned), &courses);
        let mut names: Vec<u128> = courses.iter().map(|course| course.name).collect();
        names.dedup();
        prop_assert_eq!(names.len(), now.len());
        prop_assert_eq!(&carry_on(&named(&courses), &now).iter().map(|c| c.name).collect::<Vec<_>>(), &names);
    }
}
