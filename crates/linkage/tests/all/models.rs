#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use schemars::{JsonSchema, generate::SchemaSettings};
use tessera_linkage::people::{
    Effort, ModelDocument, SplinkError, from_splink, learn, read_people,
};
use tessera_linkage::reports::{KEYS_VERSION, OpaqueKey, Piece, ReportModel, Seen, opaque_keys};

/// The published schemas, which this test writes anew when the variable `UPDATE_SCHEMA` is set.
#[test]
fn the_published_schemas_are_those_that_models_are_read_with() {
    same_as_published::<ModelDocument>("people-model.schema.json");
    same_as_published::<ReportModel>("report-model.schema.json");
}

fn same_as_published<T: JsonSchema>(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference").join(name);
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    let fresh = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&path, &fresh).unwrap();
    }
    assert!(fs::read_to_string(&path).unwrap() == fresh, "docs/reference/{name} is out of date");
}

fn model() -> tessera_linkage::people::Model {
    let mut text = "record_id,given_name,surname,dob,sex,postcode,phone\n".to_owned();
    for n in 0..60 {
        let day = 1 + n % 28;
        text.push_str(&["r", &n.to_string(), ",Ola,Wexford,2009-04-"].concat());
        text.push_str(&[&format!("{day:02}"), ",F,ZZ1 1AA,07700900123\n"].concat());
    }
    let table = read_people(text.as_bytes()).unwrap();
    learn(&table, Effort { random_pairs: 2000, proposed_pairs: 2000, rounds: 2 })
}

const SPLINK: &str = r#"{
  "link_type": "dedupe_only",
  "probability_two_random_records_match": 0.00002,
  "comparisons": [
    {"output_column_name": "surname", "comparison_levels": [
      {"sql_condition": "surname_l IS NULL OR surname_r IS NULL", "is_null_level": true},
      {"sql_condition": "\"surname_l\" = \"surname_r\"", "m_probability": 0.8, "u_probability": 0.001},
      {"sql_condition": "jaro_winkler_similarity(surname_l, surname_r) >= 0.9", "m_probability": 0.15, "u_probability": 0.003},
      {"sql_condition": "ELSE", "m_probability": 0.05, "u_probability": 0.996}]},
    {"output_column_name": "favourite_colour", "comparison_levels": [
      {"sql_condition": "favourite_colour_l = favourite_colour_r", "m_probability": 0.5, "u_probability": 0.1},
      {"sql_condition": "ELSE", "m_probability": 0.5, "u_probability": 0.9}]}
  ]
}"#;

#[test]
fn a_model_of_splinks_is_carried_over_where_the_comparisons_exist_and_the_rest_is_named() {
    let (read, left_out) = from_splink(SPLINK, &model()).unwrap();
    assert_eq!(left_out, ["favourite_colour"]);
    let document = read.to_document();
    assert!((document.classes[0].share_of_all_pairs - 0.00002).abs() < 1e-12);
    let surname = document.fields.iter().find(|field| field.field == "surname").unwrap();
    for context in &surname.contexts {
        let level = |name: &str| context.levels.iter().find(|level| level.level == name).unwrap();
        assert!((level("same").same_person - 0.8).abs() < 1e-9);
        assert!((level("same").unrelated - 0.001).abs() < 1e-9);
        assert!((level("different").same_person - 0.05).abs() < 1e-9);
        let between = ["spelling", "one_slip", "near", "part", "alias"];
        let sum: f64 = between.iter().map(|name| level(name).same_person).sum();
        assert!((sum - 0.15).abs() < 1e-6, "{sum}");
    }
    // It can be kept and read back.
    tessera_linkage::people::Model::from_document(&document).unwrap();
}

#[test]
fn what_is_no_model_of_splinks_is_refused() {
    assert!(matches!(from_splink("{}", &model()), Err(SplinkError::Form(_))));
    let nothing = SPLINK.replace("surname", "favourite_animal");
    assert!(matches!(from_splink(&nothing, &model()), Err(SplinkError::Nothing)));
    let odd = SPLINK.replace("0.15", "1.5");
    assert!(matches!(from_splink(&odd, &model()), Err(SplinkError::Share(_))));
}

fn keys(mentions: &[Seen<'_>], secret: u8) -> Vec<OpaqueKey> {
    let piece = Piece { key: 7, date: "2023-04-01", area: "Marlbrook", mentions };
    opaque_keys(&piece, &|text| {
        let start = u64::from(secret).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let sum = text.iter().fold(start, |sum, byte| {
            (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3).rotate_left(7)
        });
        sum.to_be_bytes().to_vec()
    })
}

#[test]
fn kept_keys_meet_where_reports_should_be_compared_whatever_else_is_known() {
    let of = |kind, value| Seen { kind, value, ..Seen::default() };
    let meet = |left: &[Seen<'_>], right: &[Seen<'_>]| {
        let left: BTreeSet<OpaqueKey> = keys(left, 1).into_iter().collect();
        keys(right, 1).iter().any(|key| left.contains(key))
    };
    assert_eq!(KEYS_VERSION, 2);
    assert!(meet(&[of("phone", "07700 900123")], &[of("phone", "+447700900123")]));
    assert!(meet(&[of("person", "Bob Marrow")], &[of("person", "Robert Marrow")]));
    assert!(meet(&[of("vehicle", "LB24 XYZ")], &[of("vehicle", "LB?4 XYZ")]));
    // Misread in both halves: the ends still meet.
    assert!(meet(&[of("vehicle", "LB24 XYZ")], &[of("vehicle", "LB29 KYZ")]));
    assert!(meet(&[of("handle", "@Zed_99")], &[of("handle", "zed_99")]));
    assert!(!meet(&[of("phone", "07700 900123")], &[of("phone", "01632 960456")]));
    // Under another secret nothing meets, and the keys do not depend on the rest of the report.
    let one = [of("phone", "07700 900123")];
    assert!(keys(&one, 1).iter().all(|key| !keys(&one, 2).contains(key)));
    let more = keys(&[of("person", "Ola Wexford"), one[0]], 1);
    assert!(keys(&one, 1).iter().all(|key| more.contains(key)));
}
