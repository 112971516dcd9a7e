//! `tessera language`.

use std::{
    fs,
    io::{Cursor, Read, Write},
};

use crate::bench::Bench;

fn docx(words: &str) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let body = format!(
        "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>"
    );
    for (name, text) in [
        ("[Content_Types].xml", "<Types xmlns='t'></Types>"),
        ("word/_rels/document.xml.rels", "<Relationships xmlns='r'></Relationships>"),
        ("word/document.xml", &body),
    ] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_word_document_is_checked_and_its_copy_carries_the_advice_as_comments() {
    let bench = Bench::new();
    fs::write(bench.path("note.docx"), docx("She puts herself at risk.")).unwrap();
    let plain = bench.run(&["language", "check", "note.docx"]);
    assert_eq!(plain.code, 1, "{}", plain.said);
    assert!(plain.said.contains("note.docx: paragraph 1: must-change: “puts herself at risk”"));
    assert!(
        plain.said.contains("tessera language check --comment \"note.docx\""),
        "{}",
        plain.said
    );

    let out = bench.run(&["language", "check", "--comment", "note.docx"]);
    assert_eq!(out.code, 1);
    assert!(out.said.contains("note.checked.docx carries 1 comment"), "{}", out.said);
    let copy = fs::File::open(bench.path("note.checked.docx")).unwrap();
    let mut archive = zip::ZipArchive::new(copy).unwrap();
    let mut comments = String::new();
    archive.by_name("word/comments.xml").unwrap().read_to_string(&mut comments).unwrap();
    assert!(comments.contains("Instead: is being placed at risk by others"), "{comments}");

    // A copy that someone may be working in is not overwritten.
    let again = bench.run(&["language", "check", "--comment", "note.docx"]);
    assert_eq!(again.code, 2, "{}", again.said);
}

#[test]
fn exit_codes_are_those_of_a_linter() {
    let bench = Bench::new();
    fs::write(bench.path("clean.txt"), "All well at home.").unwrap();
    fs::write(bench.path("style.txt"), "Her placement ended.").unwrap();
    let code = |args: &[&str]| bench.run(&[&["language", "check"], args].concat()).code;
    assert_eq!(code(&["clean.txt"]), 0);
    assert_eq!(code(&["clean.txt", "style.txt"]), 1);
    assert_eq!(code(&["--min-severity", "consider", "style.txt"]), 0);
    assert_eq!(code(&["missing.txt"]), 2);
    assert_eq!(code(&["style.txt", "missing.txt"]), 2);
}

#[test]
fn a_large_text_is_checked_piece_by_piece_with_true_positions() {
    let bench = Bench::new();
    let paragraph = "Café note: the visit went well and tea was had.\n\n";
    let mut text = paragraph.repeat(120_000);
    let chars = text.chars().count();
    text.push_str("She puts herself at risk.\n");
    fs::write(bench.path("large.txt"), &text).unwrap();
    let out = bench.run(&["language", "check", "--format", "jsonl", "large.txt"]);
    assert_eq!(out.code, 1, "{}", out.said);
    let found: serde_json::Value = serde_json::from_str(out.said.trim()).unwrap();
    assert_eq!(found["start"], chars + 4);
    assert_eq!(found["end"], chars + 24);
    let out = bench.run(&["language", "check", "large.txt"]);
    assert!(out.said.starts_with("large.txt:240001:5: must-change"), "{}", out.said);
    assert!(out.said.ends_with("1 finding in 1 document\n"), "{}", out.said);
}

#[test]
fn only_named_columns_are_checked_and_a_wrong_name_is_an_error() {
    let bench = Bench::new();
    fs::write(bench.path("list.csv"), "id,note,tag\n1,He absconded.,LAC\n").unwrap();
    let out =
        bench.run(&["language", "check", "--columns", "note", "--format", "jsonl", "list.csv"]);
    assert_eq!((out.code, out.said.lines().count()), (1, 1), "{}", out.said);
    let out = bench.run(&["language", "check", "--columns", "text", "list.csv"]);
    assert_eq!(out.code, 2);
    assert!(out.said.contains("its columns are: id, note, tag"), "{}", out.said);
}

#[test]
fn a_language_server_whose_editor_vanishes_ends() {
    let bench = Bench::new();
    let out = bench.run(&["language", "serve"]);
    assert_eq!(out.code, 1, "{}", out.said);
}
