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
use super::{Error, comment, config, files, stream};

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
    /// Columns of CSV files to check; without it, all.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    columns: Vec<String>,
    /// Also write a copy of each .docx document, NAME.checked.docx, with a comment at each finding.
    #[arg(long)]
    comment: bool,
}

/// Severities as they are named on the command line.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Least {
    Style,
    Consider,
    MustChange,
}

impl Least {
    pub(super) fn severity(self) -> Severity {
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
    /// What stands before it, when it is a piece of a large text.
    pub(super) base: Base,
}

/// Characters and lines before a piece of a text. Spans of a piece count characters from the start
/// of the text and bytes from the start of the piece.
#[derive(Clone, Copy, Default)]
pub(super) struct Base {
    chars: usize,
    utf16: usize,
    pub(super) lines: usize,
}

impl Base {
    /// The base of what follows `text`.
    pub(super) fn after(self, text: &str) -> Self {
        let chars = text.chars().count();
        let astral = text.bytes().filter(|byte| *byte >= 0xf0).count();
        let lines = text.bytes().filter(|byte| *byte == b'\n').count();
        Self {
            chars: self.chars + chars,
            utf16: self.utf16 + chars + astral,
            lines: self.lines + lines,
        }
    }

    pub(super) fn shift(self, span: &mut Span) {
        let by = |range: &mut std::ops::Range<usize>, step: usize| {
            *range = range.start + step..range.end + step;
        };
        by(&mut span.chars, self.chars);
        by(&mut span.utf16, self.utf16);
    }

    /// Whether this is the start of a document.
    pub(super) fn is_start(self) -> bool {
        self.chars == 0
    }
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
    let mut tally = Tally { found: false, failed: false };
    let least = options.min_severity.severity();
    let (large, files): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|path| stream::is_large(path));
    each(checker, &files, &options.columns, |result| tally.take(result, least, &mut writer, out))?;
    for path in &large {
        let done =
            stream::check(checker, path, |piece| tally.take(Ok(piece), least, &mut writer, out));
        match done {
            // The reader of the output has gone: that ends the whole command.
            Err(error @ Error::Io { .. }) if error.is_output() => return Err(error),
            Err(error) => tally.take(Err(error), least, &mut writer, out)?,
            Ok(()) => {}
        }
    }
    writer.end(out).map_err(Error::output)?;
    if options.comment {
        comment_copies(checker, &files, least, &mut tally);
    } else if tally.found && options.format == Format::Text {
        hint(&files);
    }
    Ok(if tally.failed { 2 } else { u8::from(tally.found) })
}

/// Tells someone who checked a Word document how to find the words in it.
fn hint(files: &[PathBuf]) {
    let word = files
        .iter()
        .find(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("docx")));
    if let Some(path) = word {
        let path = path.display();
        let _ = writeln!(
            io::stderr(),
            "To see these beside the words in Word: tessera language check --comment \"{path}\""
        );
    }
}

/// What the exit code is made of.
struct Tally {
    found: bool,
    failed: bool,
}

impl Tally {
    fn take(
        &mut self,
        result: Result<Checked, Error>,
        least: Severity,
        writer: &mut format::Writer,
        out: &mut impl Write,
    ) -> Result<(), Error> {
        match result {
            Ok(mut one) => {
                one.report.findings.retain(|finding| finding.severity >= least);
                self.found |= !one.report.findings.is_empty();
                writer.document(&one, out).map_err(Error::output)?;
            }
            Err(error) => {
                self.failed = true;
                let _ = writeln!(io::stderr(), "error: {error}");
            }
        }
        Ok(())
    }
}

/// Writes the copies with comments and says on standard error where they are.
fn comment_copies(checker: &Checker, files: &[PathBuf], least: Severity, tally: &mut Tally) {
    for path in files {
        let said = match comment::write(checker, path, least) {
            Ok((copy, 1)) => format!("{} carries 1 comment", copy.display()),
            Ok((copy, count)) => format!("{} carries {count} comments", copy.display()),
            Err(error) => {
                tally.failed = true;
                format!("error: {error}")
            }
        };
        let _ = writeln!(io::stderr(), "{said}");
    }
}

/// Checks the files on all cores and hands the results over in the order of the files.
fn each(
    checker: &Checker,
    files: &[PathBuf],
    columns: &[String],
    mut take: impl FnMut(Result<Checked, Error>) -> Result<(), Error>,
) -> Result<(), Error> {
    if let [one] = files {
        return take(check(checker, one, columns));
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
                    if sender.send((at, check(checker, path, columns))).is_err() {
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

fn check(checker: &Checker, path: &Path, columns: &[String]) -> Result<Checked, Error> {
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
    let limits = Limits::default();
    let document = if ending.eq_ignore_ascii_case("csv") && !columns.is_empty() {
        document::read_columns(&bytes, columns, &limits)
    } else {
        document::read(&ending, &bytes, &limits)
    };
    let document = document
        .map_err(|error| Error::Content { what: name.clone(), problem: error.to_string() })?;
    let report = checker.check(document.text());
    Ok(Checked { path: name, document, report, base: Base::default() })
}
