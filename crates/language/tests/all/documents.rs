//! Documents are read with their places, in bounded memory, and refused in plain words.
#![allow(clippy::unwrap_used, reason = "a helper of tests may fail the test")]

use std::io::{Cursor, Write};

use proptest::prelude::*;
use tessera_language::builtin_checker;
use tessera_language::document::{Document, DocumentError, ENDINGS, Limits, read, read_columns};
use zip::write::SimpleFileOptions;

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn open(ending: &str, bytes: &[u8]) -> Document {
    read(ending, bytes, &Limits::default()).unwrap()
}

/// The words found and the place of each.
fn places(document: &Document) -> Vec<(String, String)> {
    let report = builtin_checker().check(document.text());
    let place = |byte| document.place(byte).unwrap_or_default().to_owned();
    report.findings.into_iter().map(|f| (f.matched, place(f.span.bytes.start))).collect()
}

fn pair(words: &str, place: &str) -> (String, String) {
    (words.to_owned(), place.to_owned())
}

const DOCX: &str = "<w:document xmlns:w='w'><w:body>\
    <w:p><w:r><w:t>All well at home.</w:t></w:r></w:p>\
    <w:p><w:r><w:t xml:space='preserve'>She puts </w:t></w:r><w:r><w:t>herself at risk &amp; runs.</w:t></w:r>\
    <w:del><w:r><w:delText>promiscuous</w:delText></w:r></w:del></w:p>\
    <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Name</w:t></w:r></w:p></w:tc>\
    <w:tc><w:p><w:r><w:t>a troublemaker</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";

#[test]
fn a_word_document_gives_paragraphs_cells_headers_and_no_deleted_text() {
    let header = "<w:hdr xmlns:w='w'><w:p><w:r><w:t>LAC review</w:t></w:r></w:p></w:hdr>";
    let bytes = zipped(&[("word/document.xml", DOCX), ("word/header1.xml", header)]);
    assert_eq!(
        places(&open("docx", &bytes)),
        [
            pair("puts herself at risk", "paragraph 2"),
            pair("troublemaker", "table 1, row 1, cell 2"),
            pair("LAC", "header, paragraph 1"),
        ]
    );
}

#[test]
fn an_open_document_gives_paragraphs_and_cells() {
    let content = "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:table='b'>\
        <text:h>Note</text:h><text:p>He is<text:s text:c='2'/>out of<text:line-break/>control.</text:p>\
        <table:table><table:table-row><table:table-cell><text:p>absconded</text:p></table:table-cell>\
        </table:table-row></table:table></office:document-content>";
    let bytes = zipped(&[("content.xml", content)]);
    assert_eq!(
        places(&open("odt", &bytes)),
        [pair("out of\ncontrol", "paragraph 2"), pair("absconded", "table 1, row 1, cell 1"),]
    );
}

#[test]
fn rich_text_gives_paragraphs_and_its_odd_characters() {
    let rtf = br"{\rtf1\ansi{\fonttbl{\f0 Arial;}}Caf\'e9 note\par She won\u8217?t engage\par {\*\generator x}\ldblquote I am a liar\rdblquote }";
    let document = open("rtf", rtf);
    assert!(document.text().starts_with("Café note\n\nShe won’t engage\n\n“I am a liar”"));
    assert_eq!(places(&document), [pair("won’t engage", "paragraph 2")]);
}

#[test]
fn a_web_page_gives_what_is_seen() {
    let html = b"<html><head><title>promiscuous</title></head><body><p>Fine.</p><script>var a='slut'</script>\
        <p>He is a <b>trouble</b>maker &amp; more</p><!-- liar --></body></html>";
    assert_eq!(places(&open("html", html)), [pair("troublemaker", "paragraph 2")]);
}

#[test]
fn an_e_mail_gives_subject_and_body_once() {
    let mail = b"Subject: =?utf-8?q?LAC_review?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n\
        --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nShe is promiscuous.\r\n--b\r\nContent-Type: text/html\r\n\r\n\
        <p>She is promiscuous.</p>\r\n--b--\r\n";
    assert_eq!(places(&open("eml", mail)), [pair("LAC", "subject"), pair("promiscuous", "body")]);
}

