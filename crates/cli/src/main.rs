//! The executable `tessera`.

mod content;
mod language;
mod link;
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
    /// Check the words of records, and score the checker.
    #[command(subcommand)]
    Language(language::Command),
    /// Link records of people and intelligence reports over files.
    #[command(subcommand)]
    Link(link::LinkCommand),
    /// Evaluate screens and exchange them with other systems.
    #[command(subcommand)]
    Screening(screening::Command),
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Content(command) => content::run(command),
        Command::Language(command) => language::run(&command),
        Command::Link(command) => link::run(&command),
        Command::Screening(command) => screening::run(command),
    }
}
