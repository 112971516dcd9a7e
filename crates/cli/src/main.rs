//! The executable `tessera`.

mod link;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// A multi-agency child-safeguarding system.
#[derive(Debug, Parser)]
#[command(name = "tessera", version)]
struct Tessera {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Link records of people and intelligence reports over files
    #[command(subcommand)]
    Link(link::LinkCommand),
}

fn main() -> ExitCode {
    match Tessera::parse().command {
        Command::Link(command) => link::run(&command),
    }
}
