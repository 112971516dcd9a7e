//! The log of the running program: what happened to the program, never to a person.

use std::io;

use clap::ValueEnum;
use tracing_subscriber::EnvFilter;

/// How log lines look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For reading.
    #[default]
    Plain,
    /// One JSON object a line.
    Json,
}

/// Starts logging to standard error. `TESSERA_LOG` chooses what is logged, for example
/// `debug` or `tessera_web=debug`; without it, information and worse.
pub(crate) fn start(format: Format) {
    let filter = EnvFilter::try_from_env("TESSERA_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    // A second start in one process changes nothing.
    let _ = match format {
        Format::Plain => lines.with_ansi(false).try_init(),
        Format::Json => lines.json().try_init(),
    };
}
