//! `tessera backup` and `tessera restore`.

use std::{fs, path::Path};

use tessera_core::chance::Chance;
use tessera_testkit::{chance::Seeded, http::Client};

use crate::bench::{Bench, everything_in};

fn key(bench: &Bench) -> String {
    bench.key_file().to_str().expect("a path in UTF-8").to_owned()
}

fn restore_to(bench: &Bench, folder: &str) -> crate::bench::Said {
    bench.run(&["restore", "out.tessera", "--data", folder, "--key-file", &key(bench)])
}

#[tokio::test]
async fn what_was_backed_up_while_a_server_went_on_comes_back_whole() {
    let bench = Bench::filled();
    let (program, _) = bench.serve(&["demo", "--data", "data"]).await;
    let made = bench.run(&["backup", "out.tessera", "--data", "data"]);
    assert_eq!(made.code, 0, "{}", made.said);
    let health = Client::new(program.address()).get("/health").await.expect("an answer");
    assert_eq!(health.status, 200);
    drop(program);
    let file = fs::read(bench.path("out.tessera")).expect("a backup");
    assert!(!file.starts_with(b"SQLite format 3"), "the backup lies open");
    let secret = fs::read_to_string(bench.key_file()).expect("a key file");
    let manifest = fs::read_to_string(bench.path("out.tessera.manifest.json")).expect("a manifest");
    for line in secret.lines().filter_map(|line| line.split(" = ").nth(1)) {
        assert!(!manifest.contains(line), "a key stands in the manifest");
    }
    let back = restore_to(&bench, "back");
    assert_eq!(back.code, 0, "{}", back.said);
    let check = |data| {
        let args = ["audit", "verify", "--data", data, "--key-file", &key(&bench)];
        bench.run(&args).said
    };
    assert!(check("back").contains("entries checked"), "{}", check("back"));
    let restored = bench.run(&["doctor", "--data", "back", "--key-file", &key(&bench)]);
    assert_eq!(restored.code, 0, "{}", restored.said);
}

#[test]
fn a_folder_with_data_is_left_alone_or_moved_aside_when_told_so() {
    let bench = Bench::filled();
    assert_eq!(bench.run(&["backup", "out.tessera", "--data", "data"]).code, 0);
    let before = everything_in(&bench.path("data"));
    let refused = bench.run(&["restore", "out.tessera", "--data", "data"]);
    assert_eq!(refused.code, 1);
    assert!(refused.said.contains("--replace"), "{}", refused.said);
    assert_eq!(everything_in(&bench.path("data")), before);
    let replaced = bench.run(&["restore", "out.tessera", "--data", "data", "--replace"]);
    assert_eq!(replaced.code, 0, "{}", replaced.said);
    let aside = everything_in(&bench.path("data")).into_iter().any(|(path, bytes)| {
        path.to_string_lossy().contains("tessera.db.replaced-") && bytes == before_db(&before)
    });
    assert!(aside, "the old database is gone");
}

fn before_db(before: &[(std::path::PathBuf, Vec<u8>)]) -> Vec<u8> {
    let found = before.iter().find(|(path, _)| path.ends_with("tessera.db"));
    found.expect("a database").1.clone()
}

#[tokio::test]
async fn a_folder_in_use_is_not_replaced() {
    let bench = Bench::filled();
    assert_eq!(bench.run(&["backup", "out.tessera", "--data", "data"]).code, 0);
    let (_program, _) = bench.serve(&["demo", "--data", "data"]).await;
    let out = bench.run(&["restore", "out.tessera", "--data", "data", "--replace"]);
    assert_eq!(out.code, 1);
    assert!(out.said.contains("stop it first"), "{}", out.said);
}

#[test]
fn a_hundred_flipped_bits_are_each_refused_before_anything_is_touched() {
    let bench = Bench::filled();
    assert_eq!(bench.run(&["backup", "out.tessera", "--data", "data"]).code, 0);
    let chance = Seeded::new(2026);
    let names = ["out.tessera", "out.tessera", "out.tessera", "out.tessera.manifest.json"];
    for n in 0..100 {
        let path = bench.path(names[n % names.len()]);
        flip(&path, &chance);
        let out = restore_to(&bench, "back");
        assert_eq!(out.code, 1, "flip {n} of {} came back: {}", path.display(), out.said);
        assert!(out.said.contains("nothing was changed"), "{}", out.said);
        assert!(!bench.path("back").exists(), "flip {n} touched the target");
        unflip(&path);
    }
    assert_eq!(restore_to(&bench, "back").code, 0, "the backup itself is whole");
}

/// Flips one bit of one byte; the file as it was lies beside.
fn flip(path: &Path, chance: &Seeded) {
    let mut bytes = fs::read(path).expect("a file");
    fs::write(path.with_extension("whole"), &bytes).expect("a copy");
    let mut drawn = [0; 9];
    chance.fill(&mut drawn);
    let place = u64::from_le_bytes(drawn[..8].try_into().expect("eight bytes"));
    let place = usize::try_from(place % bytes.len() as u64).expect("a place");
    bytes[place] ^= 1 << (drawn[8] % 8);
    fs::write(path, bytes).expect("a damaged file");
}

fn unflip(path: &Path) {
    fs::rename(path.with_extension("whole"), path).expect("the file as it was");
}

#[test]
fn a_backup_put_in_the_place_of_another_is_refused() {
    let bench = Bench::filled();
    assert_eq!(bench.run(&["backup", "out.tessera", "--data", "data"]).code, 0);
    let rows = "what\nA second concern\n";
    fs::write(bench.path("one.csv"), rows).expect("a file");
    assert_eq!(bench.run(&["import", "concerns", "one.csv", "--data", "data"]).code, 0);
    assert_eq!(bench.run(&["backup", "newer.tessera", "--data", "data"]).code, 0);
    fs::copy(bench.path("out.tessera"), bench.path("newer.tessera")).expect("copied over");
    let args = ["restore", "newer.tessera", "--data", "back", "--key-file", &key(&bench)];
    let out = bench.run(&args);
    assert_eq!(out.code, 1);
    assert!(!bench.path("back").exists());
}

#[test]
fn nothing_is_written_over_by_a_backup() {
    let bench = Bench::filled();
    fs::write(bench.path("out.tessera"), "mine").expect("a file");
    assert_eq!(bench.run(&["backup", "out.tessera", "--data", "data"]).code, 1);
    assert_eq!(fs::read_to_string(bench.path("out.tessera")).expect("a file"), "mine");
}
