//! CSV: every cell is a paragraph, placed by its row and the name of its column.

use super::{Builder, DocumentError, plain};

pub(super) fn read(bytes: &[u8], out: &mut Builder) -> Result<(), DocumentError> {
    let text = plain::decode(bytes)?;
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let damaged = |error: csv::Error| DocumentError::damaged("CSV", error);
    let columns = reader.headers().map_err(damaged)?.clone();
    for (nth, name) in columns.iter().enumerate() {
        cell(&format!("heading of column {}", nth + 1), name, out)?;
    }
    let mut record = csv::StringRecord::new();
    let mut row = 1;
    while reader.read_record(&mut record).map_err(damaged)? {
        row += 1;
        for (nth, value) in record.iter().enumerate() {
            let place = match columns.get(nth).filter(|name| !name.trim().is_empty()) {
                Some(name) => format!("row {row}, column {name}"),
                None => format!("row {row}, column {}", nth + 1),
            };
            cell(&place, value, out)?;
        }
    }
    Ok(())
}

fn cell(place: &str, value: &str, out: &mut Builder) -> Result<(), DocumentError> {
    if value.trim().is_empty() {
        return Ok(());
    }
    out.place(place.to_owned());
    out.push(value)?;
    out.end_paragraph()
}
