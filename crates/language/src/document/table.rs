//! CSV: every cell is a paragraph, placed by its row and the name of its column.

use super::{Builder, DocumentError, plain};

/// Reads the columns named in `wanted`; all of them, and their names, when none is named.
pub(super) fn read(
    bytes: &[u8],
    wanted: &[String],
    out: &mut Builder,
) -> Result<(), DocumentError> {
    let text = plain::decode(bytes)?;
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let damaged = |error: csv::Error| DocumentError::damaged("CSV", error);
    let columns = reader.headers().map_err(damaged)?.clone();
    let named = |name: &str| columns.iter().any(|column| column.trim() == name);
    if let Some(unknown) = wanted.iter().find(|name| !named(name)) {
        let known = columns.iter().collect::<Vec<_>>().join(", ");
        let problem = format!("there is no column {unknown:?}; its columns are: {known}");
        return Err(DocumentError::damaged("CSV", problem));
    }
    let is_wanted = |nth: usize| {
        let name = columns.get(nth).map(str::trim);
        wanted.is_empty() || name.is_some_and(|name| wanted.iter().any(|wanted| wanted == name))
    };
    for (nth, name) in columns.iter().enumerate().filter(|_| wanted.is_empty()) {
        cell(&format!("heading of column {}", nth + 1), name, out)?;
    }
    let mut record = csv::StringRecord::new();
    let mut row = 1;
    while reader.read_record(&mut record).map_err(damaged)? {
        row += 1;
        for (nth, value) in record.iter().enumerate().filter(|(nth, _)| is_wanted(*nth)) {
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
