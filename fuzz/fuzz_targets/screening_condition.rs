//! No text makes the reader of conditions panic, and what it reads can be looked up.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tessera_screening::condition::{Scope, compile, parse};

fuzz_target!(|text: &str| {
    let Ok(node) = parse(text) else { return };
    let rank = |id: &str| u8::try_from(id.len() % 4).ok();
    for level in [None, Some(&rank as &dyn Fn(&str) -> Option<u8>)] {
        let scope = Scope {
            indicator: &|id| (!id.is_empty()).then_some(0),
            level,
            exploitation_type: &|id| (id.len() < 6).then_some(0),
        };
        let _ = compile(&node, scope);
    }
});
