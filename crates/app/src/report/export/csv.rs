//! The network as a table: one row for each mention of a shared person or thing.

use std::fmt::Write;

use super::{basis, marking};
use crate::report::picture::Network;

/// A cell that a spreadsheet shows and never runs: quoted, and what could begin a formula is kept from
/// doing so.
pub(crate) fn cell(text: &str) -> String {
    let text = text.replace(['\r', '\n'], " ");
    let risky = text.starts_with(['=', '+', '-', '@', '\t']);
    format!("\"{}{}\"", if risky { "'" } else { "" }, text.replace('"', "\"\""))
}

/// One row for each mention of a shared person or thing.
pub(super) fn write(network: &Network) -> String {
    let mut out = String::from(
        "report,day,agency,grade,marking,thing,kind,name,as_written,basis,grade_or_strength\r\n",
    );
    for thing in &network.things {
        for (n, tie) in thing.ties.iter().enumerate() {
            let Some(piece) = network.pieces.get(tie.piece) else { continue };
            let (rests, grade) = basis(thing, n);
            let cells = [
                piece.reference.to_string(),
                piece.day().to_string(),
                piece.agency.clone().unwrap_or_default(),
                piece.grade().unwrap_or_default(),
                marking(piece),
                format!("T{}", thing.number),
                thing.kind.label().to_owned(),
                thing.name.clone(),
                tie.mention.said.in_words(),
                rests.to_owned(),
                grade,
            ];
            let row: Vec<String> = cells.iter().map(|text| cell(text)).collect();
            let _ = write!(out, "{}\r\n", row.join(","));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_begin_a_formula_is_only_text() {
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell("@lucky \"seven\""), "\"'@lucky \"\"seven\"\"\"");
    }
}
