//! Lists are filtered in SQL and single records by the rules. In made-up partnerships of every
//! shape the two say the same.

use std::collections::BTreeSet;

use tessera_app::{
    AppError,
    child::{RawReason, RawSearch},
    concern::Filter,
};
use tessera_core::{agency::AgencyKind, reference::Reference, user::Role};
use tessera_policy::{Actor, Refusal};
use tessera_store::concern::list::Line;
use tessera_testkit::{World, chance::Seeded, make, on_both};

use crate::{
    hidden::{change, involve},
    is_absent, public,
    triage::route,
};

const PEOPLE: usize = 10;
const CHILDREN: usize = 8;
const CONCERNS: usize = 12;

struct Partnership {
    people: Vec<Actor>,
    files: Vec<Reference>,
    concerns: Vec<Reference>,
}

/// People of every role, some with two.
async fn people(w: &World, chance: &Seeded) -> Vec<Actor> {
    let roles = [
        Role::HubOfficer,
        Role::HubOfficer,
        Role::HubManager,
        Role::PoliceIntelligence,
        Role::AgencyLead,
        Role::SocialWorker,
    ];
    let mut agencies = Vec::new();
    for n in 0..3 {
        agencies.push(make::agency(w, &format!("Agency {n}"), AgencyKind::Council).await);
    }
    let mut people = Vec::new();
    for n in 0..PEOPLE {
        let mut held = vec![roles[n % roles.len()]];
        if chance.once_in(3) {
            held.push(Role::ALL[chance.below(Role::ALL.len())]);
        }
        held.sort_unstable();
        held.dedup();
        let agency = agencies[chance.below(agencies.len())];
        people.push(make::user(w, &format!("Person {n}"), agency, &held).await);
    }
    people
}

/// Concerns about one or two children, from outside and from people, some routed to police.
async fn concerns(w: &World, officer: &Actor, people: &[Actor], chance: &Seeded) -> Partnership {
    let mut p = Partnership { people: people.to_vec(), files: vec![], concerns: vec![] };
    for n in 0..CONCERNS {
        let mut children = vec![make::child(&format!("Quillan Ostler{n}"))];
        if chance.once_in(2) {
            children.push(make::child(&format!("Pemberly Marchbank{n}")));
        }
        let by = if chance.once_in(3) { public() } else { people[chance.below(PEOPLE)].clone() };
        let reference = make::sent(w, &by, &make::concern_about(&children)).await.reference;
        if p.files.len() < CHILDREN {
            for nth in 0..children.len() {
                let seen: Vec<_> = p.files.iter().collect();
                let file = make::new_file(w, officer, &reference, nth, &seen).await.unwrap();
                p.files.push(file);
            }
        }
        if chance.once_in(2) {
            let routes = ["intelligence", "crime", "missing", "lado", "referral"];
            route(w, officer, &reference, &[routes[chance.below(routes.len())]]).await;
        }
        p.concerns.push(reference);
    }
    p
}

/// Restricts, names, excludes, involves and opens in an emergency, at random.
async fn protect(w: &World, manager: &Actor, p: &Partnership, chance: &Seeded) {
    for file in &p.files {
        let anyone = || &p.people[chance.below(PEOPLE)];
        if chance.once_in(2) {
            involve(w, manager, file, anyone()).await;
        }
        if chance.once_in(2) {
            change(w, manager, file, "restrict", None).await;
            change(w, manager, file, "name", Some(anyone())).await;
            let raw = RawReason { reason: "A call in the night about this child".into() };
            for _ in 0..2 {
                // Only a hub manager who may know that it is there gets in.
                let _ = w.app.override_restriction(anyone(), file, &raw).await;
            }
        }
        for _ in 0..2 {
            if chance.once_in(2) {
                change(w, manager, file, "exclude", Some(anyone())).await;
            }
        }
        if chance.once_in(4) {
            let person = anyone();
            change(w, manager, file, "exclude", Some(person)).await;
            change(w, manager, file, "unexclude", Some(person)).await;
        }
    }
    w.hours_later(i64::try_from(chance.below(2)).unwrap() * 5);
}

