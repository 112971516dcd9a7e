//! What somebody who copies the data folder can read: nothing.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use tessera_app::concern::RawAsk;
use tessera_core::concern::RawChild;
use tessera_policy::Actor;
use tessera_store::{Keys, StoreError};
use tessera_testkit::{Engine, World, chance::Seeded, folder::TestFolder, make, world::block_on};

/// A word that stands nowhere else.
fn canary(n: usize) -> String {
    format!("qzx{n:03}canary{:03}", n * 7 % 1000)
}

/// Where a canary stands in the files of a folder, in any case of its letters.
fn found_in(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let bytes = fs::read(&path).unwrap().to_ascii_lowercase();
        let is_canary = |at: &[u8]| at.starts_with(b"qzx") && at.ends_with(b"canary");
        let hits = bytes.windows(canary(0).len() - 3).filter(|at| is_canary(at));
        found.extend(hits.map(|at| format!("{} in {}", at.escape_ascii(), path.display())));
    }
    found
}

/// Stores a hundred canaries in every place that takes words.
async fn store_canaries(w: &World) {
    let nobody = Actor::anonymous(None);
    let officer = make::officer(w).await;
    let mut files = Vec::new();
    for n in (0..100).step_by(10) {
        let mut raw = make::concern(&canary(n));
        raw.place = canary(n + 1);
        raw.others = canary(n + 2);
        raw.opinion = canary(n + 3);
        raw.child_words = canary(n + 4);
        raw.reporter_name = canary(n + 5);
        raw.children = vec![RawChild {
            school: canary(n + 7),
            address: canary(n + 8),
            ..make::child(&canary(n + 6))
        }];
        w.app.start_draft(&nobody, &raw).await.unwrap();
        let reference = make::sent(w, &nobody, &raw).await.reference;
        let whole = make::seen(w, &officer, &reference).await;
        let note = RawAsk {
            version: whole.concern.version,
            entry_kind: "note".into(),
            entry_body: canary(n + 9),
        };
        w.app.write_entry(&officer, &reference, &note).await.unwrap();
        // The made-up names are alike, so each file is opened beside all the others.
        let others: Vec<_> = files.iter().collect();
        files.push(make::new_file(w, &officer, &reference, 0, &others).await.unwrap());
    }
    assert_eq!(w.app.search_concerns(&officer, &canary(40)).await.unwrap().len(), 1);
}

#[test]
fn the_search_for_canaries_finds_one_that_is_there() {
    let folder = TestFolder::new();
    fs::write(folder.path().join("open"), format!("before {} after", canary(42))).unwrap();
    assert_eq!(found_in(folder.path()).len(), 1);
}

#[test]
fn the_database_file_shows_neither_a_header_nor_any_word_in_it() {
    block_on(async {
        let w = World::new(Engine::Sqlite).await;
        store_canaries(&w).await;
        let folder = w.folder();
        let names: Vec<_> =
            fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert!(names.iter().any(|n| n == "tessera.db-wal"), "no write-ahead log: {names:?}");
        assert_eq!(found_in(&folder), Vec::<String>::new());
        let w = w.closed().await;
        let bytes = fs::read(folder.join("tessera.db")).unwrap();
        assert!(bytes.len() > 100_000, "the file holds only {} bytes", bytes.len());
        assert!(!bytes.starts_with(b"SQLite format 3"));
        assert_eq!(found_in(w.path()), Vec::<String>::new());
    });
}

#[test]
fn what_the_database_sorts_in_between_stays_in_memory() {
    block_on(async {
        let w = World::empty(Engine::Sqlite).await;
        let option = "SELECT COUNT(*) FROM pragma_compile_options \
                      WHERE compile_options IN ('TEMP_STORE=2', 'TEMP_STORE=3')";
        assert_eq!(w.raw_number(option).await, 1);
    });
}

#[test]
fn another_key_opens_nothing() {
    block_on(async {
        let w = World::new(Engine::Sqlite).await;
        w.change_keys(&Seeded::new(9));
        assert!(matches!(w.reopen().await.err(), Some(StoreError::Database(_))));
    });
}

#[test]
fn the_key_file_is_made_once_for_its_owner_alone_and_refused_when_others_may_read_it() {
    let folder = TestFolder::new();
    let path = folder.path().join("keys/tessera.keys");
    let chance = Seeded::new(1);
    Keys::load_or_create(&path, &chance).unwrap();
    let first = fs::read(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    Keys::load_or_create(&path, &chance).unwrap();
    assert_eq!(fs::read(&path).unwrap(), first, "a second start made new keys");
    for mode in [0o640, 0o604, 0o660] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        assert!(matches!(Keys::load(&path), Err(StoreError::KeyFile(_))), "mode {mode:o}");
    }
}

#[test]
fn a_key_file_that_is_damaged_is_refused() {
    let folder = TestFolder::new();
    let path = folder.path().join("tessera.keys");
    Keys::load_or_create(&path, &Seeded::new(1)).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    for damaged in [text.replace("sources =", "source ="), text[..text.len() - 9].to_owned()] {
        fs::write(&path, damaged).unwrap();
        assert!(matches!(Keys::load(&path), Err(StoreError::KeyFile(_))));
    }
}
