//! Nothing is overwritten: corrections keep what was there, and a past day shows what was known.

use std::collections::BTreeMap;

use tessera_app::child::{File, RawCorrection, RawFact};
use tessera_core::{
    child::Field,
    ids::FactId,
    reference::Reference,
    time::{Date, SignedDuration, day_in_london},
};
use tessera_policy::Actor;
use tessera_testkit::{World, chance::Seeded, make, on_both};

use crate::fields;

async fn file_of(w: &World, by: &Actor, file: &Reference, on: Option<Date>) -> File {
    w.app.view_child(by, file, on).await.unwrap()
}

async fn correct(
    w: &World,
    by: &Actor,
    file: &Reference,
    fact: FactId,
    value: &str,
) -> Result<(), tessera_app::AppError> {
    let raw = RawCorrection {
        fact: fact.to_string(),
        value: value.into(),
        source: "Birth certificate".into(),
        reason: "Misheard on the telephone".into(),
    };
    w.app.correct_fact(by, file, &raw).await
}

on_both!(a_correction_keeps_the_old_value_with_who_when_and_why, async |w| {
    let officer = make::officer(&w).await;
    let file = make::file(&w, &officer, make::child("Robyn Example")).await;
    let old = file_of(&w, &officer, &file, None).await.standing(Field::Name)[0].id;
    w.hours_later(48);
    correct(&w, &officer, &file, old, "Robin Example").await.unwrap();
    let now = file_of(&w, &officer, &file, None).await;
    assert_eq!(now.identity.name, "Robin Example");
    let names: Vec<_> = now.facts.iter().filter(|f| f.field == Field::Name).collect();
    assert_eq!((names.len(), names[0].value.as_str()), (2, "Robyn Example"));
    assert_eq!(names[1].corrects, Some(old));
    assert_eq!(names[1].reason.as_deref(), Some("Misheard on the telephone"));
    assert_eq!(names[1].recorded_by, "Olu Officer");
    let again = correct(&w, &officer, &file, old, "Robert Example").await;
    assert!(matches!(again, Err(tessera_app::AppError::Conflict)), "corrected once");
    let before = day_in_london(w.now()).yesterday().unwrap();
    assert_eq!(file_of(&w, &officer, &file, Some(before)).await.identity.name, "Robyn Example");
});

on_both!(a_wrong_value_may_be_corrected_to_not_known, async |w| {
    let officer = make::officer(&w).await;
    let file = make::file(&w, &officer, make::child("Robin Example")).await;
    make::fact(&w, &officer, &file, "school", "Marlbrook Primary").await;
    let fact = file_of(&w, &officer, &file, None).await.standing(Field::School)[0].id;
    correct(&w, &officer, &file, fact, " ").await.unwrap();
    let now = file_of(&w, &officer, &file, None).await;
    assert_eq!(now.standing(Field::School)[0].value, "not known");
});

on_both!(the_value_of_another_file_is_not_corrected, async |w| {
    let officer = make::officer(&w).await;
    let one = make::file(&w, &officer, make::child("Robin Example")).await;
    let two = make::file(&w, &officer, make::child("Quentin Ostler")).await;
    let fact = file_of(&w, &officer, &two, None).await.standing(Field::Name)[0].id;
    assert!(crate::is_absent(correct(&w, &officer, &one, fact, "Someone").await));
});

on_both!(a_value_that_cannot_be_right_is_told, async |w| {
    let officer = make::officer(&w).await;
    let file = make::file(&w, &officer, make::child("Robin Example")).await;
    for (field, value, wrong) in [
        ("born", "the third of May", "value"),
        ("nhs_number", "999 000 0019", "value"),
        ("shoe_size", "4", "field"),
        ("school", " ", "value"),
    ] {
        let raw = RawFact { field: field.into(), value: value.into(), source: "A call".into() };
        let errors = fields(w.app.add_fact(&officer, &file, &raw).await);
        assert!(errors.of(wrong).is_some(), "{field}: {errors:?}");
    }
    for value in ["3 5 2011", "5 2011", "2011", "3/5/2011"] {
        make::fact(&w, &officer, &file, "born", value).await;
        w.minutes_later(1);
    }
    let born = file_of(&w, &officer, &file, None).await.identity.born.unwrap();
    assert_eq!(String::from(born), "2011-05-03");
});

/// One recorded value of a history, as the test remembers it.
#[derive(Clone)]
struct Remembered {
    day: Date,
    field: Field,
    value: String,
    corrects: Option<usize>,
}

