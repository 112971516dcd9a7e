//! No text makes a normaliser panic, and comparing two readings gives the same either way round.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tessera_linkage::compare::{birth, name::compare_words};
use tessera_linkage::normalise::vehicle::Plate;
use tessera_linkage::normalise::{date, deletion, name, nhs_number, phone, postcode, sound, upn};
use tessera_linkage::person::keys_for_tokens;

fuzz_target!(|texts: (&str, &str)| {
    let (left, right) = texts;
    for text in [left, right] {
        let _ = (phone::parse(text), postcode::parse(text), nhs_number::parse(text));
        let _ = (upn::parse(text), phone::is_imei(text), sound::key(text));
        let _ = (deletion::keys(text), keys_for_tokens(text));
    }
    for ours in name::words(left) {
        for theirs in name::words(right) {
            assert_eq!(compare_words(&ours, &theirs), compare_words(&theirs, &ours));
        }
    }
    if let (Some(ours), Some(theirs)) = (date::parse(left), date::parse(right)) {
        assert_eq!(birth::compare(ours, theirs), birth::compare(theirs, ours));
    }
    if let (Some(ours), Some(theirs)) = (Plate::parse(left), Plate::parse(right)) {
        assert_eq!(ours.compare(&theirs), theirs.compare(&ours));
        let _ = (ours.form(), theirs.form());
    }
});
