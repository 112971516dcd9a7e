//! No file of people makes reading or linking panic, and every record comes out in one cluster.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tessera_linkage::people::{Effort, Settings, link, read_people};

const EFFORT: Effort = Effort { random_pairs: 200, proposed_pairs: 200, rounds: 2 };

fuzz_target!(|text: &str| {
    let head = "record_id,given_name,surname,aliases,dob,sex,postcode,address,phone,nhs_number\n";
    let Ok(table) = read_people(format!("{head}{text}").as_bytes()) else { return };
    let settings = Settings { effort: EFFORT, floor: Some(0.01), ..Settings::default() };
    assert_eq!(link(&table, &settings, |_| {}).clusters.len(), table.len());
});
