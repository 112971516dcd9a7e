//! How long the log takes: `script/bench ledger`. Figures of a real run: docs/performance.md.

#![allow(clippy::unwrap_used, reason = "a benchmark may stop at surprise")]
#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#![allow(clippy::print_stdout, reason = "a benchmark says what it found")]

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use tessera_ledger::{Hash, LogCheck, Signer, Tree, canonical, leaf_hash, proof, stored_count};

const ENTRIES: u64 = 1_000_000;
const ORIGIN: &str = "tessera.example.org/log";

fn main() {
    let signer = Signer::from_seed(ORIGIN, &[7; 32]).unwrap();
    let (entries, encoding) = timed(|| (0..ENTRIES).map(entry).collect::<Vec<_>>());
    let bytes: usize = entries.iter().map(Vec::len).sum();
    println!("{ENTRIES} entries, {bytes} bytes in all");
    say_each("encode an entry canonically", encoding);

    let ((tree, hashes), growing) = timed(|| grow(&entries));
    assert_eq!(hashes.len() as u64, stored_count(ENTRIES));
    say_each("append an entry", growing);

    let checkpoint = tree.checkpoint(ORIGIN);
    let (_, verifying) = timed(|| {
        let mut check = LogCheck::new(std::slice::from_ref(&checkpoint)).unwrap();
        for entry in &entries {
            check.entry(entry).unwrap();
        }
        check.finish().unwrap()
    });
    println!("verify the whole log from its first entry: {:.2} s", verifying.as_secs_f64());

    let old = Tree::new(ENTRIES / 2, &hashes).unwrap().checkpoint(ORIGIN);
    let ((), extending) = timed(|| {
        let proof = proof::prove_consistency(old.size, ENTRIES, &hashes).unwrap();
        proof::check_consistency(&proof, &old, &checkpoint).unwrap();
    });
    println!("prove and check that it extends its first half: {extending:.0?}");

    let ((), signing) = timed(|| {
        for _ in 0..1000 {
            black_box(signer.sign(black_box(&checkpoint)).unwrap());
        }
    });
    println!("sign a checkpoint: {:.0?}", signing / 1000);
    let (key, note) = (signer.public().unwrap(), signer.sign(&checkpoint).unwrap());
    let ((), opening) = timed(|| {
        for _ in 0..1000 {
            black_box(key.open(black_box(note.as_bytes())).unwrap());
        }
    });
    println!("open a checkpoint: {:.0?}", opening / 1000);
}

fn entry(number: u64) -> Vec<u8> {
    let value = serde_json::json!({
        "action": "concern.view",
        "actor": format!("01890000-0000-7000-8000-{number:012x}"),
        "at": 1_767_225_600 + number,
        "reason": "planned visit",
        "subject": format!("01890000-0000-7000-9000-{:012x}", number * 7),
    });
    canonical::to_bytes(&value).unwrap()
}

fn grow(entries: &[Vec<u8>]) -> (Tree, Vec<Hash>) {
    let mut tree = Tree::empty();
    let (kept, _) = tree.append_all(entries.iter().map(|entry| leaf_hash(entry))).unwrap();
    (tree, kept.into_iter().map(|stored| stored.hash).collect())
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let outcome = run();
    (outcome, start.elapsed())
}

fn say_each(what: &str, whole: Duration) {
    let each = whole.as_nanos() / u128::from(ENTRIES);
    println!("{what}: {each} ns");
}
