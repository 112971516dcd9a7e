//! The files that people are read from and links are written to.

use std::io::{self, Read, Write};

use super::link::Linked;
use super::table::{RawRecord, Table, TableBuilder};

/// Why a file of people cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file is not comma-separated text in UTF-8.
    #[error("the file cannot be read as comma-separated text")]
    Csv(#[from] csv::Error),
    /// A column that must be there is not.
    #[error("the file has no column \"{0}\"")]
    Column(&'static str),
}

pub(crate) const COLUMNS: [&str; 11] = [
    "record_id",
    "given_name",
    "surname",
    "aliases",
    "dob",
    "sex",
    "postcode",
    "address",
    "phone",
    "nhs_number",
    "recorded_on",
];

/// Reads records from comma-separated text with a head. `record_id` must be there; any other
/// column that is missing is unknown for every record.
///
/// # Errors
/// See [`ReadError`].
pub fn read_people(input: impl Read) -> Result<Table, ReadError> {
    let mut builder = TableBuilder::default();
    each_record(input, |raw| builder.push(raw))?;
    Ok(builder.finish())
}

/// Reads records as [`read_people`] does and gives them one by one.
///
/// # Errors
/// See [`ReadError`].
pub fn each_record(
    input: impl Read,
    mut each: impl FnMut(&RawRecord<'_>),
) -> Result<(), ReadError> {
    let mut reader = csv::ReaderBuilder::new().buffer_capacity(1 << 18).from_reader(input);
    let head = reader.headers()?.clone();
    let places = COLUMNS.map(|name| head.iter().position(|column| column.trim() == name));
    let [Some(_), ..] = places else { return Err(ReadError::Column("record_id")) };
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row)? {
        let cells = places.map(|place| place.and_then(|place| row.get(place)).unwrap_or_default());
        let [id, given, surname, aliases, dob, sex, postcode, address, phone, nhs, seen] = cells;
        each(&RawRecord {
            record_id: id,
            given_name: given,
            surname,
            aliases,
            dob,
            sex,
            postcode,
            address,
            phone,
            nhs_number: nhs,
            recorded_on: seen,
        });
    }
    Ok(())
}

/// Writes the pairs as `l,r,score`, the score being a probability.
///
/// # Errors
/// Whatever writing fails with.
pub fn write_pairs(mut out: impl Write, table: &Table, linked: &Linked) -> io::Result<()> {
    writeln!(out, "l,r,score")?;
    for pair in &linked.pairs {
        for text in [table.id(pair.left), ",", table.id(pair.right), ","] {
            out.write_all(text.as_bytes())?;
        }
        out.write_all(&seven_places(pair.probability()))?;
    }
    out.flush()
}

/// A probability with seven decimal places and the end of the line.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1")]
fn seven_places(probability: f64) -> [u8; 10] {
    let mut rest = (probability.clamp(0.0, 1.0) * 1e7).round() as u32;
    let mut text = *b"0.0000000\n";
    let digits = text.iter_mut().enumerate().rev().filter(|(place, _)| ![1, 9].contains(place));
    for (_, digit) in digits {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    text
}

/// Writes the cluster of every record as `record_id,cluster_id`; a cluster is named by the first
/// of its records.
///
/// # Errors
/// Whatever writing fails with.
pub fn write_clusters(mut out: impl Write, table: &Table, linked: &Linked) -> io::Result<()> {
    writeln!(out, "record_id,cluster_id")?;
    for (record, cluster) in (0u32..).zip(&linked.clusters) {
        for text in [table.id(record), ",", table.id(*cluster), "\n"] {
            out.write_all(text.as_bytes())?;
        }
    }
    out.flush()
}
