//! `tessera demo`.

use std::{fs, time::Instant};

use tessera_testkit::{http::Client, postgres};

use crate::bench::Bench;

/// What the demo promises of each role: one person at least.
const ROLES: [&str; 8] = [
    "Worker or volunteer",
    "Safeguarding lead",
    "Hub officer",
    "Hub manager",
    "Social worker",
    "Police intelligence unit",
    "Auditor",
    "Administrator",
];

#[tokio::test]
#[allow(clippy::disallowed_methods, reason = "it measures how long people wait")]
async fn a_demo_starts_within_seconds_and_says_who_one_can_be() {
    let bench = Bench::new();
    let begun = Instant::now();
    let (program, said) = bench.serve(&["demo", "--data", "data"]).await;
    // Five seconds is the promise; a machine that builds other things meanwhile is given more.
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
    for role in ROLES {
        assert!(said.contains(role), "nobody is {role}:\n{said}");
    }
    let agencies: std::collections::BTreeSet<&str> =
        said.lines().filter_map(|line| line.get(66..)).map(str::trim).collect();
    assert!(agencies.len() > 8, "{agencies:?}");
    let page = Client::new(program.address()).get("/sign-in-as").await.expect("an answer").text();
    for line in said.lines().filter(|line| ROLES.iter().any(|role| line.contains(role))) {
        let name = line.get(..22).expect("a name").trim();
        assert!(page.contains(name), "{name} cannot be signed in as");
    }
}

#[test]
fn a_demo_that_is_there_is_kept_until_it_is_reset() {
    let bench = Bench::filled();
    let before = bench.run(&["audit", "verify", "--data", "data"]).said;
    let args = ["demo", "--only-fill", "--listen", "127.0.0.1:0", "--data", "data"];
    assert_eq!(bench.run(&args).code, 0);
    assert_eq!(bench.run(&["audit", "verify", "--data", "data"]).said, before);
    let reset = [&args[..], &["--reset"]].concat();
    assert_eq!(bench.run(&reset).code, 0);
    assert_ne!(bench.run(&["audit", "verify", "--data", "data"]).said, before);
}

#[test]
fn real_data_is_never_taken_for_a_demo() {
    let bench = Bench::filled();
    fs::remove_file(bench.path("data/this-is-a-demo")).expect("the marker");
    for more in [None, Some("--reset")] {
        let mut args = vec!["demo", "--listen", "127.0.0.1:0", "--data", "data"];
        args.extend(more);
        let out = bench.run(&args);
        assert_eq!(out.code, 1);
        assert!(out.said.contains("not a demo's"), "{}", out.said);
    }
    assert!(bench.path("data/tessera.db").exists());
}

#[tokio::test]
async fn a_partnership_with_a_marker_file_put_beside_it_is_still_no_demo() {
    let bench = Bench::new();
    let (program, _) = bench.serve(&["serve", "--data", "data"]).await;
    drop(program);
    fs::write(bench.path("data/this-is-a-demo"), "").expect("a file");
    let out = bench.run(&["demo", "--listen", "127.0.0.1:0", "--data", "data"]);
    assert_eq!(out.code, 1);
    assert!(out.said.contains("not a demo's"), "{}", out.said);
}

#[test]
fn foreign_files_in_the_folder_are_left_alone() {
    let bench = Bench::new();
    fs::create_dir(bench.path("data")).expect("a folder");
    fs::write(bench.path("data/shopping.txt"), "bread").expect("a file");
    let args = ["demo", "--only-fill", "--reset", "--listen", "127.0.0.1:0", "--data", "data"];
    assert_eq!(bench.run(&args).code, 0);
    assert_eq!(fs::read_to_string(bench.path("data/shopping.txt")).expect("a file"), "bread");
}

#[test]
fn a_demo_listens_on_this_machine_only() {
    let bench = Bench::new();
    let out = bench.run(&["demo", "--listen", "0.0.0.0:0", "--data", "data"]);
    assert_eq!(out.code, 1);
    assert!(out.said.contains("this machine only"), "{}", out.said);
    assert!(!bench.path("data").exists());
}

#[test]
fn a_demo_in_postgresql_is_filled_once_and_found_well() {
    let (bench, url) = (Bench::new(), postgres::fresh_database());
    let args =
        ["demo", "--only-fill", "--listen", "127.0.0.1:0", "--data", "data", "--database", &url];
    for _ in 0..2 {
        let out = bench.run(&args);
        assert_eq!(out.code, 0, "{}", out.said);
    }
    let looked = bench.run(&["doctor", "--database", &url]);
    assert_eq!(looked.code, 0, "{}", looked.said);
    let told = bench.run(&["backup", "out", "--database", &url]);
    assert_eq!(told.code, 1);
    assert!(told.said.contains("pg_dump --format=custom --file='out'"), "{}", told.said);
}
