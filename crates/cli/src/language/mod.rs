//! `tessera language`: checks documents and scores the checker.

mod check;
mod comment;
mod config;
mod evaluate;
mod files;
mod format;
mod server;
mod stream;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Subcommand;

/// What `tessera language` can do.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Check documents: exit code 0 when clean, 1 with findings, 2 on an error.
    Check(check::Options),
    /// Score the checker against labelled cases.
    Evaluate(evaluate::Options),
    /// Serve an editor: findings while one writes (Language Server Protocol 3.17).
    Serve(server::Options),
}

/// What ends a command early.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// Reading or writing failed.
    #[error("{what}: {source}")]
    Io {
        /// The file.
        what: String,
        /// What went wrong.
        source: io::Error,
    },
    /// A file is not what it should be.
    #[error("{what}: {problem}")]
    Content {
        /// The file.
        what: String,
        /// What is wrong with it.
        problem: String,
    },
}

/// What an error of the output calls it.
const OUTPUT: &str = "output";

impl Error {
    /// Whether it was the output that failed.
    fn is_output(&self) -> bool {
        matches!(self, Self::Io { what, .. } if what == OUTPUT)
    }

    fn output(source: io::Error) -> Self {
        Self::Io { what: OUTPUT.to_owned(), source }
    }
}

/// Runs the command on standard input and output.
pub(crate) fn run(command: &Command) -> ExitCode {
    let stdout = io::stdout();
    let mut out = io::BufWriter::new(stdout.lock());
    let done = match command {
        Command::Check(options) => check::run(options, &mut out),
        Command::Evaluate(options) => evaluate::run(options, &mut out),
        Command::Serve(options) => server::run(options, &mut io::stdin().lock(), &mut out),
    };
    let done = done.and_then(|code| out.flush().map_err(Error::output).map(|()| code));
    match done {
        Ok(code) => ExitCode::from(code),
        // Whoever reads the output has stopped reading: nothing is wrong.
        Err(Error::Io { source, .. }) if source.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::from(2)
        }
    }
}
