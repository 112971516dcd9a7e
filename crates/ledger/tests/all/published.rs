//! The exported folder, read by programs that share no code with what wrote it.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tessera_ledger::{
    Error, Fault,
    export::{MemoryFiles, check_files, files},
    proof,
    tiles::{Kind, Tile, layout},
};
use tlog_tiles::{
    checkpoint as their_checkpoint,
    tile::{TileHashReader, TileReader},
    tlog,
};

use crate::sample::{entries, grow, signer};

fn publish(count: u64) -> (Vec<Vec<u8>>, MemoryFiles) {
    let entries = entries(count);
    let (tree, hashes) = grow(&entries);
    let note = signer().sign(&tree.checkpoint("tessera.example.org/log")).unwrap();
    let files = files(&note, &entries, &hashes).unwrap();
    (entries, files)
}

#[test]
fn a_log_of_seventy_thousand_has_the_tiles_the_standard_counts() {
    let tiles = layout(70_000).unwrap();
    let level = |wanted| {
        let hashes = tiles.iter().filter(|tile| tile.kind == Kind::Hashes { level: wanted });
        hashes.map(|tile| tile.width).collect::<Vec<_>>()
    };
    assert_eq!(level(0), [vec![256; 273], vec![112]].concat());
    assert_eq!(level(1), [256, 17]);
    assert_eq!(level(2), [1]);
    assert_eq!(level(3), Vec::<u64>::new());
    let last = tiles.iter().rfind(|tile| tile.kind == Kind::Entries).unwrap();
    assert_eq!(last.path(), "tile/entries/273.p/112");
}

#[test]
fn paths_are_split_in_groups_of_three_digits() {
    let tile = |number, width| Tile { kind: Kind::Hashes { level: 0 }, number, width }.path();
    assert_eq!(tile(0, 256), "tile/0/000");
    assert_eq!(tile(999, 1), "tile/0/999.p/1");
    assert_eq!(tile(1_234_067, 256), "tile/0/x001/x234/067");
}

#[test]
fn a_published_log_of_any_size_checks() {
    let key = signer().public().unwrap();
    for count in [0, 1, 2, 3, 255, 256, 257, 511, 512, 513, 1000] {
        let (_, files) = publish(count);
        let checked = check_files(&files, &key, &[]).unwrap();
        assert_eq!((checked.size, checked.signed), (count, count));
    }
}

#[test]
fn a_missing_or_lengthened_file_is_named() {
    let key = signer().public().unwrap();
    let (_, whole) = publish(300);
    for path in whole.keys() {
        let mut files = whole.clone();
        files.remove(path);
        let missing = Error::FileMissing { path: path.clone() };
        assert_eq!(check_files(&files, &key, &[]), Err(Fault::Unreadable(missing)));

        let mut files = whole.clone();
        files.get_mut(path).unwrap().push(b'\n');
        assert!(check_files(&files, &key, &[]).is_err(), "{path}");
    }
}

/// Lets `tlog_tiles` fetch its tiles from our files; its paths carry the tile height, ours do not.
struct TheirReader(MemoryFiles);

impl TileReader for TheirReader {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[tlog_tiles::tile::Tile]) -> Result<Vec<Vec<u8>>, tlog::Error> {
        let read = |tile: &tlog_tiles::tile::Tile| {
            let path = tile.path().replacen("tile/8/", "tile/", 1);
            self.0.get(&path).cloned().ok_or(tlog::Error::InvalidTile)
        };
        tiles.iter().map(read).collect()
    }

    fn save_tiles(&self, _: &[tlog_tiles::tile::Tile], _: &[Vec<u8>]) {}
}

#[test]
fn the_reference_library_proves_every_entry_from_the_published_tiles() {
    let (entries, files) = publish(700);
    let note = signed_note::Note::from_bytes(&files["checkpoint"]).unwrap();
    let key = signed_note::StandardVerifier::new(&signer().public().unwrap().to_string()).unwrap();
    note.verify(&signed_note::VerifierList::new(vec![Box::new(key)])).unwrap();
    let signed = their_checkpoint::Checkpoint::from_bytes(note.text()).unwrap();
    let root = *signed.hash();

    let tiles = TheirReader(files);
    let hashes = TileHashReader::new(signed.size(), root, &tiles);
    for (number, entry) in (0..).zip(&entries) {
        let path = tlog::prove_record(signed.size(), number, &hashes).unwrap();
        let leaf = tlog::record_hash(entry);
        tlog::check_record(&path, signed.size(), root, number, leaf).unwrap();
    }
    for old in [1, 2, 255, 256, 257, 699] {
        let path = tlog::prove_tree(700, old, &hashes).unwrap();
        let (old_tree, _) = grow(&entries[..usize::try_from(old).unwrap()]);
        tlog::check_tree(&path, 700, root, old, old_tree.root().into()).unwrap();
        let (_, ours) = grow(&entries);
        let ours = proof::prove_consistency(old, 700, &ours).unwrap();
        assert_eq!(path, ours.into_iter().map(Into::into).collect::<Vec<tlog::Hash>>());
    }
}

fn write_folder(files: &MemoryFiles, folder: &Path) {
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    folder
}

fn verify_with_python(folder: &Path, held: &[&Path]) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../script/verify-log.py");
    let key = signer().public().unwrap().to_string();
    Command::new("python3")
        .arg(script)
        .arg(folder)
        .arg(key)
        .args(held)
        .output()
        .expect("the independent verifier needs python3: install the package python3")
}

#[test]
fn an_independent_script_in_another_language_agrees() {
    for count in [0, 1, 256, 300, 513] {
        let (_, files) = publish(count);
        let folder = folder(&format!("sound-{count}"));
        write_folder(&files, &folder);
        let output = verify_with_python(&folder, &[]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        assert!(said.contains(&format!("{count} entries")), "{said}");
    }
}

#[test]
fn the_independent_script_names_what_we_name() {
    let (entries, sound) = publish(300);
    let key = signer().public().unwrap();
    let mut cases: HashMap<&str, (MemoryFiles, &str)> = HashMap::new();

    let mut changed = sound.clone();
    changed.get_mut("tile/entries/001.p/44").unwrap()[500] ^= 4;
    let entry_259 = Fault::EntryDiffers { entry: 259 };
    assert_eq!(check_files(&changed, &key, &[]), Err(entry_259));
    cases.insert("entry", (changed, "entry 259 differs"));

    let mut resigned = sound.clone();
    let note = String::from_utf8(resigned["checkpoint"].clone()).unwrap();
    let forged = note.replacen("\n300\n", "\n299\n", 1);
    resigned.insert("checkpoint".into(), forged.into_bytes());
    cases.insert("signature", (resigned, "signature"));

    let mut rewritten = entries.clone();
    rewritten[7] = b"{}".to_vec();
    let (tree, hashes) = grow(&rewritten);
    let note = signer().sign(&tree.checkpoint("tessera.example.org/log")).unwrap();
    let rewritten = files(&note, &rewritten, &hashes).unwrap();
    cases.insert("rewrite", (rewritten, "checkpoint at 300"));

    let held = folder("held");
    write_folder(&sound, &held);
    for (name, (files, expected)) in cases {
        let folder = folder(&format!("forged-{name}"));
        write_folder(&files, &folder);
        assert_eq!(check_files(&files, &key, &[]).is_err(), name != "rewrite");
        let output = verify_with_python(&folder, &[&held.join("checkpoint")]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{name}: {said}");
        assert!(said.contains(expected), "{name}: {said}");
    }
}
