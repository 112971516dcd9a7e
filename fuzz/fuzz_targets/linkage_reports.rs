//! No mentions make reading or linking reports panic, and every report comes out in one network.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tessera_linkage::reports::{Settings, link, read_reports};

fuzz_target!(|text: &str| {
    let reports = "report_id,date,area\ni0,2023-04-01,Hexby\ni1,2023-05-01,\ni2,,Hexby\n";
    let mentions = format!("mention_id,report_id,type,value,attr1,attr2\n{text}");
    let Ok(reports) = read_reports(reports.as_bytes(), mentions.as_bytes()) else { return };
    let found = link(&reports, &Settings::default());
    assert_eq!((found.networks.len(), found.entities.len()), (3, reports.mentions()));
});
