//! An instrument as forms: nothing is lost, and a form breaks nothing.

use proptest::prelude::*;
use tessera_screening::{
    Instrument,
    edit::{Filled, Kind, Move, Place, differences, read_file, rules_in_words, write_file},
    file::InstrumentFile,
};

use crate::TEXT;

fn opens() -> Vec<(String, String)> {
    ["referral", "intelligence", "panel"].map(|id| (id.to_owned(), id.to_owned())).to_vec()
}

fn file() -> InstrumentFile {
    read_file(TEXT).unwrap()
}

fn read(
    place: &Place,
    file: &InstrumentFile,
    entry: Option<usize>,
    filled: &Filled,
) -> Result<InstrumentFile, Vec<(String, String)>> {
    let values = |name: &str| {
        let found = filled.iter().find(|(other, _)| other == name);
        found.map(|(_, values)| values.clone()).unwrap_or_default()
    };
    place
        .read(file, entry, &values, &opens())
        .map_err(|faults| faults.into_iter().map(|one| (one.field, one.message)).collect())
}

fn set(filled: &mut Filled, name: &str, value: &str) {
    let found = filled.iter_mut().find(|(other, _)| other == name).unwrap();
    found.1 = vec![value.to_owned()];
}

fn place(address: &str) -> Place {
    Place::from_address(address).unwrap()
}

#[test]
fn every_entry_of_the_shipped_instrument_comes_back_from_its_form_as_it_was() {
    let file = file();
    let mut forms = 0;
    for place in Place::all(&file) {
        for entry in 0..place.entries(&file).len() {
            let form = place.form(&file, Some(entry)).unwrap();
            assert_eq!(
                read(&place, &file, Some(entry), &form),
                Ok(file.clone()),
                "{}",
                place.address()
            );
            forms += 1;
        }
    }
    assert!(forms > 200, "only {forms} forms");
}

#[test]
fn the_text_that_is_written_reads_as_the_same_instrument() {
    let file = file();
    let text = write_file(&file, TEXT);
    assert_eq!(read_file(&text).unwrap(), file);
    assert_eq!(write_file(&read_file(&text).unwrap(), &text), text);
    let again = Instrument::from_yaml("again", &text).unwrap();
    assert!(again.noted().is_empty() && again.self_test().is_empty());
    assert!(text.starts_with("# Child exploitation initial screening instrument"));
}

#[test]
fn every_value_of_the_shipped_file_stands_in_some_form() {
    let file = file();
    let mut held = std::collections::BTreeSet::new();
    for place in Place::all(&file) {
        for (at, entry) in place.entries(&file).iter().enumerate() {
            held.insert(entry.id.clone());
            for (_, values) in place.form(&file, Some(at)).unwrap() {
                held.extend(values.iter().flat_map(|value| value.split(", ").map(str::to_owned)));
                held.extend(values.iter().flat_map(|value| value.lines().map(str::to_owned)));
                held.extend(values);
            }
        }
    }
    let mut texts = Vec::new();
    walk(&serde_json::to_value(&file).unwrap(), &mut texts);
    // The format itself, the instrument's own id, and the ids of the four answers are not edited.
    let fixed = ["1.0", "CE-SCREEN", "yes", "possible", "no", "not_known"];
    let lost: Vec<&String> = texts
        .iter()
        .filter(|text| !held.contains(*text) && !fixed.contains(&text.as_str()))
        .collect();
    assert!(lost.is_empty(), "{lost:?}");
}

fn walk(value: &serde_json::Value, texts: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => texts.push(text.clone()),
        serde_json::Value::Array(list) => list.iter().for_each(|one| walk(one, texts)),
        serde_json::Value::Object(map) => map.values().for_each(|one| walk(one, texts)),
        _ => {}
    }
}

#[test]
fn what_is_wrong_is_told_beside_its_field() {
    let file = file();
    let rules = place("rules");
    for (name, typed, told) in [
        ("when", "H_yess >= 1", "H_yess"),
        ("when", "H_yes >=", "column"),
        ("level", "severe", "not one of them"),
        ("reason", " ", "Fill in"),
        ("id", "L2", "used already"),
        ("id", "L 1", "letters"),
    ] {
        let mut form = rules.form(&file, Some(0)).unwrap();
        set(&mut form, name, typed);
        let faults = read(&rules, &file, Some(0), &form).unwrap_err();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!(faults[0].0, name);
        assert!(faults[0].1.contains(told), "{name}: {}", faults[0].1);
    }
    let levels = place("levels");
    let mut form = levels.form(&file, Some(1)).unwrap();
    set(&mut form, "rank", "3");
    assert_eq!(read(&levels, &file, Some(1), &form).unwrap_err()[0].0, "rank");
    let floors = place("floors");
    let mut form = floors.form(&file, Some(0)).unwrap();
    set(&mut form, "step_up", "1");
    assert_eq!(read(&floors, &file, Some(0), &form).unwrap_err()[0].0, "floor");
}

