//! The executable `tessera`.

mod language;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Multi-agency safeguarding of children at risk of exploitation.
#[derive(Parser)]
#[command(name = "tessera", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check the words of records, and score the checker.
    #[command(subcommand)]
    Language(language::Command),
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Language(command) => language::run(&command),
    }
}
