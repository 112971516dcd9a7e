//! `tessera doctor`.

use std::{fs, os::unix::fs::PermissionsExt};

use crate::bench::Bench;

#[test]
fn a_new_demo_is_well() {
    let bench = Bench::filled();
    let out = bench.run(&["doctor", "--data", "data"]);
    assert_eq!(out.code, 0, "{}", out.said);
    assert!(out.said.contains("All is well."), "{}", out.said);
}

#[test]
fn a_key_file_that_others_may_read_is_found() {
    let bench = Bench::filled();
    let key = bench.key_file();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).expect("a mode");
    let out = bench.run(&["doctor", "--data", "data"]);
    assert_eq!(out.code, 1, "{}", out.said);
    assert!(out.said.contains("BAD   others may read the key file, mode 0644"), "{}", out.said);
}

#[test]
fn a_damaged_page_is_found() {
    let bench = Bench::filled();
    let path = bench.path("data/tessera.db");
    let mut bytes = fs::read(&path).expect("a database");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, bytes).expect("written back");
    let out = bench.run(&["doctor", "--data", "data"]);
    assert_eq!(out.code, 1, "{}", out.said);
    assert!(out.said.contains("BAD") || out.said.contains("database"), "{}", out.said);
}

#[test]
fn a_place_with_nothing_in_it_is_told_and_nothing_is_made() {
    let bench = Bench::new();
    let out = bench.run(&["doctor", "--data", "data"]);
    assert_eq!(out.code, 1);
    assert!(out.said.contains("there is no key file"), "{}", out.said);
    assert!(!bench.path("data").exists() && !bench.path("config").exists());
}
