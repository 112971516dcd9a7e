use tessera_ledger::{Error, LogKey, Signer, Witness, WitnessKey, proof};

use crate::sample::{ORIGIN, checkpoint, entries, grow, signer};

#[test]
fn a_signed_checkpoint_opens_with_the_public_key() {
    let signer = signer();
    let checkpoint = checkpoint(&entries(9));
    let note = signer.sign(&checkpoint).unwrap();
    let lines: Vec<&str> = note.lines().collect();
    assert_eq!(lines[..2], [ORIGIN, "9"]);
    assert_eq!(lines[3], "");
    assert!(lines[4].starts_with("\u{2014} tessera.example.org/log "));
    let key = LogKey::parse(&signer.public().unwrap().to_string()).unwrap();
    assert_eq!(key.open(note.as_bytes()).unwrap(), checkpoint);
}

#[test]
fn the_key_and_the_note_are_the_same_on_every_run() {
    let signer = signer();
    let note = signer.sign(&checkpoint(&entries(3))).unwrap();
    assert_eq!(note, signer.sign(&checkpoint(&entries(3))).unwrap());
}

#[test]
fn no_flipped_bit_of_a_signed_checkpoint_opens() {
    let key = signer().public().unwrap();
    let note = signer().sign(&checkpoint(&entries(9))).unwrap().into_bytes();
    for bit in 0..note.len() * 8 {
        let mut flipped = note.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(key.open(&flipped).is_err(), "bit {bit}");
    }
}

#[test]
fn another_key_or_another_name_does_not_open_it() {
    let note = signer().sign(&checkpoint(&entries(2))).unwrap();
    let other_seed = Signer::from_seed(ORIGIN, &[8; 32]).unwrap().public().unwrap();
    assert_eq!(other_seed.open(note.as_bytes()), Err(Error::BadSignature));
    let other_name = Signer::from_seed("other.example.org/log", &[7; 32]).unwrap();
    assert_eq!(other_name.public().unwrap().open(note.as_bytes()), Err(Error::BadSignature));
    assert_eq!(other_name.sign(&checkpoint(&entries(2))), Err(Error::OtherLog));
}

#[test]
fn a_name_that_would_break_the_note_is_no_key_name() {
    for name in ["", "two words", "a+b", "line\nbreak", "nul\0"] {
        assert_eq!(Signer::from_seed(name, &[1; 32]).unwrap_err(), Error::BadKey, "{name:?}");
    }
}

#[test]
fn the_secret_does_not_show_in_debug_output() {
    assert_eq!(format!("{:?}", signer()), "Signer { name: \"tessera.example.org/log\", .. }");
}

#[test]
fn a_witness_signs_what_extends_the_checkpoint_it_holds() {
    let entries = entries(40);
    let (_, hashes) = grow(&entries);
    let log = signer().public().unwrap();
    let witness = Witness::from_seed("witness.example.org/police", &[9; 32]).unwrap();

    let first = signer().sign(&checkpoint(&entries[..13])).unwrap();
    let (_, held) = witness.cosign(&log, None, first.as_bytes(), &[], 1_767_225_600).unwrap();
    assert_eq!(held.size, 13);

    let second = signer().sign(&checkpoint(&entries)).unwrap();
    let proof = proof::prove_consistency(13, 40, &hashes).unwrap();
    let (note, held) =
        witness.cosign(&log, Some(&held), second.as_bytes(), &proof, 1_767_225_700).unwrap();

    let key = WitnessKey::new("witness.example.org/police", witness.public().as_bytes()).unwrap();
    let cosigned = key.open(&log, note.as_bytes()).unwrap();
    assert_eq!(cosigned.checkpoint, held);
    assert_eq!(cosigned.unix_seconds, 1_767_225_700);
    assert_eq!(log.open(note.as_bytes()).unwrap(), held);
    assert_eq!(key.open(&log, second.as_bytes()), Err(Error::BadSignature));
}

#[test]
fn a_witness_does_not_sign_a_rewritten_past_even_with_the_logs_key() {
    let mut entries = entries(40);
    let log = signer().public().unwrap();
    let witness = Witness::from_seed("witness.example.org/police", &[9; 32]).unwrap();
    let held = checkpoint(&entries[..13]);

    entries[4] = b"rewritten".to_vec();
    let (_, hashes) = grow(&entries);
    let note = signer().sign(&checkpoint(&entries)).unwrap();
    let proof = proof::prove_consistency(13, 40, &hashes).unwrap();
    let refused = witness.cosign(&log, Some(&held), note.as_bytes(), &proof, 1_767_225_700);
    assert_eq!(refused, Err(Error::BadProof));

    let shorter = signer().sign(&checkpoint(&entries[..12])).unwrap();
    let refused = witness.cosign(&log, Some(&held), shorter.as_bytes(), &[], 1_767_225_700);
    assert_eq!(refused, Err(Error::OutOfRange));
}

#[test]
fn a_cosignature_moved_in_time_does_not_open() {
    let log = signer().public().unwrap();
    let witness = Witness::from_seed("witness.example.org/police", &[9; 32]).unwrap();
    let note = signer().sign(&checkpoint(&entries(3))).unwrap();
    let (note, _) = witness.cosign(&log, None, note.as_bytes(), &[], 1_767_225_600).unwrap();
    let note = note.into_bytes();
    for bit in 0..note.len() * 8 {
        let mut flipped = note.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(witness.public().open(&log, &flipped).is_err(), "bit {bit}");
    }
}
