//! No text makes the checker panic, every span is a piece of the text, and pieces give the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tessera_language::{Outcome, builtin_checker};

fuzz_target!(|text: &str| {
    let report = builtin_checker().check(text);
    for finding in &report.findings {
        assert_eq!(&text[finding.span.bytes.clone()], finding.matched);
    }
    let mut stream = builtin_checker().stream();
    let mut findings = 0;
    let mut count = |outcome| findings += usize::from(matches!(outcome, Outcome::Finding(_)));
    let cut = (0..=text.len() / 2).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    stream.push(&text[..cut], &mut count);
    stream.push(&text[cut..], &mut count);
    stream.finish(&mut count);
    assert_eq!(findings, report.findings.len());
});
