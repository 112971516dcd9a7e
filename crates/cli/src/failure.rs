//! Why a command could not do what was asked. No text here carries a value of a person.

use std::{io, path::Path};

use tessera_app::AppError;
use tessera_store::StoreError;

/// What stops a command.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// What was asked is not done, with the reason and the way on.
    #[error("{0}")]
    Refused(String),
    /// The machine failed at something.
    #[error("{what}: {error}")]
    Io {
        /// At what.
        what: String,
        /// How.
        error: io::Error,
    },
    /// A use case failed.
    #[error(transparent)]
    App(#[from] AppError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Failure {
    /// A refusal in words.
    pub(crate) fn refused(why: impl Into<String>) -> Self {
        Self::Refused(why.into())
    }

    /// Tells at what a call failed.
    pub(crate) fn at(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |error| Self::Io { what, error }
    }

    /// Tells at which file a call failed.
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        Self::at(path.display().to_string())
    }
}
