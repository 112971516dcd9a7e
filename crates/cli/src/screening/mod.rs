//! `tessera screening`: evaluates screens outside the running program.

mod evaluate;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

/// What can be done with screens.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Print the result of one screen as JSON: exit code 0 when done, 2 on an error.
    ///
    /// An error names the file, the line where it is known, and the reason on standard error, and
    /// no result is printed.
    Evaluate {
        /// The instrument, a YAML file.
        instrument: PathBuf,
        /// The answers, a JSON file; `-` reads standard input.
        answers: PathBuf,
    },
}

/// Runs `command`.
pub(crate) fn run(command: Command) -> ExitCode {
    match command {
        Command::Evaluate { instrument, answers } => evaluate::run(&instrument, &answers),
    }
}
