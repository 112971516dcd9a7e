//! People in and pairs and clusters out as Apache Parquet files, uncompressed or with Snappy, as
//! `DuckDB`, pandas and Spark write them.

use std::fs::File;
use std::io::Write;
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::record::Field;
use parquet::schema::parser::parse_message_type;

use super::files::COLUMNS;
use super::link::Linked;
use super::table::{RawRecord, Table, TableBuilder};

/// Rows of one row group.
const ROWS_AT_ONCE: usize = 1 << 17;

/// Why a Parquet file cannot be read or written. No cell is repeated.
#[derive(Debug, thiserror::Error)]
pub enum ParquetFault {
    /// Not a Parquet file, damaged, or compressed in another way.
    #[error("the file cannot be read as Parquet: {0}")]
    Parquet(#[from] ParquetError),
    /// A column that must be there is not.
    #[error("the file has no column \"{0}\"")]
    Column(&'static str),
}

/// Reads records from a Parquet file with the columns of [`read_people`](super::read_people).
///
/// # Errors
/// See [`ParquetFault`].
pub fn read_people_parquet(input: File) -> Result<Table, ParquetFault> {
    let reader = SerializedFileReader::new(input)?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let names: Vec<&str> = schema.root_schema().get_fields().iter().map(|f| f.name()).collect();
    let places = COLUMNS.map(|name| names.iter().position(|column| *column == name));
    let [Some(_), ..] = places else { return Err(ParquetFault::Column("record_id")) };
    let mut builder = TableBuilder::default();
    for row in reader.get_row_iter(None)? {
        let row = row?;
        let cells: Vec<String> = row.get_column_iter().map(|(_, field)| text(field)).collect();
        let cell = |place: Option<usize>| {
            place.and_then(|place| cells.get(place)).map_or("", String::as_str)
        };
        let [id, given, surname, aliases, dob, sex, postcode, address, phone, nhs, seen] =
            places.map(cell);
        builder.push(&RawRecord {
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
    Ok(builder.finish())
}

/// A cell as a spreadsheet would show it; a moment as its day.
fn text(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
        Field::TimestampMillis(_) | Field::TimestampMicros(_) => {
            field.to_string().chars().take(10).collect()
        }
        other => other.to_string(),
    }
}

/// Writes the pairs with the columns `l`, `r` and `score`.
///
/// # Errors
/// See [`ParquetFault`].
pub fn write_pairs_parquet(
    out: impl Write + Send,
    table: &Table,
    linked: &Linked,
) -> Result<(), ParquetFault> {
    let columns = "message pairs { required binary l (STRING); required binary r (STRING); \
                   required double score; }";
    let mut writer = writer(out, columns)?;
    for pairs in linked.pairs.chunks(ROWS_AT_ONCE) {
        let mut group = writer.next_row_group()?;
        texts(&mut group, pairs.iter().map(|pair| table.id(pair.left)))?;
        texts(&mut group, pairs.iter().map(|pair| table.id(pair.right)))?;
        if let Some(mut column) = group.next_column()? {
            let scores: Vec<f64> = pairs.iter().map(super::link::Pair::probability).collect();
            column.typed::<DoubleType>().write_batch(&scores, None, None)?;
            column.close()?;
        }
        group.close()?;
    }
    writer.close()?;
    Ok(())
}

/// Writes the cluster of every record with the columns `record_id` and `cluster_id`.
///
/// # Errors
/// See [`ParquetFault`].
pub fn write_clusters_parquet(
    out: impl Write + Send,
    table: &Table,
    linked: &Linked,
) -> Result<(), ParquetFault> {
    let columns = "message clusters { required binary record_id (STRING); \
                   required binary cluster_id (STRING); }";
    let mut writer = writer(out, columns)?;
    let mut first = 0u32;
    for clusters in linked.clusters.chunks(ROWS_AT_ONCE) {
        let mut group = writer.next_row_group()?;
        texts(&mut group, (first..).zip(clusters).map(|(record, _)| table.id(record)))?;
        texts(&mut group, clusters.iter().map(|cluster| table.id(*cluster)))?;
        group.close()?;
        first += u32::try_from(clusters.len()).unwrap_or_default();
    }
    writer.close()?;
    Ok(())
}

fn writer<W: Write + Send>(out: W, columns: &str) -> Result<SerializedFileWriter<W>, ParquetFault> {
    let schema = Arc::new(parse_message_type(columns)?);
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    Ok(SerializedFileWriter::new(out, schema, Arc::new(properties))?)
}

fn texts<'a, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    cells: impl Iterator<Item = &'a str>,
) -> Result<(), ParquetFault> {
    if let Some(mut column) = group.next_column()? {
        let cells: Vec<ByteArray> = cells.map(ByteArray::from).collect();
        column.typed::<ByteArrayType>().write_batch(&cells, None, None)?;
        column.close()?;
    }
    Ok(())
}
