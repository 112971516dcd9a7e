#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

use tessera_linkage::people::{
    Effort, Index, RawRecord, Settings, TableBuilder, each_record, learn, link, read_people,
};

use crate::town::town;

const NEW: RawRecord<'_> = RawRecord {
    record_id: "new",
    given_name: "Fenela",
    surname: "Marlbrooke",
    aliases: "",
    dob: "2011-04-03",
    sex: "F",
    postcode: "",
    address: "",
    phone: "07700 900123",
    nhs_number: "",
    recorded_on: "2024-01-01",
};

fn index(csv: &str) -> Index {
    let mut builder = TableBuilder::default();
    each_record(csv.as_bytes(), |raw| builder.push(raw)).unwrap();
    Index::new(builder, learn(&read_people(csv.as_bytes()).unwrap(), Effort::default()))
}

fn known() -> RawRecord<'static> {
    RawRecord { record_id: "known", given_name: "Fenella", phone: "+447700900123", ..NEW }
}

#[test]
fn a_new_record_finds_what_the_bulk_run_links_it_with() {
    let town = town(200);
    let index = index(&town.csv);
    let table = read_people(town.csv.as_bytes()).unwrap();
    let model = index.model().clone();
    let settings = Settings { model: Some(model), ..Settings::default() };
    let found = link(&table, &settings, |_| {});
    let certain = found.pairs.iter().filter(|pair| pair.odds > 8.0).take(300);
    let mut seen = 0;
    for pair in certain {
        let ranked = index.ranked(pair.left, -60.0, 1000);
        let other = ranked.iter().find(|found| found.right.max(found.left) == pair.right);
        let own = index.explain(pair.left, pair.right).odds;
        if own > 0.0 {
            assert!(other.is_some_and(|found| (found.odds - own).abs() < 1e-6), "{pair:?}");
            seen += 1;
        }
    }
    assert!(seen > 200);
}

#[test]
fn a_record_is_found_from_the_moment_it_is_in_and_never_after_it_is_out() {
    let mut index = index(&town(100).csv);
    let known = index.insert(&known());
    let new = index.insert(&NEW);
    let ranked = index.ranked(new, 0.0, 5);
    assert_eq!((ranked[0].left, ranked[0].right), (known, new));
    let reckoning = index.explain(known, new);
    assert!(reckoning.reasons.iter().any(|reason| reason.level == "one_slip"), "{reckoning:?}");
    index.remove(known);
    assert!(index.ranked(new, 0.0, 5).is_empty());
    index.rebuild();
    assert!(index.ranked(new, 0.0, 5).is_empty());
}

#[test]
fn rebuilding_and_the_order_of_coming_in_change_no_answer() {
    let csv = town(100).csv;
    let (mut one, mut other) = (index(&csv), index(&csv));
    let (a, b) = (one.insert(&known()), one.insert(&NEW));
    let (y, x) = (other.insert(&NEW), other.insert(&known()));
    let before = one.ranked(b, 0.0, 5);
    let odds = |ranked: Vec<tessera_linkage::people::Pair>| {
        ranked.into_iter().map(|pair| pair.odds).collect::<Vec<f32>>()
    };
    assert_eq!(odds(before.clone()), odds(other.ranked(y, 0.0, 5)));
    assert_eq!(odds(one.ranked(a, 0.0, 5)), odds(other.ranked(x, 0.0, 5)));
    one.rebuild();
    let after = one.ranked(b, 0.0, 5);
    let who = |ranked: &[tessera_linkage::people::Pair]| {
        ranked.iter().map(|pair| (pair.left, pair.right)).collect::<Vec<_>>()
    };
    assert_eq!(who(&before), who(&after));
}
