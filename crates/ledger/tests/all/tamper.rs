//! Everything that can be done to a log behind its back is noticed.

use std::{env, thread};

use tessera_ledger::{
    Checked, Fault, Hash, LogCheck, StoredHash, check_entries,
    export::{MemoryFiles, check_files, check_tiles, files},
    indexes_of_entry,
    tiles::CHECKPOINT_PATH,
};

use crate::sample::{Dice, checkpoint, entries, grow, signer};

/// At least 64 KiB of files: 524,288 bits and more.
fn published() -> MemoryFiles {
    let entries = entries(380);
    let (tree, hashes) = grow(&entries);
    let note = signer().sign(&tree.checkpoint("tessera.example.org/log")).unwrap();
    let files = files(&note, &entries, &hashes).unwrap();
    assert!(files.values().map(Vec::len).sum::<usize>() >= 65_536);
    files
}

#[test]
fn every_single_flipped_bit_of_a_64_kib_export_is_noticed() {
    let files = published();
    let key = signer().public().unwrap();
    let signed = key.open(&files[CHECKPOINT_PATH]).unwrap();
    check_files(&files, &key, &[]).unwrap();

    let bits: Vec<(&String, usize)> = files
        .iter()
        .flat_map(|(path, bytes)| (0..bytes.len() * 8).map(move |bit| (path, bit)))
        .collect();
    let flip_some = |bits: &[(&String, usize)]| {
        let mut files = files.clone();
        for (path, bit) in bits {
            let flip = |files: &mut MemoryFiles| {
                files.get_mut(*path).unwrap()[bit / 8] ^= 1 << (bit % 8);
            };
            flip(&mut files);
            // The checkpoint's bytes are unchanged unless the flip is in it: opened once is enough.
            let outcome = if *path == CHECKPOINT_PATH {
                check_files(&files, &key, &[])
            } else {
                check_tiles(&files, &signed, &[])
            };
            assert!(outcome.is_err(), "bit {bit} of {path}");
            flip(&mut files);
        }
        bits.len()
    };
    let (one, two) = bits.split_at(bits.len() / 2);
    let flipped = thread::scope(|scope| {
        let first = scope.spawn(|| flip_some(one));
        flip_some(two) + first.join().unwrap()
    });
    assert_eq!(flipped, bits.len());
    assert!(flipped >= 524_288);
}

/// One to three edits that leave the log different from what it was.
fn edit(log: &mut Vec<Vec<u8>>, original: &[Vec<u8>], dice: &mut Dice) -> &'static str {
    let mut name = "";
    while log == original {
        for _ in 0..=dice.below(3) {
            name = edit_once(log, dice);
        }
    }
    name
}

fn edit_once(log: &mut Vec<Vec<u8>>, dice: &mut Dice) -> &'static str {
    let (one, two) = (dice.below(log.len()), dice.below(log.len()));
    match dice.below(7) {
        0 if log.len() > 1 => {
            log.remove(one);
            "delete"
        }
        1 => {
            log.insert(one, format!("{{\"forged\":{}}}", dice.below(1000)).into_bytes());
            "insert"
        }
        2 => {
            let moved = log.remove(one);
            log.insert(two.min(log.len()), moved);
            "reorder"
        }
        3 => {
            log.truncate(one.max(1));
            "truncate"
        }
        4 => {
            log.swap(one, two);
            "swap"
        }
        5 => {
            let again = log[one].clone();
            log.insert(two, again);
            "replay"
        }
        _ => {
            let place = dice.below(log[one].len());
            log[one][place] ^= 1 << dice.below(8);
            "change"
        }
    }
}

/// 10,000 edits; `TESSERA_LEDGER_EDITS` asks for another number, for a long run before a release.
#[test]
fn random_edits_are_noticed() {
    let rounds = env::var("TESSERA_LEDGER_EDITS").map_or(10_000, |asked| asked.parse().unwrap());
    let original = entries(60);
    let signed = checkpoint(&original);
    let mut dice = Dice(0x1edc_e55e);
    for round in 0..rounds {
        let mut log = original.clone();
        let name = edit(&mut log, &original, &mut dice);
        // Entries alone, against the signed root.
        let outcome = check_entries(&log, std::slice::from_ref(&signed));
        if log.starts_with(&original) {
            // Entries after the newest checkpoint are new, not a changed past: they are counted as
            // unsigned, and a published folder that holds them is refused.
            let checked = outcome.unwrap();
            assert!(checked.size > checked.signed, "round {round}: {name}");
        } else {
            assert!(outcome.is_err(), "round {round}: {name}");
        }
        // The same edit in a published folder whose hashes were recomputed to match.
        let (_, hashes) = grow(&log);
        let note = signer().sign(&signed).unwrap();
        let forged = files(&note, &log, &hashes).unwrap();
        assert!(check_tiles(&forged, &signed, &[]).is_err(), "round {round}: {name}");
    }
}

