//! The published JSON Schema is what the reader of instruments is made from.

use std::fs;
use std::path::Path;

use schemars::generate::SchemaSettings;
use tessera_screening::file::InstrumentFile;

/// The schema file, which this test writes anew when the variable `UPDATE_SCHEMA` is set.
#[test]
fn the_published_schema_is_the_one_instruments_are_read_with() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../content/instruments/instrument.schema.json");
    let schema =
        SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<InstrumentFile>();
    let fresh = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&path, &fresh).unwrap();
    }
    let published = fs::read_to_string(&path).unwrap();
    assert!(published == fresh, "content/instruments/instrument.schema.json is out of date");
}
