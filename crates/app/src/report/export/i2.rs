//! The network as links between two ends, in the columns that chart programs in the manner of i2
//! Analyst's Notebook map on import: both ends with id, type and label; the link with its date, its
//! three grades, its source reference and its description.

use std::{collections::BTreeSet, fmt::Write};

use super::{basis, csv::cell, marking};
use crate::report::picture::Network;

const HEAD: [&str; 16] = [
    "End 1 Id",
    "End 1 Type",
    "End 1 Label",
    "End 2 Id",
    "End 2 Type",
    "End 2 Label",
    "Link Type",
    "Link Label",
    "Link Strength",
    "Date",
    "Source Grade",
    "Intelligence Grade",
    "Handling",
    "Source Reference",
    "Marking",
    "Description",
];

/// One row for each report in which a thing stands.
pub(super) fn write(network: &Network) -> String {
    let line = |cells: &[String]| cells.iter().map(|c| cell(c)).collect::<Vec<_>>().join(",");
    let mut out = format!("{}\r\n", line(&HEAD.map(str::to_owned)));
    for thing in &network.things {
        let mut drawn = BTreeSet::new();
        for (n, tie) in thing.ties.iter().enumerate().filter(|(_, tie)| drawn.insert(tie.piece)) {
            let Some(piece) = network.pieces.get(tie.piece) else { continue };
            let (rests, grade) = basis(thing, n);
            // What a program suggests is drawn as tentative, what stands in a report as confirmed.
            let strength = if rests == "suggested" { "Tentative" } else { "Confirmed" };
            let cells = [
                format!("T{}", thing.number),
                thing.kind.label().to_owned(),
                thing.name.clone(),
                piece.reference.to_string(),
                "Intelligence report".into(),
                piece.reference.to_string(),
                "Named in".into(),
                format!("{rests} {grade}").trim().to_owned(),
                strength.into(),
                piece.day().to_string(),
                piece.source_grade.clone().unwrap_or_default(),
                piece.intelligence_grade.clone().unwrap_or_default(),
                piece.handling.clone().unwrap_or_default(),
                piece.reference.to_string(),
                marking(piece),
                tie.mention.said.in_words(),
            ];
            let _ = write!(out, "{}\r\n", line(&cells));
        }
    }
    out
}
