//! Findings as JSON: one array, or one object a line.

use std::io::{self, Write};

use serde_json::{Value, json};
use tessera_language::{Finding, Suppressed};

use crate::language::check::Checked;

pub(super) fn document(
    checked: &Checked,
    explain: bool,
    first: &mut bool,
    out: &mut impl Write,
) -> io::Result<()> {
    for value in values(checked, explain) {
        write!(out, "{}\n  {value}", if *first { "" } else { "," })?;
        *first = false;
    }
    Ok(())
}

pub(super) fn lines(checked: &Checked, explain: bool, out: &mut impl Write) -> io::Result<()> {
    for value in values(checked, explain) {
        writeln!(out, "{value}")?;
    }
    Ok(())
}

fn values(checked: &Checked, explain: bool) -> impl Iterator<Item = Value> {
    let findings = checked.report.findings.iter().map(|finding| finding_value(checked, finding));
    let passed = checked.report.suppressed.iter().filter(move |_| explain);
    findings.chain(passed.map(|passed| passed_value(checked, passed)))
}

fn finding_value(checked: &Checked, finding: &Finding) -> Value {
    json!({
        "path": checked.path,
        "start": finding.span.chars.start,
        "end": finding.span.chars.end,
        "entry": finding.entry,
        "category": finding.category,
        "severity": finding.severity,
        "matched": finding.matched,
        "message": finding.message,
        "alternatives": finding.fitted(),
        "why": finding.why,
        "sources": finding.sources,
        "place": checked.place(&finding.span),
    })
}

/// A match that was let pass is marked by `suppressed`.
fn passed_value(checked: &Checked, passed: &Suppressed) -> Value {
    json!({
        "path": checked.path,
        "start": passed.span.chars.start,
        "end": passed.span.chars.end,
        "entry": passed.entry,
        "matched": passed.matched,
        "suppressed": { "context": passed.context, "because": passed.because },
    })
}
