#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

use proptest::prelude::*;
use tessera_linkage::decisions::Verdict;
use tessera_linkage::reports::{About, Asking, Found, Piece, ReportIndex, ReportModel, Row, Seen};

type Report = (u128, &'static str, &'static str, Vec<[&'static str; 4]>);

fn seen(mentions: &[[&'static str; 4]]) -> Vec<Seen<'static>> {
    let of = |m: &[&'static str; 4]| Seen { kind: m[0], value: m[1], attr1: m[2], attr2: m[3] };
    mentions.iter().map(of).collect()
}

fn filled<'a>(all: impl IntoIterator<Item = &'a Report>) -> ReportIndex {
    let mut index = ReportIndex::new(ReportModel::default());
    for report in all {
        add(&mut index, report);
    }
    index
}

fn add(index: &mut ReportIndex, (key, date, area, mentions): &Report) {
    index.add(&Piece { key: *key, date, area, mentions: &seen(mentions) });
}

const NAMES: [&str; 8] = [
    "Quillan Tarrowby",
    "Quill",
    "Ola Wexford",
    "O Wexford",
    "Bob Marrow",
    "Robert Marow",
    "Ghost",
    "Zofia Nowak",
];
const PLATES: [&str; 7] = ["LB24 XYZ", "LB24", "XYZ", "L824 XYZ", "LB?4X?Z", "KT19 GHJ", ""];
const NUMBERS: [&str; 6] =
    ["07700 900123", "+447700900123", "900123", "07700900132", "07700900", "07700900555"];
const PLACES: [&str; 5] =
    ["Golden Kebab House", "golden kebabs", "the Golden Grill", "Marlbrook Station", "Royal Cafe"];

fn mention() -> impl Strategy<Value = [&'static str; 4]> {
    let pick = prop::sample::select::<&'static str>;
    prop_oneof![
        (pick(NAMES.to_vec()), pick(vec!["", "17", "19", "40"]), pick(vec!["", "beard", "limp"]))
            .prop_map(|(v, a, b)| ["person", v, a, b]),
        (pick(PLATES.to_vec()), pick(vec!["", "Audi A3", "Audi"]), pick(vec!["", "red", "black"]))
            .prop_map(|(v, a, b)| ["vehicle", v, a, b]),
        pick(NUMBERS.to_vec()).prop_map(|v| ["phone", v, "", ""]),
        (pick(PLACES.to_vec()), pick(vec!["", "High Street"]), pick(vec!["", "Marlbrook"]))
            .prop_map(|(v, a, b)| ["place", v, a, b]),
        pick(vec!["High Street", "Mill Lane"]).prop_map(|v| ["street", v, "", "Marlbrook"]),
        pick(vec!["@zed_99", "Zed_99", "@other"]).prop_map(|v| ["handle", v, "", ""]),
        pick(vec!["zed@example.org", "ZED@example.org"]).prop_map(|v| ["email", v, "", ""]),
    ]
}

fn reports(most: usize) -> impl Strategy<Value = Vec<Report>> {
    let one = (
        prop::sample::select(vec!["2023-04-01", "2023-04-20", "2021-02", "2019", ""]),
        prop::sample::select(vec!["Marlbrook", "Hexby", ""]),
        prop::collection::vec(mention(), 0..5),
    );
    prop::collection::vec(one, 1..most).prop_map(|all| {
        (1u128..)
            .zip(all)
            .map(|(key, (date, area, mentions))| (key, date, area, mentions))
            .collect()
    })
}

const ALL: Asking<'static> = Asking {
    least: -100.0,
    most: 1000,
    may: &|_| true,
    decided: &|_| None,
    mentions: &|_, _| None,
};

fn everything(index: &ReportIndex, keys: impl Iterator<Item = u128>) -> Vec<Vec<Found>> {
    keys.map(|key| index.similar(key, &ALL)).collect()
}

fn sum(rows: &[Row]) -> f32 {
    rows.iter().map(|row| row.bits).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_rows_of_every_link_add_up_to_its_odds_exactly_in_any_order(all in reports(14)) {
        let index = filled(&all);
        for found in everything(&index, 1..=all.len() as u128).into_iter().flatten() {
            prop_assert_eq!(sum(&found.rows).to_bits(), found.odds.to_bits());
            let turned: Vec<Row> = found.rows.iter().rev().copied().collect();
            prop_assert_eq!(sum(&turned).to_bits(), found.odds.to_bits());
            prop_assert!(found.rows.iter().all(|row| (row.bits * 1024.0).fract() == 0.0));
        }
    }

    #[test]
    fn a_link_is_the_same_from_either_side(all in reports(10)) {
        let index = filled(&all);
        for one in 1..=all.len() as u128 {
            for found in index.similar(one, &ALL) {
                let back = index.why(found.key, one).unwrap();
                prop_assert_eq!(back.odds.to_bits(), found.odds.to_bits());
                let turned: Vec<(u32, u32)> = back.shared.iter().map(|(l, r)| (*r, *l)).collect();
                prop_assert_eq!(turned, found.shared);
            }
        }
    }

    #[test]
    fn reports_taken_out_leave_no_trace_and_the_order_does_not_matter(
        all in reports(12),
        order in any::<prop::sample::Index>(),
        gone in prop::collection::vec(any::<bool>(), 12),
    ) {
        let kept = |report: &&Report| !gone[(report.0 as usize - 1) % 12];
        let mut plain = filled(all.iter().filter(kept));
        let mut turned = all.clone();
        turned.rotate_left(order.index(all.len()));
        turned.reverse();
        let mut other = filled(&turned);
        // A correction back to what it was changes nothing.
        if let Some(first) = turned.first() {
            add(&mut other, &(first.0, "2020-01-01", "Hexby", vec![["phone", "07700900999", "", ""]]));
            add(&mut other, first);
        }
        for report in all.iter().filter(|report| !kept(report)) {
            prop_assert!(other.remove(report.0));
        }
        let keys = || 1..=all.len() as u128;
        prop_assert_eq!(everything(&plain, keys()), everything(&other, keys()));
        plain.learn();
        other.learn();
        prop_assert_eq!(plain.model(), other.model());
    }
}

/// People of whom nobody else speaks, so that names have a frequency.
fn crowd(index: &mut ReportIndex, from: u128) {
    for n in 0..600u128 {
        let letter = |n: u128| char::from(b'A' + u8::try_from(n % 23).unwrap());
        let name =
            format!("{}o{}in {}ar{}ow", letter(n), letter(n / 3), letter(n / 5), letter(n / 7));
        let date = format!("20{}-{:02}-11", 19 + n % 5, 1 + n % 12);
        let hub = Seen { kind: "place", value: "Hexby Station", attr1: "", attr2: "Hexby" };
        let person = Seen { kind: "person", value: &name, ..Seen::default() };
        index.add(&Piece { key: from + n, date: &date, area: "Hexby", mentions: &[person, hub] });
    }
}

#[test]
fn a_new_report_finds_the_earlier_ones_that_fit_strongest_first_and_asking_leaves_nothing_behind() {
    let mut index = ReportIndex::new(ReportModel::default());
    crowd(&mut index, 1000);
    let number = ["phone", "07700 900123", "", ""];
    add(&mut index, &(1, "2023-04-01", "Hexby", vec![number, ["vehicle", "LB24 XYZ", "", "red"]]));
    add(&mut index, &(2, "2023-04-09", "Hexby", vec![["vehicle", "LB24", "Audi", "red"]]));
    let mentions = seen(&[["phone", "+447700900123", "", ""], ["vehicle", "lb24xyz", "Audi", ""]]);
    let piece = Piece { key: 3, date: "2023-05-01", area: "", mentions: &mentions };
    let found = index.ask(&piece, &Asking { least: -20.0, ..Asking::default() });
    let keys: Vec<u128> = found.iter().map(|found| found.key).collect();
    assert_eq!(keys, [1, 2]);
    assert!(found[0].probability() > 0.99 && found[0].shared.len() == 2);
    assert!(found[0].rows.iter().any(|row| row.about == About::Number && row.bits > 20.0));
    assert!(!index.contains(3) && index.len() == 602);
    assert!(index.similar(3, &Asking::default()).is_empty());
}

#[test]
fn what_may_not_be_seen_is_not_found_and_what_people_decided_is_obeyed() {
    let mut index = ReportIndex::new(ReportModel::default());
    crowd(&mut index, 1000);
    for key in 1..=4 {
        add(&mut index, &(key, "2023-04-01", "Hexby", vec![["phone", "07700 900123", "", ""]]));
    }
    let decided = |other: u128| match other {
        2 => Some(Verdict::NotSame),
        3 => Some(Verdict::Same),
        _ => None,
    };
    let asking = Asking { may: &|key| key != 4, decided: &decided, ..Asking::default() };
    let found = index.similar(1, &asking);
    let keys: Vec<(u128, Option<Verdict>)> = found.iter().map(|f| (f.key, f.decided)).collect();
    assert_eq!(keys, [(3, Some(Verdict::Same))]);
}

#[test]
fn the_people_and_things_behind_the_links_are_told_apart() {
    let mut index = ReportIndex::new(ReportModel::default());
    crowd(&mut index, 1000);
    let number = ["phone", "07700 900123", "", ""];
    add(&mut index, &(1, "2023-04-01", "Hexby", vec![number]));
    add(&mut index, &(2, "2023-04-02", "Hexby", vec![["person", "Ghost", "", ""], number]));
    add(&mut index, &(3, "2023-04-03", "Hexby", vec![number, ["vehicle", "LB24XYZ", "", ""]]));
    add(&mut index, &(4, "2023-04-04", "Hexby", vec![["vehicle", "LB24 XYZ", "", ""]]));
    let found = index.similar(3, &Asking::default());
    let things = index.things(&found);
    assert_eq!(things.len(), 2);
    assert_eq!(things[0].mentioned, [(1, 0), (2, 1)]);
    assert_eq!((things[1].mention, things[1].mentioned.as_slice()), (1, &[(4, 0)][..]));
}

#[test]
fn a_model_of_reports_is_read_back_as_it_was_written_and_a_broken_one_is_refused() {
    let mut index = ReportIndex::new(ReportModel::default());
    crowd(&mut index, 1000);
    index.learn();
    let text = serde_json::to_string(index.model()).unwrap();
    let mut read: ReportModel = serde_json::from_str(&text).unwrap();
    assert_eq!(&read, index.model());
    read.check().unwrap();
    read.scales[3].bits.pop();
    assert!(read.check().is_err());
}
