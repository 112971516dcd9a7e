//! `tessera audit`.

use std::{fs, path::Path, process::Command};

use crate::bench::Bench;

fn verify_log(bench: &Bench, folder: &str) -> (bool, String) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../script/verify-log.py");
    let key = bench.run(&["audit", "key", "--data", "data"]);
    assert_eq!(key.code, 0, "{}", key.said);
    let mut command = Command::new("python3");
    let out = command.arg(script).arg(bench.path(folder)).arg(key.said.trim()).output();
    let out = out.expect("python3 runs");
    let said = [out.stdout, out.stderr].concat();
    (out.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn an_exported_log_is_accepted_by_a_verifier_that_shares_no_code() {
    let bench = Bench::filled();
    let exported = bench.run(&["audit", "export", "log", "--data", "data"]);
    assert_eq!(exported.code, 0, "{}", exported.said);
    let (fits, said) = verify_log(&bench, "log");
    assert!(fits && said.contains("entries verified"), "{said}");
    let entries = bench.path("log/tile/entries");
    let bundle = fs::read_dir(&entries).expect("bundles").flatten().find(|e| e.path().is_file());
    let path = bundle.expect("a bundle").path();
    let mut bytes = fs::read(&path).expect("entries");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&path, bytes).expect("a changed entry");
    assert!(!verify_log(&bench, "log").0, "a changed entry was accepted");
}

#[test]
fn a_checkpoint_that_a_partner_kept_is_held_against_the_log() {
    let (one, two) = (Bench::filled(), Bench::filled());
    for bench in [&one, &two] {
        assert_eq!(bench.run(&["audit", "export", "log", "--data", "data"]).code, 0);
    }
    let own = ["audit", "verify", "--data", "data", "--checkpoint", "log/checkpoint"];
    let fits = one.run(&own);
    assert_eq!(fits.code, 0, "{}", fits.said);
    assert!(fits.said.contains("1 kept checkpoints fit"), "{}", fits.said);
    fs::copy(two.path("log/checkpoint"), one.path("log/checkpoint")).expect("another's");
    let other = one.run(&own);
    assert_eq!(other.code, 1);
    assert!(other.said.contains("NOT as it was signed"), "{}", other.said);
}
