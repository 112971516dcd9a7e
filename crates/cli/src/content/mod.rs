//! `tessera content`: looks after what practitioners write.

mod check;
mod export;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

/// What can be done with content.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Check every content file: exit code 0 when clean, 1 with faults, 2 on an error.
    ///
    /// Each fault is printed as `FILE:LINE: REASON`.
    Check {
        /// The folder that holds `clocks/`, `instruments/` and the others.
        #[arg(default_value = "content")]
        folder: PathBuf,
    },
    /// Write the guidance in force as files, as they came where nobody edited them.
    Export(export::Args),
}

/// Runs `command`.
pub(crate) fn run(command: Command) -> ExitCode {
    match command {
        Command::Check { folder } => check::run(&folder),
        Command::Export(args) => crate::say::ended(export::run(&args)),
    }
}
