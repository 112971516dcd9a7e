//! No bytes make a reader of documents panic or outgrow its limits. The first byte chooses the kind.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tessera_language::builtin_checker;
use tessera_language::document::{ENDINGS, Limits, read};

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let ending = ENDINGS[usize::from(*first) % ENDINGS.len()];
    let limits = Limits { file: 1 << 20, text: 1 << 20, part: 1 << 20 };
    if let Ok(document) = read(ending, rest, &limits) {
        assert!(document.text().len() <= limits.text);
        for finding in builtin_checker().check(document.text()).findings {
            let _ = document.place(finding.span.bytes.start);
        }
    }
});
