//! `tessera language check`.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use clap::{Args, ValueEnum};
use indicatif::ProgressBar;
use tessera_language::document::{self, Document, Limits};
use tessera_language::{Checker, Report, Severity, Span};

use super::format::{self, Format};
use super::{Error, config, files};

/// From this many files on, a terminal is shown how far the check has come.
const SHOW_PROGRESS_FROM: usize = 20;

/// Options of `tessera language check`.
#[derive(Args)]
pub(crate) struct Options {
    /// Documents and folders to check; `-` reads standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How findings are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The least severity that is reported.
    #[arg(long, value_enum, default_value_t = Least::Style)]
    min_severity: Least,
    /// Also list words that were let pass, with the reason.
    #[arg(long)]
    explain_suppressed: bool,
    /// Local words; `tessera-language.yaml` in the working directory is read without asking.
    #[arg(long, value_name = "YAML")]
    config: Option<PathBuf>,
}

/// Severities as they are named on the command line.
#[derive(Clone, Copy, ValueEnum)]
enum Least {
    Style,
    Consider,
    MustChange,
}

impl Least {
    fn severity(self) -> Severity {
        match self {
            Self::Style => Severity::Style,
            Self::Consider => Severity::Consider,
            Self::MustChange => Severity::MustChange,
        }
    }
}

/// One document with what was found in it.
pub(super) struct Checked {
    pub(super) path: String,
    pub(super) document: Document,
    pub(super) report: Report,
}

impl Checked {
    pub(super) fn text(&self) -> &str {
        self.document.text()
    }

    /// The page, paragraph or cell of a span, where the document has such.
    pub(super) fn place(&self, span: &Span) -> Option<&str> {
        self.document.place(span.bytes.start)
    }
}

/// Checks and writes; returns the exit code.
pub(crate) fn run(options: &Options, out: &mut impl Write) -> Result<u8, Error> {
    let choice = config::checker(options.config.as_deref())?;
    let checker = choice.checker();
    let files = files::expand(&options.files)?;
    let mut writer = format::Writer::new(options.format, options.explain_suppressed, checker);
    writer.begin(out).map_err(Error::output)?;
    let mut found = false;
    let mut failed = false;
    each(checker, &files, |result| {
        match result {
            Ok(mut one) => {
                one.report
                    .findings
                    .retain(|finding| finding.severity >= options.min_severity.severity());
                found |= !one.report.findings.is_empty();
                writer.document(&one, out).map_err(Error::output)?;
            }
            Err(error) => {
                failed = true;
                let _ = writeln!(io::stderr(), "error: {error}");
            }
        }
        Ok(())
    })?;
    writer.end(out).map_err(Error::output)?;
    Ok(if failed { 2 } else { u8::from(found) })
}

/// Checks the files on all cores and hands the results over in the order of the files.
fn each(
    checker: &Checker,
    files: &[PathBuf],
    mut take: impl FnMut(Result<Checked, Error>) -> Result<(), Error>,
) -> Result<(), Error> {
    if let [one] = files {
        return take(check(checker, one));
    }
    let workers = thread::available_parallelism().map_or(1, usize::from).min(files.len().max(1));
    let next = AtomicUsize::new(0);
    let bar = if files.len() >= SHOW_PROGRESS_FROM && io::stderr().is_terminal() {
        ProgressBar::new(files.len() as u64)
    } else {
        ProgressBar::hidden()
    };
    // Few results may wait for their turn, so that memory does not grow with the number of files.
    let (sender, results) = mpsc::sync_channel(workers * 2);
    thread::scope(|scope| {
        for _ in 0..workers {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(path) = files.get(at) else { break };
                    if sender.send((at, check(checker, path))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut turn = 0;
        let mut outcome = Ok(());
        for (at, result) in &results {
            bar.inc(1);
            waiting.insert(at, result);
            while let Some(result) = waiting.remove(&turn) {
                turn += 1;
                if outcome.is_ok() {
                    outcome = take(result);
                }
            }
            if outcome.is_err() {
                break;
            }
        }
        drop(results);
        bar.finish_and_clear();
        outcome
    })
}

fn check(checker: &Checker, path: &Path) -> Result<Checked, Error> {
    let name = path.display().to_string();
    let io = |source| Error::Io { what: name.clone(), source };
    let bytes = if name == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map_err(io)?;
        bytes
    } else {
        fs::read(path).map_err(io)?
    };
    // What comes in by standard input is plain text unless it says otherwise.
    let ending = path.extension().map_or("txt".into(), std::ffi::OsStr::to_string_lossy);
    let document = document::read(&ending, &bytes, &Limits::default())
        .map_err(|error| Error::Content { what: name.clone(), problem: error.to_string() })?;
    let report = checker.check(document.text());
    Ok(Checked { path: name, document, report })
}
