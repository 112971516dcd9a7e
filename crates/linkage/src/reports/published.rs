//! The model that ships: what agreements were found to be worth in invented reports.

use super::model::ReportModel;

const DOCUMENT: &str = include_str!("../../data/report-model.json");

/// The model that ships with this library. It was learnt, without any known answer, from 100,000
/// reports of `script/linkage/reports.py` (seed 20261124), and takes a small collection for a part
/// of one of 3,000 reports. A collection of its own can learn its own.
#[must_use]
pub fn published() -> ReportModel {
    // A test reads the document; a broken one cannot be built into a release.
    serde_json::from_str(DOCUMENT).unwrap_or_default()
}