fn kept_rows(hashes: &[Hash], number: u64) -> Vec<StoredHash> {
    let row = |index| StoredHash { index, hash: hashes[usize::try_from(index).unwrap()] };
    indexes_of_entry(number).map(row).collect()
}

fn check_rows(log: &[Vec<u8>], hashes: &[Hash]) -> Result<Checked, Fault> {
    let mut check = LogCheck::new(&[])?;
    for (number, entry) in (0..).zip(log) {
        check.entry_with_hashes(entry, &kept_rows(hashes, number))?;
    }
    check.finish()
}

#[test]
fn the_first_changed_row_is_named() {
    let original = entries(100);
    let (_, hashes) = grow(&original);
    check_rows(&original, &hashes).unwrap();
    for number in 0..100_u64 {
        let mut log = original.clone();
        log[usize::try_from(number).unwrap()].push(b' ');
        log[99].push(b' ');
        assert_eq!(check_rows(&log, &hashes), Err(Fault::EntryDiffers { entry: number }));
    }
}

#[test]
fn a_changed_inner_hash_is_named_by_the_entry_that_made_it() {
    let original = entries(100);
    let (_, hashes) = grow(&original);
    for number in 0..100_u64 {
        for index in indexes_of_entry(number) {
            let mut hashes = hashes.clone();
            hashes[usize::try_from(index).unwrap()].0[31] ^= 1;
            assert_eq!(check_rows(&original, &hashes), Err(Fault::EntryDiffers { entry: number }));
        }
    }
}

#[test]
fn a_full_rewrite_with_the_logs_own_key_fails_against_an_older_checkpoint() {
    let original = entries(400);
    let key = signer().public().unwrap();
    let held: Vec<_> = [100, 200, 300].map(|size| checkpoint(&original[..size])).into();

    let mut rewritten = original.clone();
    rewritten[150] = b"{\"action\":\"concern.view\",\"reason\":\"rewritten\"}".to_vec();
    let (tree, hashes) = grow(&rewritten);
    let note = signer().sign(&tree.checkpoint("tessera.example.org/log")).unwrap();
    let forged = files(&note, &rewritten, &hashes).unwrap();

    // On its own the forgery is perfect.
    assert_eq!(check_files(&forged, &key, &[]).unwrap().signed, 400);
    // The checkpoint from before the change still fits; any one from after it does not.
    check_files(&forged, &key, &held[..1]).unwrap();
    for witness in &held[1..] {
        let outcome = check_files(&forged, &key, std::slice::from_ref(witness));
        assert_eq!(outcome, Err(Fault::HistoryDiffers { from: 0, size: witness.size }));
    }
    // Together they close in on it.
    let outcome = check_files(&forged, &key, &held);
    assert_eq!(outcome, Err(Fault::HistoryDiffers { from: 100, size: 200 }));
}

#[test]
fn a_log_cut_back_behind_a_partners_checkpoint_is_noticed() {
    let original = entries(400);
    let key = signer().public().unwrap();
    let shorter = &original[..250];
    let (tree, hashes) = grow(shorter);
    let note = signer().sign(&tree.checkpoint("tessera.example.org/log")).unwrap();
    let cut = files(&note, shorter, &hashes).unwrap();
    let outcome = check_files(&cut, &key, &[checkpoint(&original[..300])]);
    assert_eq!(outcome, Err(Fault::Truncated { found: 250, signed: 300 }));
}

#[test]
fn two_stories_of_one_size_are_noticed() {
    let (one, mut two) = (entries(50), entries(50));
    two.swap(3, 4);
    let outcome = LogCheck::new(&[checkpoint(&one), checkpoint(&two)]).map(|_| ());
    assert_eq!(outcome, Err(Fault::SplitView { size: 50 }));
}

#[test]
fn a_check_goes_on_from_what_was_checked_before() {
    let original = entries(400);
    let (_, hashes) = grow(&original);
    let (old, new) = (checkpoint(&original[..250]), checkpoint(&original));

    let read_on = |log: &[Vec<u8>], hashes: &[Hash]| {
        let mut check = LogCheck::after(&old, hashes, std::slice::from_ref(&new))?;
        for entry in &log[250..] {
            check.entry(entry)?;
        }
        check.finish()
    };
    assert_eq!(read_on(&original, &hashes).unwrap().signed, 400);

    let mut changed = original.clone();
    changed[300].push(b' ');
    let expected = Fault::HistoryDiffers { from: 250, size: 400 };
    assert_eq!(read_on(&changed, &hashes), Err(expected));

    // Hashes kept for the part that is skipped are not taken on trust.
    for index in tessera_ledger::Tree::edge_indexes(250).unwrap() {
        let mut hashes = hashes.clone();
        hashes[usize::try_from(index).unwrap()].0[0] ^= 1;
        let expected = Fault::HistoryDiffers { from: 0, size: 250 };
        assert_eq!(read_on(&original, &hashes), Err(expected));
    }
}