fn references(lines: &[Line]) -> BTreeSet<&Reference> {
    lines.iter().map(|line| &line.reference).collect()
}

/// The concerns for which asking the rule gives something.
async fn by_rule<'p>(
    p: &'p Partnership,
    ask: impl AsyncFn(&Reference) -> bool,
) -> BTreeSet<&'p Reference> {
    let mut found = BTreeSet::new();
    for reference in &p.concerns {
        if ask(reference).await {
            found.insert(reference);
        }
    }
    found
}

/// Holds every list that a person has against the rule for each record in it; how many agreed.
async fn compare(w: &World, p: &Partnership, who: &Actor) -> usize {
    let may_view = async |r: &Reference| !is_absent(w.app.view_concern(who, r).await);
    let may_follow = async |r: &Reference| !is_absent(w.app.follow(who, r).await);
    let name = &who.name;
    let mut compared = 0;
    if who.is_hub() {
        let seen = by_rule(p, may_view).await;
        let (lines, count) = w.app.queue(who, &Filter::default()).await.unwrap();
        assert_eq!(references(&lines), seen, "{name}: queue");
        assert_eq!(usize::try_from(count).unwrap(), seen.len(), "{name}: count");
        let words = w.app.search_concerns(who, "white van").await.unwrap();
        assert_eq!(references(&words), seen, "{name}: words");
        for reference in &seen {
            let earlier = w.app.view_concern(who, reference).await.unwrap().earlier;
            assert!(earlier.iter().all(|e| seen.contains(&e.reference)), "{name}: earlier");
        }
        compared += seen.len();
    }
    let lists = w.app.own_concerns(who).await.unwrap();
    if who.is(Role::PoliceIntelligence) && !who.is_hub() {
        let routed = references(&lists.routed);
        for reference in by_rule(p, may_view).await {
            let whole = w.app.view_concern(who, reference).await.unwrap().whole;
            let police = ["intelligence", "crime", "missing"];
            let to_police = whole.routes.iter().any(|r| police.contains(&r.route.as_str()));
            assert_eq!(routed.contains(reference), to_police, "{name}: routed");
            compared += 1;
        }
        for line in &lists.routed {
            assert!(may_view(&line.reference).await, "{name}: {} is listed", line.reference);
        }
    }
    let mut followed = references(&lists.own);
    followed.extend(references(&lists.colleagues));
    assert_eq!(followed, by_rule(p, may_follow).await, "{name}: own and colleagues'");
    compared + compare_files(w, p, who).await
}

async fn compare_files(w: &World, p: &Partnership, who: &Actor) -> usize {
    let mut found = BTreeSet::new();
    for word in ["Quillan", "Pemberly"] {
        let raw = RawSearch { name: word.into(), ..RawSearch::default() };
        match w.app.search_children(who, &raw).await {
            Ok(answers) => found.extend(answers.into_iter().map(|a| a.reference)),
            Err(AppError::Refused(Refusal::Refused)) => return 0,
            Err(other) => panic!("{other}"),
        }
    }
    for file in &p.files {
        let seen = w.app.view_child(who, file, None).await;
        let hidden = matches!(seen, Err(AppError::Refused(Refusal::Absent | Refusal::Restricted)));
        assert_eq!(found.contains(file), !hidden, "{}: search for {file}", who.name);
    }
    found.len()
}

on_both!(every_list_shows_exactly_the_records_that_the_rules_open, async |first| {
    let mut compared = 0;
    for seed in 0..3 {
        let w = World::new(first.engine).await;
        let chance = Seeded::new(seed);
        let (officer, manager) = (make::officer(&w).await, make::manager(&w).await);
        let people = people(&w, &chance).await;
        let p = concerns(&w, &officer, &people, &chance).await;
        protect(&w, &manager, &p, &chance).await;
        for who in p.people.iter().chain([&officer, &manager]) {
            compared += compare(&w, &p, who).await;
        }
    }
    assert!(compared > 100, "only {compared} records were compared");
});
