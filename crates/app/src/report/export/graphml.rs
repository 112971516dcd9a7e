//! The network as `GraphML`.

use std::{collections::BTreeSet, fmt::Write};

use super::{basis, marking};
use crate::report::picture::Network;

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
pub(super) fn write(network: &Network) -> String {
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
        ("marking", "node"),
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
        data(&mut out, "marking", &marking(piece));
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
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(xml("<a> & \u{0}b"), "&lt;a&gt; &amp; b");
    }
}
