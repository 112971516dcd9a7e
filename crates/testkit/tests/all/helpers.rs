//! The clock, chance and the small partnership.

use tessera_core::{
    chance::{Chance, Draw},
    time::{Clock, SignedDuration},
    user::Role,
};
use tessera_testkit::{
    Engine, World, chance::Seeded, folder::TestFolder, make, on_both, time::TestClock,
};

#[test]
fn the_clock_stands_still_until_it_is_moved() {
    let clock = TestClock::at("2026-11-24T09:00:00Z");
    assert_eq!(clock.now(), clock.now());
    clock.advance(SignedDuration::from_mins(90));
    assert_eq!(clock.now().to_string(), "2026-11-24T10:30:00Z");
    clock.set("2026-01-01T00:00:00Z".parse().unwrap());
    assert_eq!(clock.now().to_string(), "2026-01-01T00:00:00Z");
}

#[test]
fn the_same_seed_draws_the_same_and_another_seed_something_else() {
    let drawn = |seed| Seeded::new(seed).secret();
    assert_eq!(drawn(1), drawn(1));
    assert_ne!(drawn(1), drawn(2));
    let chance = Seeded::new(1);
    assert_ne!(chance.secret(), chance.secret());
    let mut odd = [0_u8; 13];
    chance.fill(&mut odd);
    assert!(odd.iter().any(|byte| *byte != 0));
}

#[test]
fn a_folder_is_empty_its_own_and_gone_afterwards() {
    let (one, two) = (TestFolder::new(), TestFolder::new());
    assert_ne!(one.path(), two.path());
    std::fs::write(one.path().join("file"), "text").unwrap();
    let path = one.path().to_owned();
    drop(one);
    assert!(!path.exists());
}

on_both!(a_world_has_an_administrator_and_takes_in_people, async |w| {
    assert!(w.admin().await.is(Role::Administrator));
    let officer = make::officer(&w).await;
    assert!(officer.is(Role::HubOfficer));
    assert_eq!(w.with_role(Role::HubOfficer).await, [officer.user().unwrap()]);
    let name = match w.engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    };
    let runs = std::thread::current().name().unwrap().ends_with(name);
    assert!(runs, "the test is named for the engine it runs on");
    World::empty(w.engine).await;
});
