//! Findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format).

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::{Value, json};
use tessera_language::{Checker, Entry, Finding, Severity, Suppressed};

use super::lines::Lines;
use crate::language::check::Checked;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

pub(super) fn begin(checker: &Checker, out: &mut impl Write) -> io::Result<()> {
    let rules: Vec<Value> = checker.entries().iter().map(rule).collect();
    let driver = json!({
        "name": "tessera-language",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "properties": { "lexiconVersion": checker.version() },
        "rules": rules,
    });
    write!(
        out,
        "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{driver}}},\
         \"columnKind\":\"unicodeCodePoints\",\"results\":["
    )
}

pub(super) fn end(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "]}}]}}")
}

fn rule(entry: &Entry) -> Value {
    let sources: BTreeSet<&str> =
        entry.sources.iter().map(|source| source.title.as_str()).collect();
    let help = format!("Write instead: {}.", entry.alternatives.join("; "));
    let mut rule = json!({
        "id": entry.id,
        "shortDescription": { "text": format!("These words {}.", entry.category.effect()) },
        "fullDescription": { "text": entry.why },
        "help": { "text": help },
        "defaultConfiguration": { "level": level(entry.severity) },
        "properties": { "category": entry.category, "sources": sources },
    });
    let link = entry.sources.iter().find(|source| source.url.starts_with("http"));
    if let (Some(link), Some(fields)) = (link, rule.as_object_mut()) {
        fields.insert("helpUri".to_owned(), json!(link.url));
    }
    rule
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::MustChange => "error",
        Severity::Consider => "warning",
        Severity::Style => "note",
    }
}

pub(super) fn document(
    checked: &Checked,
    explain: bool,
    first: &mut bool,
    out: &mut impl Write,
) -> io::Result<()> {
    let lines = Lines::new(checked.text(), checked.base.lines);
    let findings = checked.report.findings.iter().map(|finding| result(checked, &lines, finding));
    let passed = checked.report.suppressed.iter().filter(|_| explain);
    for value in findings.chain(passed.map(|passed| suppressed(checked, &lines, passed))) {
        write!(out, "{}{value}", if *first { "" } else { "," })?;
        *first = false;
    }
    Ok(())
}

fn result(checked: &Checked, lines: &Lines, finding: &Finding) -> Value {
    let message = format!("{}. Try: {}.", finding.message, finding.fitted().join("; "));
    json!({
        "ruleId": finding.entry,
        "level": level(finding.severity),
        "message": { "text": message },
        "locations": [location(checked, lines, &finding.span)],
    })
}

fn suppressed(checked: &Checked, lines: &Lines, passed: &Suppressed) -> Value {
    json!({
        "ruleId": passed.entry,
        "level": "none",
        "kind": "pass",
        "message": { "text": format!("Let pass ({}): {}.", passed.context.name(), passed.because) },
        "locations": [location(checked, lines, &passed.span)],
    })
}

fn location(checked: &Checked, lines: &Lines, span: &tessera_language::Span) -> Value {
    let (line, column) = lines.place(checked.text(), span.bytes.start);
    let (end_line, end_column) = lines.place(checked.text(), span.bytes.end);
    let mut location = json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(&checked.path) },
        "region": {
            "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
            "charOffset": span.chars.start, "charLength": span.chars.len(),
        },
    }});
    if let (Some(place), Some(fields)) = (checked.place(span), location.as_object_mut()) {
        fields.insert("logicalLocations".to_owned(), json!([{ "fullyQualifiedName": place }]));
    }
    location
}

/// A path as a relative reference (RFC 3986): separators kept, other odd bytes percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            b'\\' => out.push('/'),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}
