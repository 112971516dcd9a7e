//! No instrument file makes the reader panic; one that is read can run its own cases.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tessera_screening::Instrument;

fuzz_target!(|text: &str| {
    if let Ok(instrument) = Instrument::from_yaml("fuzz.yaml", text) {
        let _ = instrument.self_test();
    }
});
