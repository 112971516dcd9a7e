#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use proptest::prelude::*;
use tessera_linkage::reports::{
    Asking, Found, Piece, ReportIndex, ReportModel, Seen, clash, published,
};

const NAMES: [&str; 5] = ["Quillan Tarrowby", "Quill", "Ola Wexford", "O Wexford", "Bob Marrow"];
const PLATES: [&str; 4] = ["LB24 XYZ", "LB24", "XYZ", "KT19 GHJ"];

type Told = (&'static str, &'static str, &'static str);

fn add(index: &mut ReportIndex, key: u128, (name, plate, date): Told) {
    let mentions = [
        Seen { kind: "person", value: name, ..Seen::default() },
        Seen { kind: "vehicle", value: plate, ..Seen::default() },
        Seen { kind: "place", value: "Golden Grill", attr2: "Marlbrook", ..Seen::default() },
    ];
    index.add(&Piece { key, date, area: "Marlbrook", mentions: &mentions });
}

fn all(index: &ReportIndex, key: u128, may: &dyn Fn(u128) -> bool) -> Vec<Found> {
    index.similar(key, &Asking { least: -100.0, most: 1000, may, ..Asking::default() })
}

fn told() -> impl Strategy<Value = Vec<Told>> {
    let pick = prop::sample::select::<&'static str>;
    let one = (
        pick(NAMES.to_vec()),
        pick(PLATES.to_vec()),
        pick(vec!["2023-04-01", "2023-04-20", "2021-02", ""]),
    );
    prop::collection::vec(one, 2..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_report_that_stands_apart_changes_nothing_for_those_who_may_not_see_it(
        told in told(),
        hidden in prop::collection::vec(any::<bool>(), 60),
    ) {
        let (mut with, mut without) = (ReportIndex::new(published()), ReportIndex::new(published()));
        for (key, one) in (0u128..).zip(&told) {
            let is_hidden = hidden[key as usize];
            add(&mut with, key, *one);
            with.set_apart(key, is_hidden);
            if !is_hidden {
                add(&mut without, key, *one);
            }
        }
        let may = |key: u128| !hidden[key as usize];
        for key in (0..told.len() as u128).filter(|key| may(*key)) {
            prop_assert_eq!(all(&with, key, &may), all(&without, key, &|_| true));
            prop_assert_eq!(with.too_common(key), without.too_common(key));
        }
    }

    #[test]
    fn standing_apart_and_being_counted_again_leaves_no_trace(
        told in told(),
        moved in prop::collection::vec(any::<bool>(), 60),
    ) {
        let mut index = ReportIndex::new(ReportModel::default());
        for (key, one) in (0u128..).zip(&told) {
            add(&mut index, key, *one);
        }
        let keys = 0..told.len() as u128;
        let before: Vec<_> = keys.clone().map(|key| all(&index, key, &|_| true)).collect();
        for apart in [true, false] {
            for key in keys.clone().filter(|key| moved[*key as usize]) {
                index.set_apart(key, apart);
                prop_assert_eq!(index.is_apart(key), apart);
            }
        }
        let after: Vec<_> = keys.map(|key| all(&index, key, &|_| true)).collect();
        prop_assert_eq!(before, after);
    }
}

#[test]
fn the_published_model_is_whole() {
    let model = published();
    assert_eq!(model.check(), Ok(()));
    assert_eq!(model.part_of, 3_000);
    assert_ne!(model, ReportModel::default());
}

#[test]
fn a_clash_is_told_from_a_gap_and_a_slip() {
    let seen = |kind, value, attr1| Seen { kind, value, attr1, ..Seen::default() };
    let cases = [
        (seen("person", "Dev", ""), seen("person", "Dev Marsh", "17"), false),
        (seen("person", "Dev Patel", ""), seen("person", "Dev Marsh", ""), true),
        (seen("person", "Rocco", "25"), seen("person", "Rocco", "62"), true),
        (seen("person", "Kai", "child"), seen("person", "Kai", "adult"), true),
        (seen("person", "Kai", "child"), seen("person", "Kai", "13"), false),
        (seen("vehicle", "AB51???", ""), seen("vehicle", "AB51 ABC", "Golf"), false),
        (seen("vehicle", "CD62 XYZ", ""), seen("vehicle", "AB51 ABC", ""), true),
        (seen("phone", "*ends 0123", ""), seen("phone", "07700 900123", ""), false),
        (seen("phone", "*ends 0124", ""), seen("phone", "07700 900123", ""), true),
    ];
    for (one, other, expected) in cases {
        assert_eq!(clash(&one, &other), expected, "{one:?} {other:?}");
        assert_eq!(clash(&other, &one), expected, "{other:?} {one:?}");
    }
}

#[test]
fn a_name_in_a_small_collection_is_not_taken_for_a_common_one() {
    let fits = |model: ReportModel| {
        let mut index = ReportIndex::new(model);
        for (key, name) in (0u128..).zip(["Quillan Tarrowby", "Quillan Tarrowby", "Ola Wexford"]) {
            add(&mut index, key, (name, "", "2023-04-01"));
        }
        let found = index.similar(0, &Asking { least: -100.0, ..Asking::default() });
        // Where every other report names it, a name is worth nothing and brings no report.
        let rows = found.into_iter().find(|found| found.key == 1).map(|found| found.rows);
        rows.unwrap_or_default()
            .iter()
            .filter(|row| row.about == tessera_linkage::reports::About::Name)
            .map(|row| row.bits)
            .sum::<f32>()
    };
    assert!(fits(published()) > fits(ReportModel { part_of: 0, ..published() }) + 10.0);
}
