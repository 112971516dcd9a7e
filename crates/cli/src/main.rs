//! The executable `tessera`.

mod demo;
mod failure;
mod log;
mod outside;
mod place;
mod say;
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
    /// Serve a partnership.
    Serve(serve::Args),
    /// Serve an invented partnership, filled, on this machine only.
    Demo(demo::Args),
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Serve(args) => say::ended(serve::run(args)),
        Command::Demo(args) => say::ended(demo::run(args)),
    }
}
