//! No Word document makes the writer of comments panic, and the copy reads as the same text.
//! The bytes are the body; the archive around it is always whole.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use tessera_language::builtin_checker;
use tessera_language::document::{Comment, Limits, read, with_comments};
use zip::{ZipWriter, write::SimpleFileOptions};

fuzz_target!(|body: &str| {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", body),
    ] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    let limits = Limits { file: 1 << 20, text: 1 << 20, part: 1 << 20 };
    let check = |text: &str| {
        let findings = builtin_checker().check(text).findings.into_iter();
        findings.map(|f| Comment { bytes: f.span.bytes, lines: vec![f.matched] }).collect()
    };
    if let Ok((copy, _)) = with_comments(&bytes, &limits, check)
        && let Ok(before) = read("docx", &bytes, &limits)
    {
        // The comments themselves are read after the body.
        let after = read("docx", &copy, &Limits::default()).expect("the copy can be read");
        assert!(after.text().starts_with(before.text().trim_end()));
    }
});
