//! Writing to the terminal.

use std::{
    fmt::Display,
    io::{self, Write},
    process::ExitCode,
};

use crate::failure::Failure;

/// Writes one line to standard output. A reader that went away is no reason to fail.
pub(crate) fn line(text: impl Display) {
    let _ = writeln!(io::stdout().lock(), "{text}");
}

/// Writes one line to standard error.
pub(crate) fn warn(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// The exit code of a command; a failure is told first.
pub(crate) fn ended(result: Result<(), Failure>) -> ExitCode {
    code(result.map(|()| ExitCode::SUCCESS))
}

/// As [`ended`], for commands that choose their own code.
pub(crate) fn code(result: Result<ExitCode, Failure>) -> ExitCode {
    result.unwrap_or_else(|failure| {
        warn(format_args!("tessera: {failure}"));
        ExitCode::FAILURE
    })
}
