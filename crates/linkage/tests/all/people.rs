#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

use std::collections::BTreeMap;
use std::fmt::Write;

use tessera_linkage::decisions::Verdict;
use tessera_linkage::people::{
    Explainer, Field, Linked, Model, ModelDocument, ReadError, Settings, Step, Table, learn, link,
    read_people, specification, write_clusters, write_pairs,
};

use crate::town::{HEAD, town};

fn linked(table: &Table, settings: &Settings) -> Linked {
    link(table, settings, |_| {})
}

/// The town's records with some more at the end, and the places of those.
fn with_town(more: &[&str]) -> (Table, Vec<u32>) {
    let mut csv = town(150).csv;
    for (number, row) in more.iter().enumerate() {
        writeln!(csv, "x{number},{row}").unwrap();
    }
    let table = read_people(csv.as_bytes()).unwrap();
    let places = (0..more.len()).map(|number| table.find(&format!("x{number}")).unwrap());
    let places = places.collect();
    (table, places)
}

fn together(found: &Linked, left: u32, right: u32) -> bool {
    found.clusters[left as usize] == found.clusters[right as usize]
}

#[test]
fn most_pairs_of_a_small_town_are_found_and_few_are_wrong() {
    let town = town(400);
    let table = read_people(town.csv.as_bytes()).unwrap();
    let found = linked(&table, &Settings::default());
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    town.person.iter().for_each(|person| *sizes.entry(*person).or_default() += 1);
    let truly: usize = sizes.values().map(|size| size * (size - 1) / 2).sum();
    let right = found
        .pairs
        .iter()
        .filter(|pair| town.person[pair.left as usize] == town.person[pair.right as usize]);
    let right = right.count();
    assert!(right * 100 >= truly * 95, "{right} of {truly}");
    assert!(right * 100 >= found.pairs.len() * 97, "{right} of {}", found.pairs.len());
}

#[test]
fn twins_of_one_address_stay_two_people() {
    let (table, places) = with_town(&[
        "Jocasta,Marlbrooke,,2011-04-03,F,QX9 9ZZ,7 Castle Hill,07000000001,,2020-01-01",
        "Jocasta,Marlbrooke,,2011-04-03,F,QX9 9ZZ,7 Castle Hill,,,2021-01-01",
        "Fenella,Marlbrooke,,2011-04-03,F,QX9 9ZZ,7 Castle Hill,,,2020-01-01",
        "Fenella,Marlbrooke,,2011-04-03,F,QX9 9ZZ,7 Castle Hill,07000000002,,2021-01-01",
    ]);
    let found = linked(&table, &Settings::default());
    assert!(together(&found, places[0], places[1]));
    assert!(together(&found, places[2], places[3]));
    assert!(!together(&found, places[0], places[2]));
}

#[test]
fn two_nhs_numbers_keep_two_groups_apart_whatever_one_record_without_a_number_says() {
    let (table, places) = with_town(&[
        "Corin,Oakmerly,,2011-04-03,M,QX9 9ZA,7 Castle Hill,,9990000018,2020-01-01",
        "Corin,Oakmerly,,2011-04-03,M,QX9 9ZA,7 Castle Hill,,9990000018,2021-01-01",
        "Corin,Oakmerly,,1971-06-23,M,QX9 9ZA,7 Castle Hill,,9990000026,2020-01-01",
        "Corin,Oakmerly,,1971-06-23,M,QX9 9ZA,7 Castle Hill,,9990000026,2021-01-01",
        "Corin,Oakmerly,,,M,QX9 9ZA,7 Castle Hill,,,2021-01-01",
    ]);
    let found = linked(&table, &Settings::default());
    assert!(together(&found, places[0], places[1]));
    assert!(together(&found, places[2], places[3]));
    assert!(!together(&found, places[0], places[2]));
}