/// What a file shows: each field, its value, and the value it corrects.
type Shown = Vec<(&'static str, String, Option<String>)>;

fn replayed(history: &[Remembered], day: Date) -> Shown {
    let known = history.iter().filter(|r| r.day <= day);
    let mut shown: Shown = known
        .map(|r| (r.field.id(), r.value.clone(), r.corrects.map(|n| history[n].value.clone())))
        .collect();
    shown.sort();
    shown
}

fn shown(file: &File) -> Shown {
    let values: BTreeMap<_, _> = file.facts.iter().map(|f| (f.id, f.value.clone())).collect();
    let mut shown: Shown = file
        .facts
        .iter()
        .map(|f| (f.field.id(), f.value.clone(), f.corrects.map(|id| values[&id].clone())))
        .collect();
    shown.sort();
    shown
}

/// Which value stands, as replayed: the last that no later one corrected by then.
fn standing(history: &[Remembered], field: Field, day: Date) -> Option<String> {
    let known = |r: &Remembered| r.day <= day;
    let corrected =
        |n: usize| history.iter().any(|later| known(later) && later.corrects == Some(n));
    let mut found = history.iter().enumerate().filter(|(_, r)| known(r) && r.field == field);
    found.rfind(|(n, _)| !corrected(*n)).map(|(_, r)| r.value.clone())
}

/// Children who are nothing alike, so that no search stands between the files.
const NAMES: [&str; 6] = [
    "Quarrington Ostler",
    "Penelope Marchbank",
    "Tobias Winterbourne",
    "Agnes Fenwick",
    "Leopold Gladhouse",
    "Zuleika Dunmore",
];

/// Grows one file by a random history of values and corrections over some weeks.
async fn grow(w: &World, officer: &Actor, seed: usize) -> (Reference, Vec<Remembered>) {
    let chance = Seeded::new(seed as u64);
    let fields = [Field::Name, Field::KnownAs, Field::School, Field::Address, Field::Alert];
    let name = NAMES[seed].to_owned();
    let file = make::file(w, officer, make::child(&name)).await;
    let today = || day_in_london(w.now());
    let mut history =
        vec![Remembered { day: today(), field: Field::Name, value: name, corrects: None }];
    let mut ids = vec![file_of(w, officer, &file, None).await.facts[0].id];
    for n in 0..12 {
        // Hours, not days: some steps share a day, and some fall around midnight.
        w.clock.advance(SignedDuration::from_mins(i64::try_from(chance.below(60 * 40)).unwrap()));
        let value = format!("Value {n} {}", chance.below(1000));
        let target = chance.below(history.len());
        let corrected = history.iter().any(|r| r.corrects == Some(target));
        let corrects = (chance.once_in(2) && !corrected).then_some(target);
        let field = corrects.map_or(fields[chance.below(fields.len())], |n| history[n].field);
        match corrects {
            Some(n) => correct(w, officer, &file, ids[n], &value).await.unwrap(),
            None => make::fact(w, officer, &file, field.id(), &value).await,
        }
        let facts = file_of(w, officer, &file, None).await.facts;
        let new: Vec<_> = facts.iter().filter(|f| !ids.contains(&f.id)).collect();
        assert_eq!(new.len(), 1, "one step records one value");
        ids.push(new[0].id);
        history.push(Remembered { day: today(), field, value, corrects });
    }
    (file, history)
}

on_both!(a_past_day_shows_exactly_what_a_replay_of_the_history_up_to_it_gives, async |w| {
    w.clock.set("2026-06-01T21:00:00Z".parse().unwrap());
    let officer = make::officer(&w).await;
    for seed in 0..NAMES.len() {
        let (file, history) = grow(&w, &officer, seed).await;
        let mut day = history[0].day.yesterday().unwrap();
        while day <= day_in_london(w.now()) {
            let found = file_of(&w, &officer, &file, Some(day)).await;
            assert_eq!(shown(&found), replayed(&history, day), "seed {seed}, {day}");
            let name = standing(&history, Field::Name, day)
                .or_else(|| standing(&history, Field::KnownAs, day))
                .unwrap_or_default();
            assert_eq!(found.identity.name, name, "seed {seed}, {day}");
            assert!(!found.may_correct, "the past is not written to");
            day = day.tomorrow().unwrap();
        }
        let now = file_of(&w, &officer, &file, None).await;
        assert_eq!(shown(&now), replayed(&history, day), "seed {seed}, now");
    }
});

on_both!(a_name_that_was_corrected_still_finds_the_file, async |w| {
    let officer = make::officer(&w).await;
    let file = make::file(&w, &officer, make::child("Quarrington Ostler")).await;
    let old = file_of(&w, &officer, &file, None).await.standing(Field::Name)[0].id;
    correct(&w, &officer, &file, old, "Penelope Marchbank").await.unwrap();
    for name in ["Quarrington Ostler", "Penelope Marchbank"] {
        let raw = tessera_app::child::RawSearch { name: name.into(), ..Default::default() };
        let found = w.app.search_children(&officer, &raw).await.unwrap();
        assert_eq!((found.len(), &found[0].reference), (1, &file), "{name}");
        assert_eq!(found[0].name, "Penelope Marchbank");
    }
});
