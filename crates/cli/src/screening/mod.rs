//! `tessera screening`: evaluates screens outside the running program.

mod evaluate;
mod fhir;
mod input;

use std::io::{self, Write};
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
    /// Exchange instruments and answers as FHIR R4 resources: exit code 0 when done, 2 on an error.
    #[command(subcommand)]
    Fhir(fhir::Command),
}

/// The exit code of an error.
const FAILED: u8 = 2;

/// Runs `command`: prints what it gives, or names the fault on standard error.
pub(crate) fn run(command: Command) -> ExitCode {
    let printed = match command {
        Command::Evaluate { instrument, answers } => evaluate::report(&instrument, &answers),
        Command::Fhir(command) => fhir::text(&command),
    };
    match printed {
        Ok(text) if print(&text).is_ok() => ExitCode::SUCCESS,
        Ok(_) => FAILED.into(),
        Err(fault) => {
            // Where even this cannot be written, the exit code still tells.
            drop(writeln!(io::stderr().lock(), "{fault}"));
            FAILED.into()
        }
    }
}

/// Prints `text`, with a line break unless it ends with one.
fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if text.ends_with('\n') { Ok(()) } else { out.write_all(b"\n") }
}
