//! Tables are read as rows of cells, in bounded memory, and refused in plain words.
#![allow(clippy::unwrap_used, reason = "a helper of tests may fail the test")]

use std::io::{Cursor, Write};

use proptest::prelude::*;
use tessera_language::document::{DocumentError, SheetLimits, SheetRow, read_rows};
use zip::write::SimpleFileOptions;

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn workbook(sheet: &str) -> Vec<u8> {
    zipped(&[
        (
            "xl/workbook.xml",
            "<workbook xmlns:r='r'><sheets><sheet name='Seen' r:id='rId7'/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='rId7' Target='worksheets/first.xml'/></Relationships>",
        ),
        (
            "xl/sharedStrings.xml",
            "<sst><si><t>Name</t></si><si><r><t>Zoe &amp; </t></r><r><t>Dev</t></r>\
             <rPh><t>said</t></rPh></si></sst>",
        ),
        (
            "xl/styles.xml",
            "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='dd/mm/yyyy'/></numFmts>\
             <cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/></cellXfs></styleSheet>",
        ),
        ("xl/worksheets/first.xml", sheet),
    ])
}

const SHEET: &str = "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c>\
    <c r='C1' t='inlineStr'><is><t>Seen on</t></is></c></row>\
    <row r='4'><c r='A4' t='s'><v>1</v></c><c r='B4'><f>1+1</f><v>7700900123</v></c>\
    <c r='C4' s='1'><v>46145</v></c><c r='D4' s='2'><v>46145.5</v></c>\
    <c r='E4' t='b'><v>1</v></c><c r='F4' t='e'><v>#N/A</v></c></row></sheetData></worksheet>";

fn rows(ending: &str, bytes: &[u8]) -> Vec<SheetRow> {
    read_rows(ending, bytes, &SheetLimits::default()).unwrap()
}

fn problem(ending: &str, bytes: &[u8], limits: &SheetLimits) -> String {
    read_rows(ending, bytes, limits).unwrap_err().to_string()
}

#[test]
fn the_first_sheet_of_a_workbook_is_read_with_its_dates_and_numbers() {
    let rows = rows("xlsx", &workbook(SHEET));
    assert_eq!(
        rows[0],
        SheetRow { number: 1, cells: ["Name", "", "Seen on"].map(Into::into).into() }
    );
    let cells = ["Zoe & Dev", "7700900123", "2026-05-03", "2026-05-03", "yes"];
    assert_eq!(rows[1], SheetRow { number: 4, cells: cells.map(Into::into).into() });
}

#[test]
fn csv_is_read_with_the_sign_that_parts_its_cells_and_the_letters_of_old_programs() {
    assert_eq!(rows("csv", b"Name;Plate\nDev;AB51 ABC\n")[1].cells, ["Dev", "AB51 ABC"]);
    assert_eq!(rows("csv", b"Name\tPlate\n\n\"D\tv\"\tX\n")[1].cells, ["D\tv", "X"]);
    assert_eq!(rows("csv", b"\xef\xbb\xbfName,Caf\xc3\xa9\n")[0].cells, ["Name", "Caf\u{e9}"]);
    assert_eq!(rows("csv", b"Caf\xe9,b\n")[0].cells, ["Caf\u{e9}", "b"]);
}

#[test]
fn a_workbook_that_unpacks_to_too_much_is_refused() {
    let many = format!("<sst>{}</sst>", "<si><t>aaaaaaaaaaaaaaaa</t></si>".repeat(100_000));
    let bomb = zipped(&[("xl/workbook.xml", "<workbook/>"), ("xl/sharedStrings.xml", &many)]);
    let limits = SheetLimits { part: 1 << 20, ..SheetLimits::default() };
    assert!(bomb.len() < 100_000);
    assert!(problem("xlsx", &bomb, &limits).contains("a part of it when unpacked"));
}

#[test]
fn too_many_rows_columns_and_letters_are_refused_in_words() {
    let tall = "a,b\n".repeat(1_002);
    let limits = SheetLimits::default();
    assert!(problem("csv", tall.as_bytes(), &limits).contains("too many rows"));
    let wide = format!("{}x", ",".repeat(200));
    assert!(problem("csv", wide.as_bytes(), &limits).contains("too many columns"));
    let short = SheetLimits { text: 100, ..limits };
    assert!(problem("csv", "x".repeat(200).as_bytes(), &short).contains("its text"));
}

#[test]
fn what_is_no_workbook_is_refused() {
    let limits = SheetLimits::default();
    assert!(problem("xlsx", b"no workbook", &limits).contains("cannot be read"));
    assert!(problem("xlsx", &zipped(&[("a.txt", "a")]), &limits).contains("it holds no workbook"));
    let locked = read_rows("xlsx", &[0xd0, 0xcf, 0x11, 0xe0], &limits);
    assert!(matches!(locked, Err(DocumentError::Locked)));
    assert!(matches!(read_rows("ods", b"", &limits), Err(DocumentError::Unknown(_))));
}

proptest! {
    #[test]
    fn any_sheet_is_read_or_refused(text in "[a-z<>/='0-9&; ]{0,200}") {
        let _ = read_rows("xlsx", &workbook(&text), &SheetLimits::default());
        let _ = read_rows("csv", text.as_bytes(), &SheetLimits::default());
    }
}
