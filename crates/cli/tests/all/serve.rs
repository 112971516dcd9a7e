//! `tessera serve`.

use std::{fs, os::unix::fs::PermissionsExt};

use tessera_testkit::{http::Client, program::free_address};

use crate::bench::Bench;

fn mode(path: &std::path::Path) -> u32 {
    fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

#[tokio::test]
async fn a_new_partnership_gets_a_private_key_file_apart_from_its_data_and_a_set_up_link() {
    let bench = Bench::new();
    let (program, said) = bench.serve(&["serve", "--data", "data"]).await;
    let key = bench.key_file();
    assert_eq!(mode(&key), 0o600);
    assert_eq!(mode(&bench.path("data")), 0o700);
    assert!(!key.starts_with(bench.path("data")));
    let file = fs::read(bench.path("data/tessera.db")).expect("a database");
    assert!(!file.starts_with(b"SQLite format 3"), "the database lies open");
    let link = said.split("/set-up/").nth(1).and_then(|rest| rest.lines().next());
    assert_eq!(link.expect("a set-up link").len(), 64, "{said}");
    drop(program);
}

#[tokio::test]
async fn it_stops_when_told_and_leaves_every_entry_signed() {
    let bench = Bench::new();
    let (mut program, _) = bench.serve(&["serve", "--data", "data"]).await;
    let mut client = Client::new(program.address());
    let fields = [("kind", "noticed"), ("what", "A white van waits by the gate"), ("send", "1")];
    client.post("/tell", &fields).await.expect("an answer");
    drop(client);
    program.ask_to_stop();
    assert!(program.wait().success(), "it did not end well");
    let looked = bench.run(&["doctor", "--data", "data"]);
    assert!(looked.said.contains("every audit entry is signed"), "{}", looked.said);
}

#[test]
fn plain_http_off_this_machine_is_refused_before_anything_is_made() {
    let bench = Bench::new();
    let out = bench.run(&["serve", "--data", "data", "--listen", "0.0.0.0:0"]);
    assert_eq!(out.code, 1);
    assert!(out.said.contains("--trusted-proxy"), "{}", out.said);
    assert!(!bench.path("data").exists());
}

#[tokio::test]
async fn two_servers_cannot_have_one_folder() {
    let bench = Bench::new();
    let (_first, _) = bench.serve(&["serve", "--data", "data"]).await;
    let other = free_address().expect("a free address").to_string();
    let second = bench.run(&["serve", "--data", "data", "--listen", &other]);
    assert_eq!(second.code, 1);
    assert!(second.said.contains("another tessera serves data"), "{}", second.said);
}

#[test]
fn data_without_its_key_is_refused_and_no_new_key_is_made() {
    let bench = Bench::filled();
    fs::remove_file(bench.key_file()).expect("it can be removed");
    let out = bench.run(&["serve", "--data", "data", "--listen", "127.0.0.1:0"]);
    assert_eq!(out.code, 1);
    assert!(out.said.contains("there is no key file at"), "{}", out.said);
    assert_eq!(fs::read_dir(bench.path("config/tessera")).expect("a folder").count(), 0);
}

#[test]
fn a_key_file_among_the_data_is_refused() {
    let bench = Bench::new();
    let args = ["serve", "--data", "data", "--key-file", "data/key", "--listen", "127.0.0.1:0"];
    let out = bench.run(&args);
    assert_eq!(out.code, 1);
    assert!(out.said.contains("outside the data folder"), "{}", out.said);
    assert!(!bench.path("data/key").exists());
}

#[test]
fn the_key_of_another_installation_is_refused() {
    let (one, two) = (Bench::filled(), Bench::filled());
    let other = two.key_file();
    let other = other.to_str().expect("a path in UTF-8");
    let out = one.run(&["doctor", "--data", "data", "--key-file", other]);
    assert_eq!(out.code, 1);
    assert!(out.said.contains("cannot be opened with this key file"), "{}", out.said);
}
