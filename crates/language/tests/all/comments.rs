//! A copy of a Word document carries comments at its words and is otherwise the same.
#![allow(clippy::unwrap_used, reason = "a helper of tests may fail the test")]

use std::io::{Cursor, Read, Write};

use tessera_language::builtin_checker;
use tessera_language::document::{Comment, DocumentError, Limits, read, with_comments};
use zip::write::SimpleFileOptions;

const TYPES: &str = "<Types xmlns='t'><Override PartName=\"/word/document.xml\"/></Types>";
const RELATIONS: &str = "<Relationships xmlns='r'/>";
const BODY: &str = "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>All well.</w:t></w:r></w:p>\
    <w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>She puts </w:t></w:r><w:r><w:t>herself at \
    risk &amp; runs.</w:t></w:r><w:del><w:r><w:delText>promiscuous</w:delText></w:r></w:del></w:p>\
    <w:tbl><w:tr><w:tc><w:p><w:r><w:t>“troublemaker”, a troublemaker</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
    </w:body></w:document>";

fn docx(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn check(text: &str) -> Vec<Comment> {
    let findings = builtin_checker().check(text).findings.into_iter();
    findings
        .map(|finding| Comment { bytes: finding.span.bytes, lines: vec![finding.matched] })
        .collect()
}

fn commented(bytes: &[u8]) -> (Vec<u8>, usize) {
    with_comments(bytes, &Limits::default(), check).unwrap()
}

#[test]
fn comments_stand_at_the_runs_that_hold_the_words_and_the_text_stays() {
    let bytes = docx(&[
        ("[Content_Types].xml", TYPES),
        ("word/_rels/document.xml.rels", RELATIONS),
        ("word/document.xml", BODY),
        ("word/media/picture", "untouched"),
    ]);
    let (copy, count) = commented(&bytes);
    assert_eq!(count, 2);
    let text = |bytes: &[u8]| {
        let body = part(bytes, "word/document.xml");
        let single = docx(&[("word/document.xml", &body)]);
        read("docx", &single, &Limits::default()).unwrap().text().to_owned()
    };
    assert_eq!(text(&copy), text(&bytes));
    assert_eq!(part(&copy, "word/media/picture"), "untouched");
    let body = part(&copy, "word/document.xml");
    let marked = "<w:commentRangeStart w:id=\"0\"/><w:r><w:rPr><w:b/></w:rPr>";
    assert!(body.contains(marked), "{body}");
    let ended = "runs.</w:t></w:r><w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r>";
    assert!(body.contains(ended), "{body}");
    let comments = part(&copy, "word/comments.xml");
    assert!(comments.contains("puts herself at risk"), "{comments}");
    assert!(part(&copy, "word/_rels/document.xml.rels").contains("Target=\"comments.xml\""));
    assert!(part(&copy, "[Content_Types].xml").contains("PartName=\"/word/comments.xml\""));
}

#[test]
fn comments_that_are_there_stay_and_keep_their_numbers() {
    let known = "<w:comments xmlns:w='w'><w:comment w:author=\"A\" w:id=\"7\"><w:p/></w:comment></w:comments>";
    let bytes = docx(&[
        ("[Content_Types].xml", TYPES),
        ("word/_rels/document.xml.rels", RELATIONS),
        ("word/document.xml", BODY),
        ("word/comments.xml", known),
    ]);
    let (first, _) = commented(&bytes);
    let comments = part(&first, "word/comments.xml");
    assert!(comments.contains("w:id=\"7\"") && comments.contains("w:id=\"8\""), "{comments}");
    assert!(part(&first, "word/document.xml").contains("<w:commentRangeStart w:id=\"8\"/>"));
    // A second round finds the relation and adds no second one.
    let (second, _) = commented(&first);
    let relations = part(&second, "word/_rels/document.xml.rels");
    assert_eq!(relations.matches("comments.xml").count(), 1, "{relations}");
}

#[test]
fn what_is_no_word_document_is_refused() {
    let error = with_comments(b"PK", &Limits::default(), check).unwrap_err();
    assert!(matches!(error, DocumentError::Damaged { .. }), "{error}");
    let limits = Limits { part: 1 << 10, ..Limits::default() };
    let long = format!("<w:document>{}</w:document>", "a".repeat(1 << 12));
    let bytes = docx(&[("[Content_Types].xml", TYPES), ("word/document.xml", &long)]);
    let error = with_comments(&bytes, &limits, check).unwrap_err();
    assert!(matches!(error, DocumentError::TooLarge(_)), "{error}");
}
