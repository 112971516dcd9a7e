//! How findings are written.

mod github;
mod json;
mod lines;
mod sarif;
mod text;

use std::io::{self, Write};

use clap::ValueEnum;
use tessera_language::Checker;

use super::check::Checked;

/// A form of output.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// SARIF 2.1.0, for code hosts and editors.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
}

/// Writes documents one after another.
pub(super) struct Writer<'a> {
    format: Format,
    explain: bool,
    checker: &'a Checker,
    first: bool,
    findings: usize,
    documents: usize,
}

impl<'a> Writer<'a> {
    pub(super) fn new(format: Format, explain: bool, checker: &'a Checker) -> Self {
        Self { format, explain, checker, first: true, findings: 0, documents: 0 }
    }

    pub(super) fn begin(&self, out: &mut impl Write) -> io::Result<()> {
        match self.format {
            Format::Json => write!(out, "["),
            Format::Sarif => sarif::begin(self.checker, out),
            Format::Text | Format::Jsonl | Format::Github => Ok(()),
        }
    }

    pub(super) fn document(&mut self, checked: &Checked, out: &mut impl Write) -> io::Result<()> {
        self.documents += usize::from(checked.base.is_start());
        self.findings += checked.report.findings.len();
        match self.format {
            Format::Text => text::document(checked, self.explain, out),
            Format::Json => json::document(checked, self.explain, &mut self.first, out),
            Format::Jsonl => json::lines(checked, self.explain, out),
            Format::Sarif => sarif::document(checked, self.explain, &mut self.first, out),
            Format::Github => github::document(checked, out),
        }
    }

    pub(super) fn end(&self, out: &mut impl Write) -> io::Result<()> {
        match self.format {
            Format::Json => writeln!(out, "{}]", if self.first { "" } else { "\n" }),
            Format::Sarif => sarif::end(out),
            Format::Text => text::end(self.findings, self.documents, out),
            Format::Jsonl | Format::Github => Ok(()),
        }
    }
}
