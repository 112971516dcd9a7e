//! The network of a report as files for other tools: a table of links, and `GraphML`. Only reports that
//! were graded with handling P go out, and things that then still stand in two of them.

use std::{collections::BTreeSet, fmt::Write};

use tessera_core::reference::Reference;
use tessera_policy::{Actor, rules::report::ExportReport};

use crate::{
    App, AppError,
    report::picture::{Basis, Network, Thing},
};

impl App {
    /// The network of a report, as far as it may leave the program. Written down.
    pub async fn export_network(
        &self,
        actor: &Actor,
        reference: &Reference,
    ) -> Result<Network, AppError> {
        let (_, id) = self.open_report::<ExportReport>(actor, reference).await?;
        let reader = self.reader(actor)?;
        let mut read = self.db.read().await?;
        let mut network = self.network_of(&mut read.conn(), id, reader).await?;
        keep_what_may_leave(&mut network);
        Ok(network)
    }
}

fn keep_what_may_leave(network: &mut Network) {
    let leaves = |piece: &crate::report::Piece| piece.handling.as_deref() == Some("P");
    let old = std::mem::take(&mut network.pieces);
    let mut place = Vec::new();
    for piece in old {
        place.push(leaves(&piece).then_some(network.pieces.len()));
        if leaves(&piece) {
            network.pieces.push(piece);
        }
    }
    for thing in &mut network.things {
        thing.ties.retain_mut(|tie| {
            let new = place.get(tie.piece).copied().flatten();
            tie.piece = new.unwrap_or(0);
            new.is_some()
        });
    }
    network.things.retain(|thing| thing.reports().len() >= 2);
}

/// A cell that a spreadsheet shows and never runs: quoted, and what could begin a formula is kept from
/// doing so.
pub(crate) fn cell(text: &str) -> String {
    let text = text.replace(['\r', '\n'], " ");
    let risky = text.starts_with(['=', '+', '-', '@', '\t']);
    format!("\"{}{}\"", if risky { "'" } else { "" }, text.replace('"', "\"\""))
}

fn basis(thing: &Thing, at: usize) -> (&'static str, String) {
    match thing.ties.get(at).and_then(|tie| tie.basis.as_ref()) {
        Some(Basis::Decided(link)) => ("decided", link.grade.clone()),
        Some(Basis::Suggested(strength, _)) => ("suggested", strength.label().to_lowercase()),
        None => ("named", String::new()),
    }
}

/// One row for each mention of a shared person or thing.
#[must_use]
pub fn as_csv(network: &Network) -> String {
    let mut out = String::from(
        "report,day,agency,grade,thing,kind,name,as_written,basis,grade_or_strength\r\n",
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

/// Text as XML takes it; what XML cannot hold is left out.
fn xml(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// The network as `GraphML` 1.0 (graphml.graphdrawing.org): reports and things as nodes, mentions as
/// edges.
#[must_use]
pub fn as_graphml(network: &Network) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    for (id, of) in [
        ("label", "node"),
        ("kind", "node"),
        ("day", "node"),
        ("agency", "node"),
        ("grade", "node"),
        ("basis", "edge"),
        ("as_written", "edge"),
    ] {
        let _ = writeln!(
            out,
            "<key id=\"{id}\" for=\"{of}\" attr.name=\"{id}\" attr.type=\"string\"/>"
        );
    }
    out.push_str("<graph edgedefault=\"undirected\">\n");
    let data = |out: &mut String, key: &str, text: &str| {
        let _ = write!(out, "<data key=\"{key}\">{}</data>", xml(text));
    };
    for (n, piece) in network.pieces.iter().enumerate() {
        let _ = write!(out, "<node id=\"R{n}\">");
        data(&mut out, "label", piece.reference.as_str());
        data(&mut out, "kind", "report");
        data(&mut out, "day", &piece.day().to_string());
        data(&mut out, "agency", piece.agency.as_deref().unwrap_or_default());
        data(&mut out, "grade", &piece.grade().unwrap_or_default());
        out.push_str("</node>\n");
    }
    for thing in &network.things {
        let _ = write!(out, "<node id=\"T{}\">", thing.number);
        data(&mut out, "label", &thing.name);
        data(&mut out, "kind", thing.kind.id());
        out.push_str("</node>\n");
    }
    for thing in &network.things {
        let mut drawn = BTreeSet::new();
        for (n, tie) in thing.ties.iter().enumerate().filter(|(_, tie)| drawn.insert(tie.piece)) {
            let (source, target) = (tie.piece, thing.number);
            let _ = write!(out, "<edge source=\"R{source}\" target=\"T{target}\">");
            data(&mut out, "basis", basis(thing, n).0);
            data(&mut out, "as_written", &tie.mention.said.in_words());
            out.push_str("</edge>\n");
        }
    }
    out.push_str("</graph>\n</graphml>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_begin_a_formula_is_only_text() {
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell("@lucky \"seven\""), "\"'@lucky \"\"seven\"\"\"");
        assert_eq!(xml("<a> & \u{0}b"), "&lt;a&gt; &amp; b");
    }
}
