//! `tessera import`: what stands in files. The columns are described in
//! docs/how-to/import-concerns.md.

mod columns;
mod concerns;
mod safe;

use std::process::ExitCode;

use clap::Subcommand;

use crate::{say, serve};

/// What to bring in.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Concerns, one a row, from a CSV file. A row that was brought in before is not doubled.
    Concerns(concerns::Args),
}

/// Brings in; 1 when rows were rejected.
pub(crate) fn run(command: Command) -> ExitCode {
    match command {
        Command::Concerns(args) => say::code(serve::block_on(concerns::import(args)).flatten()),
    }
}
