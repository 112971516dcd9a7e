//! `tessera import`: what stands in files. The columns are described in
//! docs/how-to/import-concerns.md and
//! docs/how-to/import-a-spreadsheet.md.

mod columns;
mod concerns;
mod reports;
mod safe;

use std::process::ExitCode;

use clap::Subcommand;

use crate::{say, serve};

/// What to bring in.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Concerns, one a row, from a CSV file. A row that was brought in before is not doubled.
    Concerns(concerns::Args),
    /// Intelligence reports, people or vehicles, one a row, from a CSV or Excel file, as one batch.
    Reports(reports::Args),
    /// Undo a batch of reports.
    Undo(reports::UndoArgs),
}

/// Brings in; 1 when rows were rejected.
pub(crate) fn run(command: Command) -> ExitCode {
    match command {
        Command::Concerns(args) => say::code(serve::block_on(concerns::import(args)).flatten()),
        Command::Reports(args) => say::code(serve::block_on(reports::import(args)).flatten()),
        Command::Undo(args) => say::code(serve::block_on(reports::undo(args)).flatten()),
    }
}