#[test]
fn a_form_cannot_break_what_could_be_read() {
    let file = file();
    let sections = file.sections.iter().position(|one| one.id == "VUL").unwrap();
    let questions = place(&format!("questions.{sections}"));
    let four = questions.entries(&file).iter().position(|one| one.id == "VUL-04").unwrap();
    let faults = questions.arrange(&file, four, Move::Remove).unwrap_err();
    assert!(
        faults[0].message.contains("VUL-04") && faults[0].message.contains("Change that first")
    );
    let mut form = questions.form(&file, Some(four)).unwrap();
    set(&mut form, "id", "VUL-40");
    assert!(read(&questions, &file, Some(four), &form).is_err());
    let three = questions.entries(&file).iter().position(|one| one.id == "VUL-07").unwrap();
    let without = questions.arrange(&file, three, Move::Remove).unwrap();
    assert_eq!(questions.entries(&without).len(), questions.entries(&file).len() - 1);
}

#[test]
fn a_question_a_rule_and_a_case_are_added_moved_and_found_by_the_comparison() {
    let file = file();
    let questions = place("questions.0");
    let mut form = questions.form(&file, None).unwrap();
    set(&mut form, "id", "VUL-11");
    set(&mut form, "text", "A new statement");
    set(&mut form, "class", "vulnerability");
    form.iter_mut().find(|one| one.0 == "types").unwrap().1 = vec!["cse".into(), "ms".into()];
    let more = read(&questions, &file, None, &form).unwrap();
    assert_eq!(questions.entries(&more).last().unwrap().id, "VUL-11");
    let found = differences(&file, &more);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].entry.as_str(), found[0].before.as_str()), ("VUL-11", ""));
    assert!(found[0].after.contains("A new statement"));
    let rules = place("rules");
    let moved = rules.arrange(&more, 1, Move::Up).unwrap();
    assert_eq!(rules.entries(&moved)[0].id, "L2");
    let found = differences(&more, &moved);
    assert_eq!((found.len(), found[0].entry.as_str()), (1, "The order"));
    let mut form = rules.form(&moved, Some(0)).unwrap();
    set(&mut form, "when", "S_yes >= 4");
    let changed = read(&rules, &moved, Some(0), &form).unwrap();
    let found = differences(&moved, &changed);
    assert_eq!((found[0].before.as_str(), found[0].after.as_str()), ("S_yes >= 3", "S_yes >= 4"));
    assert!(differences(&file, &file).is_empty());
}

#[test]
fn the_first_action_of_a_level_can_be_added() {
    let mut file = file();
    file.actions.remove("emerging");
    let at = Place::all(&file)
        .into_iter()
        .find(|place| place.title(&file) == "Actions: Emerging")
        .unwrap();
    let mut form = at.form(&file, None).unwrap();
    for (name, value) in [("do", "Speak to the lead"), ("who", "worker"), ("within", "today")] {
        set(&mut form, name, value);
    }
    let more = read(&at, &file, None, &form).unwrap();
    assert_eq!(more.actions["emerging"].len(), 1);
}

#[test]
fn every_rule_says_its_condition_in_words() {
    let said = rules_in_words(&crate::instrument());
    let of = |id: &str| said.iter().find(|one| one.0 == id).unwrap().1.clone();
    assert_eq!(
        of("L3"),
        "the number of “Strong indicator” that are yes now is at least 2 and the number of \
         “Indicator” that are yes now is at least 2"
    );
    assert!(of("F3").starts_with("DIS-01 “The child has said"));
    assert_eq!(of("L10"), "always");
    assert!(
        said.iter().all(|(id, words)| !words.contains('?') && !words.is_empty() && !id.is_empty())
    );
}

/// A value that a form of this kind may hold.
fn value(kind: Kind) -> BoxedStrategy<Vec<String>> {
    let line = "[A-Za-z0-9'\"#:,\\-{}\\[\\]&*!|>%@`é ]{0,30}";
    match kind {
        Kind::Line => line.prop_map(|text| vec![text.trim().to_owned()]).boxed(),
        Kind::Text => prop::collection::vec(line, 1..4)
            .prop_map(|lines| vec![lines.join("\n")])
            .prop_map(|text| if text[0].trim().is_empty() { vec![String::new()] } else { text })
            .boxed(),
        Kind::Lines => prop::collection::vec("[a-z:#'\\-]{1,12}", 0..4)
            .prop_map(|lines| vec![lines.join("\n")])
            .boxed(),
        _ => Just(vec![]).boxed(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn whatever_text_is_typed_comes_back_from_the_file_as_typed(
        pick in any::<prop::sample::Index>(),
        texts in prop::collection::vec(value(Kind::Text), 12),
        lines in prop::collection::vec(value(Kind::Line), 12),
        several in prop::collection::vec(value(Kind::Lines), 12),
    ) {
        let file = file();
        let places = Place::all(&file);
        let place = places[pick.index(places.len())];
        let entries = place.entries(&file).len();
        prop_assume!(entries > 0);
        let entry = pick.index(entries);
        let mut form = place.form(&file, Some(entry)).unwrap();
        for (at, field) in place.part.fields.iter().enumerate() {
            let typed = match field.kind {
                Kind::Text => texts[at].clone(),
                Kind::Line if field.name() != "id" => lines[at].clone(),
                Kind::Lines => several[at].clone(),
                _ => continue,
            };
            if field.required && typed[0].trim().is_empty() {
                continue;
            }
            form[at].1 = typed;
        }
        if let Ok(made) = read(&place, &file, Some(entry), &form) {
            prop_assert_eq!(place.form(&made, Some(entry)), Some(form));
            prop_assert_eq!(read_file(&write_file(&made, "")).unwrap(), made);
        } else {
            // Only the sentences that the program itself reads may refuse a text.
            prop_assert_eq!(place.part.id, "judgement");
        }
    }
}
