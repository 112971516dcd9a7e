//! `tessera content`: looks after what practitioners write.

mod check;
mod export;

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use tessera_core::messages;

use crate::failure::Failure;

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
    /// Write a made language for tests: English with accents, in brackets and a third longer.
    Pseudo {
        /// The file to write, such as `languages/en-XA.po`.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Write the guidance in force as files, as they came where nobody edited them.
    Export(export::Args),
}

/// Runs `command`.
pub(crate) fn run(command: Command) -> ExitCode {
    match command {
        Command::Check { folder } => check::run(&folder),
        Command::Pseudo { to } => {
            let text = messages::pseudo(&messages::template()).write();
            crate::say::ended(fs::write(&to, text).map_err(Failure::file(&to)))
        }
        Command::Export(args) => crate::say::ended(export::run(&args)),
    }
}
