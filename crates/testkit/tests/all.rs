#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test may stop at surprise")]
//! The helpers themselves.

use std::{fs, process::Command};

use tessera_testkit::postgres;

fn ask(url: &str, question: &str) -> String {
    let output = Command::new("psql").args([url, "-Atc", question]).output().expect("psql runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[test]
fn each_database_is_new_empty_and_in_utf_8() {
    let (one, two) = (postgres::fresh_database(), postgres::fresh_database());
    assert_ne!(one, two);
    ask(&one, "create table mark (id int)");
    let tables = "select count(*) from pg_tables where schemaname = 'public'";
    assert_eq!((ask(&one, tables), ask(&two, tables)), ("1".into(), "0".into()));
    assert_eq!(ask(&one, "show server_encoding"), "UTF8");
}

/// The same test program runs again as a child that starts a server and is killed.
#[test]
fn a_killed_test_leaves_no_server_behind() {
    if std::env::var_os("TESSERA_TEST_KILL_ME").is_some() {
        let url = postgres::fresh_database();
        let folder = ask(&url, "show data_directory");
        assert!(fs::exists(&folder).expect("folder can be looked for"));
        println!("{url} {folder}");
        // The harness would print more after this: end as a kill does, without any clean-up.
        std::process::abort();
    }
    let me = std::env::current_exe().expect("own path");
    let output = Command::new(me)
        .args(["--exact", "a_killed_test_leaves_no_server_behind", "--nocapture"])
        .env("TESSERA_TEST_KILL_ME", "yes")
        .env_remove(postgres::SERVER_VARIABLE)
        .output()
        .expect("child runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let start = said.find("postgres://").unwrap_or_else(|| panic!("no URL in {said}"));
    let (url, folder) = said[start..].trim().split_once(' ').expect("URL and folder");
    let gone = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        !fs::exists(folder).unwrap_or(true)
    });
    assert!(gone, "{folder} is still there");
    let answer = Command::new("psql").args([url, "-Atc", "select 1"]).output().expect("psql runs");
    assert!(!answer.status.success());
}
