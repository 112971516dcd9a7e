//! The files that reports are read from and links are written to.

use std::io::{self, Read, Write};

use serde_json::json;

use super::features::{RawMention, RawReport, Reports, ReportsBuilder};
use super::link::LinkedReports;
use super::story::stories;
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

/// Writes what every network of three reports and more is about, one document a line: the network
/// by its first report, its reports in order of time, areas, what holds it together, its weakest
/// bridge, and the people in it.
///
/// # Errors
/// Whatever writing fails with.
pub fn write_stories(
    mut out: impl Write,
    reports: &Reports,
    found: &LinkedReports,
) -> io::Result<()> {
    let id = |report: u32| reports.report_id(report);
    for (network, story) in stories(reports, found) {
        let shared = story.shared.iter().map(|thing| {
            let mentions = thing
                .mentions
                .iter()
                .map(|(report, place)| reports.mention_id(reports.report(*report).first + place));
            json!({
                "kind": thing.kind,
                "words": thing.words,
                "bits": thing.bits,
                "mentions": mentions.collect::<Vec<&str>>(),
            })
        });
        let dated =
            |(report, date): &(u32, Option<String>)| json!({"report": id(*report), "date": date});
        let weakest = story.weakest.map(|bridge| {
            json!({
                "left": id(bridge.left),
                "right": id(bridge.right),
                "odds": bridge.odds,
                "reports_on_either_side": bridge.parts,
            })
        });
        let document = json!({
            "network": id(network),
            "reports": story.timeline.iter().map(dated).collect::<Vec<_>>(),
            "areas": story.areas,
            "held_together_by": shared.collect::<Vec<_>>(),
            "weakest_bridge": weakest,
            "children": story.children,
            "adults": story.adults,
            "of_unknown_age": story.of_unknown_age,
        });
        writeln!(out, "{document}")?;
    }
    out.flush()
}
