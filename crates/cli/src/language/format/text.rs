//! Findings for people to read.

use std::io::{self, Write};

use tessera_language::Span;

use super::lines::Lines;
use crate::language::check::Checked;

pub(super) fn document(checked: &Checked, explain: bool, out: &mut impl Write) -> io::Result<()> {
    let lines = Lines::new(checked.text(), checked.base.lines);
    for finding in &checked.report.findings {
        let place = place(checked, &lines, &finding.span);
        let severity = finding.severity.name();
        writeln!(out, "{}:{place}: {severity}: {}", checked.path, finding.message)?;
        writeln!(out, "    why: {}", finding.why)?;
        writeln!(out, "    try: {}", finding.fitted().join("; "))?;
        let sources: Vec<&str> =
            finding.sources.iter().map(|source| source.title.as_str()).collect();
        writeln!(out, "    source: {} [{}]", sources.join("; "), finding.entry)?;
    }
    for passed in checked.report.suppressed.iter().filter(|_| explain) {
        let place = place(checked, &lines, &passed.span);
        let words = passed.matched.split_whitespace().collect::<Vec<_>>().join(" ");
        let (context, because) = (passed.context.name(), &passed.because);
        writeln!(
            out,
            "{}:{place}: let pass: “{words}” ({context}): {because} [{}]",
            checked.path, passed.entry
        )?;
    }
    Ok(())
}

/// Page, paragraph or cell where the document has such; line and column otherwise.
fn place(checked: &Checked, lines: &Lines, span: &Span) -> String {
    if let Some(place) = checked.place(span) {
        return format!(" {place}");
    }
    let (line, column) = lines.place(checked.text(), span.bytes.start);
    format!("{line}:{column}")
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
