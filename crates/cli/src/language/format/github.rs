//! Findings as annotations of GitHub Actions (workflow commands).

use std::io::{self, Write};

use tessera_language::Severity;

use super::lines::Lines;
use crate::language::check::Checked;

pub(super) fn document(checked: &Checked, out: &mut impl Write) -> io::Result<()> {
    let lines = Lines::new(checked.text(), checked.base.lines);
    for finding in &checked.report.findings {
        let (line, column) = lines.place(checked.text(), finding.span.bytes.start);
        let (end_line, end_column) = lines.place(checked.text(), finding.span.bytes.end);
        let level = match finding.severity {
            Severity::MustChange => "error",
            Severity::Consider => "warning",
            Severity::Style => "notice",
        };
        let path = property(&checked.path);
        let title = property(&finding.entry);
        let advice = format!("{}. Try: {}", finding.message, finding.fitted().join("; "));
        writeln!(
            out,
            "::{level} file={path},line={line},endLine={end_line},col={column},endColumn={end_column},title={title}::{}",
            data(&advice)
        )?;
    }
    Ok(())
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