#[test]
fn one_switchboard_does_not_join_the_people_who_gave_it() {
    let rows: Vec<String> = (0..60)
        .map(|n| {
            let (given, surname) =
                (["Idris", "Oriel", "Selwyn"][n % 3], ["Norden", "Granley"][n % 2]);
            format!(
                "{given},{surname},,{}-02-{:02},,,,01632960000,,2020-01-01",
                1950 + n,
                1 + n % 28
            )
        })
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let (table, places) = with_town(&rows);
    let found = linked(&table, &Settings::default());
    let joined = places.iter().filter(|place| together(&found, places[0], **place)).count();
    assert_eq!(joined, 1, "only the record itself");
}

#[test]
fn every_pair_comes_apart_into_rows_that_add_up_to_its_odds() {
    let table = read_people(town(120).csv.as_bytes()).unwrap();
    let found = linked(&table, &Settings { floor: Some(0.001), ..Settings::default() });
    let explainer = Explainer::new(&table, &found.model);
    assert!(found.pairs.len() > 300);
    for pair in &found.pairs {
        let there = explainer.explain(pair.left, pair.right);
        let sum: f32 = there.reasons.iter().map(|reason| reason.bits).sum();
        assert!((sum - there.odds).abs() < 1e-6, "{there:?}");
        let back = explainer.explain(pair.right, pair.left);
        assert!((there.odds - back.odds).abs() < 1e-6, "{there:?} {back:?}");
        let whole = explainer.explain_in(&found, pair.left, pair.right);
        let sum: f32 = whole.reasons.iter().map(|reason| reason.bits).sum();
        assert!((sum - whole.odds).abs() < 1e-6, "{whole:?}");
        if together(&found, pair.left, pair.right) {
            assert!((whole.odds - pair.odds).abs() < 0.01, "{whole:?} {pair:?}");
        }
    }
}

#[test]
fn an_unknown_cell_gives_no_row() {
    let (table, places) = with_town(&[
        "Corin,Oakmerly,,,,,,,,2020-01-01",
        "Corin,Oakmerly,,2011-04-03,M,QX9 9ZA,7 Castle Hill,,9990000018,2020-01-01",
    ]);
    let model = learn(&table, Settings::default().effort);
    let reckoning = Explainer::new(&table, &model).explain(places[0], places[1]);
    let about: Vec<&str> = reckoning.reasons.iter().map(|reason| reason.about).collect();
    let known = ["start", Field::Given.code(), Field::Surname.code()];
    assert!(about.iter().all(|about| known.contains(about) || *about == "other_explanations"));
    assert!(known.iter().all(|known| about.contains(known)));
}

#[test]
fn a_bulk_run_obeys_what_people_decided() {
    let table = read_people(town(150).csv.as_bytes()).unwrap();
    let plain = linked(&table, &Settings::default());
    let joined = plain.pairs[0];
    let stranger = (0..150_u32).find(|record| {
        !together(&plain, *record, joined.left) && !together(&plain, *record, joined.right)
    });
    let stranger = stranger.unwrap();
    let decisions =
        vec![(joined.right, joined.left, Verdict::NotSame), (joined.left, stranger, Verdict::Same)];
    let obeyed = linked(&table, &Settings { decisions, ..Settings::default() });
    assert!(!together(&obeyed, joined.left, joined.right));
    assert!(together(&obeyed, joined.left, stranger));
    let unsure = vec![(joined.left, joined.right, Verdict::NotSure)];
    let unsure = linked(&table, &Settings { decisions: unsure, ..Settings::default() });
    assert_eq!(unsure.clusters, plain.clusters);
}

#[test]
fn threads_and_repetition_change_nothing() {
    let table = read_people(town(200).csv.as_bytes()).unwrap();
    let once = linked(&table, &Settings::default());
    let mut files = Vec::new();
    for threads in [1, 2, 5] {
        let found = linked(&table, &Settings { threads, ..Settings::default() });
        assert_eq!(found.model, once.model);
        let (mut pairs, mut clusters) = (Vec::new(), Vec::new());
        write_pairs(&mut pairs, &table, &found).unwrap();
        write_clusters(&mut clusters, &table, &found).unwrap();
        files.push((pairs, clusters));
    }
    assert!(files.windows(2).all(|two| two[0] == two[1]));
    let text = String::from_utf8(files[0].0.clone()).unwrap();
    let row = text.lines().nth(1).unwrap();
    let cells: Vec<&str> = row.split(',').collect();
    let score: f64 = cells[2].parse().unwrap();
    assert!(text.starts_with("l,r,score\n") && cells.len() == 3 && (0.5..=1.0).contains(&score));
}

