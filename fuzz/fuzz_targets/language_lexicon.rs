//! No lexicon file makes the reader panic; one that is read can check a text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tessera_language::{Checker, Lexicon};

fuzz_target!(|text: &str| {
    if let Ok(lexicon) = Lexicon::from_yaml(text)
        && let Ok(checker) = Checker::new(&lexicon)
    {
        checker.check("She puts herself at risk, they said; he is not “a troublemaker”.");
    }
});
