//! The executable `tessera`.

mod content;
mod screening;

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
    /// Check what practitioners write: clocks, instruments, guidance.
    #[command(subcommand)]
    Content(content::Command),
    /// Evaluate screens and exchange them with other systems.
    #[command(subcommand)]
    Screening(screening::Command),
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Content(command) => content::run(command),
        Command::Screening(command) => screening::run(command),
    }
}