#[test]
fn pairs_that_were_not_linked_are_written_only_below_the_cut_and_only_when_asked() {
    let table = read_people(town(200).csv.as_bytes()).unwrap();
    let plain = linked(&table, &Settings::default());
    assert!(plain.pairs.iter().all(|pair| pair.probability() >= 0.5));
    let floor = linked(&table, &Settings { floor: Some(0.01), ..Settings::default() });
    assert!(floor.pairs.len() > plain.pairs.len());
    for pair in &floor.pairs {
        assert_eq!(pair.probability() >= 0.5, together(&floor, pair.left, pair.right));
    }
    assert_eq!(plain.clusters, floor.clusters);
}

#[test]
fn a_model_is_one_document_that_is_read_back_and_checked() {
    let table = read_people(town(120).csv.as_bytes()).unwrap();
    let model = learn(&table, Settings::default().effort);
    let text = serde_json::to_string(&model.to_document()).unwrap();
    let document: ModelDocument = serde_json::from_str(&text).unwrap();
    let read = Model::from_document(&document).unwrap();
    let with = |model| Settings { model: Some(model), ..Settings::default() };
    assert_eq!(linked(&table, &with(model)).pairs, linked(&table, &with(read)).pairs);
    let mut wrong = document.clone();
    wrong.fields[0].contexts[0].levels[0].unrelated = 0.0;
    assert!(Model::from_document(&wrong).unwrap_err().to_string().contains("same"));
    wrong = document;
    wrong.fields.remove(3);
    assert!(Model::from_document(&wrong).unwrap_err().to_string().contains("sex"));
}

#[test]
fn the_shares_of_every_level_add_up_to_one() {
    let table = read_people(town(120).csv.as_bytes()).unwrap();
    let document = learn(&table, Settings::default().effort).to_document();
    for context in document.fields.iter().flat_map(|field| &field.contexts) {
        for pick in [0, 1, 2] {
            let shares =
                context.levels.iter().map(|l| [l.same_person, l.household, l.unrelated][pick]);
            let sum: f64 = shares.sum();
            assert!((sum - 1.0).abs() < 1e-9, "{} {sum}", context.context);
        }
    }
}

#[test]
fn the_specification_names_every_rule_and_every_level() {
    let shown = specification(None).to_string();
    for field in Field::ALL {
        assert!(field.levels().iter().all(|level| shown.contains(level)));
    }
    assert!(shown.contains("birth day + sound of surname"));
}

#[test]
fn a_file_without_records_or_without_columns_is_no_accident() {
    let empty = read_people(HEAD.as_bytes()).unwrap();
    assert!(linked(&empty, &Settings::default()).pairs.is_empty());
    let one = read_people("record_id,given_name\na,Idris\n".as_bytes()).unwrap();
    assert_eq!(linked(&one, &Settings::default()).clusters, [0]);
    let none = read_people("name\nIdris\n".as_bytes());
    assert!(matches!(none, Err(ReadError::Column("record_id"))));
    assert!(matches!(read_people("record_id,sex\na\n".as_bytes()), Err(ReadError::Csv(_))));
}

#[test]
fn the_steps_are_told_in_order() {
    let table = read_people(town(20).csv.as_bytes()).unwrap();
    let mut told = Vec::new();
    let found = link(&table, &Settings::default(), |step| told.push(step));
    assert_eq!(found.clusters.len(), table.len());
    assert_eq!(told, [Step::Block, Step::Train, Step::Compare, Step::Cluster, Step::Done]);
}
