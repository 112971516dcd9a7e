//! The files that reports are read from and links are written to.

use std::io::{self, Read, Write};

use super::features::{RawMention, RawReport, Reports, ReportsBuilder};
use super::link::LinkedReports;
use crate::people::ReadError;

/// Reads reports and their mentions from comma-separated text with heads: `report_id`, `date`,
/// `area` and `mention_id`, `report_id`, `type`, `value`, `attr1`, `attr2`. Further columns are
/// not looked at.
///
/// # Errors
/// See [`ReadError`].
pub fn read_reports(reports: impl Read, mentions: impl Read) -> Result<Reports, ReadError> {
    let mut builder = ReportsBuilder::default();
    each(reports, ["report_id", "date", "area"], |[report_id, date, area]| {
        builder.report(&RawReport { report_id, date, area });
    })?;
    let columns = ["mention_id", "report_id", "type", "value", "attr1", "attr2"];
    each(mentions, columns, |[mention_id, report_id, kind, value, attr1, attr2]| {
        builder.mention(&RawMention { mention_id, report_id, kind, value, attr1, attr2 });
    })?;
    Ok(builder.finish())
}

fn each<const N: usize>(
    input: impl Read,
    columns: [&'static str; N],
    mut row: impl FnMut([&str; N]),
) -> Result<(), ReadError> {
    let mut reader = csv::ReaderBuilder::new().buffer_capacity(1 << 18).from_reader(input);
    let head = reader.headers()?.clone();
    let places = columns.map(|name| head.iter().position(|column| column.trim() == name));
    for (place, name) in places.iter().zip(columns) {
        if place.is_none() {
            return Err(ReadError::Column(name));
        }
    }
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record)? {
        row(places.map(|place| place.and_then(|place| record.get(place)).unwrap_or_default()));
    }
    Ok(())
}

/// Writes the entity of every mention as `mention_id,entity_id`; an entity is named by the first
/// of its mentions.
///
/// # Errors
/// Whatever writing fails with.
pub fn write_mentions(
    mut out: impl Write,
    reports: &Reports,
    found: &LinkedReports,
) -> io::Result<()> {
    writeln!(out, "mention_id,entity_id")?;
    for (mention, entity) in (0u32..).zip(&found.entities) {
        writeln!(out, "{},{}", reports.mention_id(mention), reports.mention_id(*entity))?;
    }
    out.flush()
}

/// Writes links as `report_l,report_r,score`, the score being a probability.
///
/// # Errors
/// Whatever writing fails with.
pub fn write_links(
    mut out: impl Write,
    reports: &Reports,
    found: &LinkedReports,
) -> io::Result<()> {
    writeln!(out, "report_l,report_r,score")?;
    for link in &found.links {
        let (left, right) = (reports.report_id(link.left), reports.report_id(link.right));
        writeln!(out, "{left},{right},{:.7}", link.probability())?;
    }
    out.flush()
}

/// Writes the network of every report as `report_id,cluster_id`; a network is named by the first
/// of its reports.
///
/// # Errors
/// Whatever writing fails with.
pub fn write_networks(
    mut out: impl Write,
    reports: &Reports,
    found: &LinkedReports,
) -> io::Result<()> {
    writeln!(out, "report_id,cluster_id")?;
    for (report, network) in (0u32..).zip(&found.networks) {
        writeln!(out, "{},{}", reports.report_id(report), reports.report_id(*network))?;
    }
    out.flush()
}
