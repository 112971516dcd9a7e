//! The executable `tessera`.

mod content;
mod demo;
mod failure;
mod language;
mod link;
mod log;
mod outside;
mod place;
mod say;
mod screening;
mod serve;

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
    /// Serve a partnership.
    Serve(serve::Args),
    /// Serve an invented partnership, filled, on this machine only.
    Demo(demo::Args),
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Content(command) => content::run(command),
        Command::Language(command) => language::run(&command),
        Command::Link(command) => link::run(&command),
        Command::Screening(command) => screening::run(command),
        Command::Serve(args) => say::ended(serve::run(args)),
        Command::Demo(args) => say::ended(demo::run(args)),
    }
}
