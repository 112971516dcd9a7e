//! No bytes make the reader of spreadsheets panic or outgrow its limits. With the first byte the target
//! chooses CSV, a workbook as it comes, or a workbook around a sheet made of the rest.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use tessera_language::document::{SheetLimits, read_rows};
use zip::write::SimpleFileOptions;

fn workbook(parts: [&[u8]; 3]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let book = b"<workbook><sheets><sheet r:id='a'/></sheets></workbook>".as_slice();
    let names = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"];
    for (name, text) in names.into_iter().zip(parts).chain([("xl/workbook.xml", book)]) {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let limits = SheetLimits { file: 1 << 20, part: 1 << 20, rows: 50, columns: 20, text: 1 << 16 };
    let read = match first % 3 {
        0 => read_rows("csv", rest, &limits),
        1 => read_rows("xlsx", rest, &limits),
        _ => {
            let third = rest.len() / 3;
            let (sheet, others) = rest.split_at(third);
            let (strings, styles) = others.split_at(third);
            read_rows("xlsx", &workbook([sheet, strings, styles]), &limits)
        }
    };
    let Ok(rows) = read else { return };
    assert!(rows.len() <= limits.rows);
    assert!(rows.iter().all(|row| !row.cells.is_empty() && row.cells.len() <= limits.columns));
    assert!(rows.windows(2).all(|two| two[0].number < two[1].number));
});
