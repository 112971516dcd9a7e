//! Findings for people to read.

use std::io::{self, Write};

use super::lines::Lines;
use crate::language::check::Checked;

pub(super) fn document(checked: &Checked, explain: bool, out: &mut impl Write) -> io::Result<()> {
    let lines = Lines::new(&checked.text);
    for finding in &checked.report.findings {
        let (line, column) = lines.place(&checked.text, finding.span.bytes.start);
        let severity = finding.severity.name();
        writeln!(out, "{}:{line}:{column}: {severity}: {}", checked.path, finding.message)?;
        writeln!(out, "    why: {}", finding.why)?;
        writeln!(out, "    try: {}", finding.alternatives.join("; "))?;
        let sources: Vec<&str> =
            finding.sources.iter().map(|source| source.title.as_str()).collect();
        writeln!(out, "    source: {} [{}]", sources.join("; "), finding.entry)?;
    }
    for passed in checked.report.suppressed.iter().filter(|_| explain) {
        let (line, column) = lines.place(&checked.text, passed.span.bytes.start);
        let words = passed.matched.split_whitespace().collect::<Vec<_>>().join(" ");
        let (context, because) = (passed.context.name(), &passed.because);
        writeln!(
            out,
            "{}:{line}:{column}: let pass: “{words}” ({context}): {because} [{}]",
            checked.path, passed.entry
        )?;
    }
    Ok(())
}

pub(super) fn end(findings: usize, documents: usize, out: &mut impl Write) -> io::Result<()> {
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    writeln!(
        out,
        "{findings} finding{} in {documents} document{}",
        plural(findings),
        plural(documents)
    )
}
