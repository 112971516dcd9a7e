//! The executable `tessera`.

mod audit;
mod backup;
mod content;
mod demo;
mod doctor;
mod failure;
mod import;
mod language;
mod letters;
mod link;
mod log;
mod outside;
mod place;
mod say;
mod screening;
mod serve;
mod tongues;

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
    /// Serve a partnership.
    Serve(serve::Args),
    /// Serve an invented partnership, filled, on this machine only.
    Demo(demo::Args),
    /// Bring in what stands in files.
    #[command(subcommand)]
    Import(import::Command),
    /// Say whether an installation is well.
    Doctor(doctor::Args),
    /// Copy the data to a file, while a server goes on.
    Backup(backup::BackupArgs),
    /// Bring a backup back, after checking all of it.
    Restore(backup::RestoreArgs),
    /// Check the audit log, and give it to others to check.
    #[command(subcommand)]
    Audit(audit::Command),
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
    let code = run(Cli::parse().command);
    outside::wait_for_database_threads();
    code
}

fn run(command: Command) -> ExitCode {
    match command {
        Command::Serve(args) => say::ended(serve::run(args)),
        Command::Demo(args) => say::ended(demo::run(args)),
        Command::Import(command) => import::run(command),
        Command::Doctor(args) => doctor::run(args),
        Command::Backup(args) => say::ended(backup::backup(args)),
        Command::Restore(args) => say::ended(backup::restore(args)),
        Command::Audit(command) => audit::run(command),
        Command::Content(command) => content::run(command),
        Command::Language(command) => language::run(&command),
        Command::Link(command) => link::run(&command),
        Command::Screening(command) => screening::run(command),
    }
}
