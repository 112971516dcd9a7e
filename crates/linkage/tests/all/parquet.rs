#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

use std::fs::File;
use std::io::Write;
use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use tessera_linkage::people::{
    ParquetFault, Settings, link, read_people, read_people_parquet, write_clusters_parquet,
    write_pairs_parquet,
};

fn folder() -> std::path::PathBuf {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("parquet");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A file of text columns, empty cells left out.
fn write(name: &str, columns: &[&str], rows: &[Vec<String>]) -> File {
    let path = folder().join(name);
    let fields: Vec<String> =
        columns.iter().map(|column| format!("optional binary {column} (STRING);")).collect();
    let schema = parse_message_type(&format!("message people {{ {} }}", fields.concat())).unwrap();
    let file = File::create(&path).unwrap();
    let mut writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for place in 0..columns.len() {
        let known: Vec<i16> = rows.iter().map(|row| i16::from(!row[place].is_empty())).collect();
        let cells = rows.iter().map(|row| row[place].as_str()).filter(|cell| !cell.is_empty());
        let cells: Vec<ByteArray> = cells.map(ByteArray::from).collect();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&cells, Some(&known), None).unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.close().unwrap();
    File::open(path).unwrap()
}

#[test]
fn the_same_people_come_out_of_parquet_as_out_of_text_and_the_results_can_be_read() {
    let columns = ["surname", "record_id", "given_name", "dob", "phone"];
    let mut rows: Vec<Vec<String>> = Vec::new();
    for n in 0..200usize {
        let letter = |n: usize| char::from(b'a' + u8::try_from(n % 23).unwrap());
        let name = format!("{}o{}ton", letter(n / 2), letter(n / 4));
        let born = format!("20{:02}-0{}-1{}", n / 2 % 20, 1 + n / 2 % 9, n / 2 % 8);
        let phone = if n % 3 == 0 { String::new() } else { format!("07700900{:03}", n / 2) };
        rows.push(vec![name, format!("r{n}"), "Ola".to_owned(), born, phone]);
    }
    let mut text = columns.join(",");
    for row in &rows {
        text.push('\n');
        text.push_str(&row.join(","));
    }
    let plain = read_people(text.as_bytes()).unwrap();
    let table = read_people_parquet(write("people.parquet", &columns, &rows)).unwrap();
    let (one, other) =
        (link(&plain, &Settings::default(), |_| {}), link(&table, &Settings::default(), |_| {}));
    assert_eq!((&one.pairs, &one.clusters), (&other.pairs, &other.clusters));
    assert!(!one.pairs.is_empty());
    let path = folder().join("pairs.parquet");
    write_pairs_parquet(File::create(&path).unwrap(), &table, &other).unwrap();
    let reader = SerializedFileReader::new(File::open(&path).unwrap()).unwrap();
    assert_eq!(
        reader.metadata().file_metadata().num_rows(),
        i64::try_from(one.pairs.len()).unwrap()
    );
    let path = folder().join("clusters.parquet");
    write_clusters_parquet(File::create(&path).unwrap(), &table, &other).unwrap();
    let reader = SerializedFileReader::new(File::open(&path).unwrap()).unwrap();
    let first = reader.get_row_iter(None).unwrap().next().unwrap().unwrap();
    assert_eq!(first.to_string(), "{record_id: \"r0\", cluster_id: \"r0\"}");
}

#[test]
fn a_file_that_is_not_parquet_or_has_no_identifiers_is_refused() {
    let path = folder().join("not.parquet");
    File::create(&path).unwrap().write_all(b"record_id,given_name\n").unwrap();
    let refused = read_people_parquet(File::open(path).unwrap());
    assert!(matches!(refused, Err(ParquetFault::Parquet(_))));
    let none = write("none.parquet", &["surname"], &[vec!["Wexford".to_owned()]]);
    assert!(matches!(read_people_parquet(none), Err(ParquetFault::Column("record_id"))));
}