#[test]
fn a_table_gives_the_row_and_the_name_of_the_column() {
    let csv = "Date,Note\n2026-05-04,\"Calm day, ate well\"\n2026-05-05,He absconded\n";
    assert_eq!(places(&open("csv", csv.as_bytes())), [pair("absconded", "row 3, column Note")]);
}

#[test]
fn only_the_named_columns_of_a_table_are_read_and_an_unknown_name_is_an_error() {
    let bytes = b"id,note,other\n1,He absconded.,a troublemaker\n";
    let columns = |name: &str| read_columns(bytes, &[name.to_owned()], &Limits::default());
    let document = columns("note").unwrap();
    assert_eq!(places(&document), [pair("absconded", "row 2, column note")]);
    let error = columns("notes").unwrap_err();
    assert!(error.to_string().contains("its columns are: id, note, other"), "{error}");
}

#[test]
fn a_pdf_gives_pages() {
    let bytes = pdf(&["All well.", "She is promiscuous."]);
    assert_eq!(places(&open("pdf", &bytes)), [pair("promiscuous", "page 2")]);
}

fn pdf(pages: &[&str]) -> Vec<u8> {
    use lopdf::{Document as Pdf, Object, Stream, dictionary};
    let mut pdf = Pdf::with_version("1.5");
    let tree = pdf.new_object_id();
    let font = pdf.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    });
    let resources = pdf.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let kids: Vec<Object> = pages
        .iter()
        .map(|text| {
            let code = format!("BT /F1 12 Tf 50 700 Td ({text}) Tj ET");
            let content = pdf.add_object(Stream::new(dictionary! {}, code.into_bytes()));
            pdf.add_object(
                dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content },
            )
            .into()
        })
        .collect();
    let count = i64::try_from(kids.len()).unwrap();
    pdf.objects.insert(
        tree,
        Object::Dictionary(dictionary! {
            "Type" => "Pages", "Kids" => kids, "Count" => count, "Resources" => resources,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        }),
    );
    let root = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    pdf.trailer.set("Root", root);
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn old_encodings_are_read_and_what_is_no_text_is_refused() {
    assert_eq!(open("txt", b"Caf\xe9 \x93quote\x94").text(), "Café “quote”");
    assert_eq!(open("txt", b"\xff\xfeh\x00i\x00").text(), "hi");
    let error = read("txt", b"MZ\x90\x00\x03\xff", &Limits::default()).unwrap_err();
    assert!(error.to_string().contains("no text"), "{error}");
    let error = read("xlsx", b"PK", &Limits::default()).unwrap_err();
    assert!(error.to_string().contains(".docx"), "{error}");
}

#[test]
fn a_zip_bomb_and_an_endless_cell_end_in_a_clear_error() {
    let limits = Limits { file: 1 << 20, text: 1 << 16, part: 1 << 18 };
    let body = format!("<w:document><w:p><w:t>{}</w:t></w:p></w:document>", "a".repeat(8 << 20));
    let bomb = zipped(&[("word/document.xml", &body)]);
    assert!(bomb.len() < 100_000);
    let error = read("docx", &bomb, &limits).unwrap_err();
    assert!(matches!(error, DocumentError::TooLarge(_)), "{error}");
    let cell = format!("a,b\n1,{}\n", "x".repeat(100_000));
    let error = read("csv", cell.as_bytes(), &limits).unwrap_err();
    assert!(matches!(error, DocumentError::TooLarge(_)), "{error}");
    let deep = format!("<w:document>{}", "<w:p>".repeat(10_000));
    let error = read("docx", &zipped(&[("word/document.xml", &deep)]), &limits).unwrap_err();
    assert!(error.to_string().contains("too deep"), "{error}");
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600), nth in 0..10_usize) {
        let ending = ENDINGS.get(nth).copied().unwrap_or("txt");
        let limits = Limits { file: 1 << 20, text: 1 << 20, part: 1 << 20 };
        if let Ok(document) = read(ending, &bytes, &limits) {
            prop_assert!(document.text().len() <= limits.text);
            builtin_checker().check(document.text());
        }
    }

    #[test]
    fn a_damaged_word_document_is_read_or_refused(at in 0..400_usize, byte in any::<u8>()) {
        let mut bytes = zipped(&[("word/document.xml", DOCX)]);
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        let _ = read("docx", &bytes, &Limits::default());
    }
}
