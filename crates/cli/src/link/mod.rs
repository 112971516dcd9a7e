//! `tessera link`: finding records that speak of the same person or the same matter, over files.

mod decisions;
mod explain;
mod failure;
mod model;
#[cfg(feature = "parquet")]
mod parquet;
mod people;
mod progress;
mod reports;

use std::io::Write;
use std::process::ExitCode;

use clap::Subcommand;

use failure::Failure;

/// What to link, or what to show about linking.
#[derive(Debug, Subcommand)]
pub(crate) enum LinkCommand {
    /// Find which records of a file of people are one person
    People(people::People),
    /// Find which intelligence reports speak of the same people and things
    Reports(reports::Reports),
    /// Learn a model from a file of people and print it
    Train(model::Train),
    /// Say why two records of a file of people are, or are not, one person
    Explain(explain::Explain),
    /// Print how people are linked, as one document
    Specification(model::Specification),
}

/// Runs the command; what it has to say goes to standard output, failures to standard error.
pub(crate) fn run(command: &LinkCommand) -> ExitCode {
    let mut out = std::io::stdout().lock();
    match carry_out(command, &mut out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let said = writeln!(std::io::stderr(), "tessera link: {failure}");
            if said.is_ok() { ExitCode::FAILURE } else { ExitCode::from(2) }
        }
    }
}

fn carry_out(command: &LinkCommand, out: &mut impl Write) -> Result<(), Failure> {
    match command {
        LinkCommand::People(people) => people.run(out),
        LinkCommand::Reports(reports) => reports.run(out),
        LinkCommand::Train(train) => train.run(out),
        LinkCommand::Explain(explain) => explain.run(out),
        LinkCommand::Specification(specification) => specification.run(out),
    }
}
