//! No text makes the recognisers of mentions or the keys of a mention panic, and what is recognised has
//! a kind and says something.
#![no_main]

#[path = "../../crates/app/src/report/keys.rs"]
#[allow(dead_code)]
mod keys;
#[path = "../../crates/app/src/report/recognise.rs"]
#[allow(dead_code)]
mod recognise;

use libfuzzer_sys::fuzz_target;
use tessera_core::report::MentionKind;

fuzz_target!(|text: &str| {
    for mention in recognise::recognise(text) {
        assert!(MentionKind::from_id(&mention.kind).is_some() && !mention.is_empty());
        let _ = (keys::of(&mention), mention.in_words());
    }
    for kind in MentionKind::ALL {
        let mut mention = tessera_core::report::RawMention { kind: kind.id().into(), ..Default::default() };
        mention.value = text.into();
        mention.address = text.into();
        let _ = keys::of(&mention);
    }
});
