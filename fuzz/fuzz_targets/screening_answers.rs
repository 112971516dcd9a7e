//! No answers file makes the reader or the evaluation panic.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tessera_screening::{Facts, Instrument, Report, Screening, Sheet, evaluate};

static INSTRUMENT: LazyLock<Instrument> = LazyLock::new(|| {
    let text = include_str!("../../content/instruments/ce-screen-2026.1.yaml");
    Instrument::from_yaml("ce-screen-2026.1.yaml", text).expect("the built-in instrument is sound")
});

fuzz_target!(|text: &str| {
    let Ok(screening) = Screening::from_json(text) else { return };
    let Ok(sheet) = Sheet::new(&INSTRUMENT, &screening) else { return };
    let facts = Facts::default();
    let outcome = evaluate(&INSTRUMENT, &sheet, &facts);
    let _ = Report::new(&INSTRUMENT, &sheet, &facts, &outcome);
});
