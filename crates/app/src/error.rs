//! Why a use case could not be done.

use tessera_core::errors::FieldErrors;
use tessera_policy::Refusal;
use tessera_store::StoreError;

/// What can stop a use case.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// No permit.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// Something typed has to be mended.
    #[error("some answers need to be looked at")]
    Fields(FieldErrors),
    /// Somebody else changed the record meanwhile.
    #[error("somebody else changed this record meanwhile")]
    Conflict,
    /// The content that ships or was edited cannot be used.
    #[error("content: {0}")]
    Content(String),
    /// Another machine could not be reached, or said to come back later.
    #[error("later: {0}")]
    Later(String),
    /// The store failed.
    #[error("store: {0}")]
    Store(StoreError),
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Conflict,
            other => Self::Store(other),
        }
    }
}

impl From<FieldErrors> for AppError {
    fn from(errors: FieldErrors) -> Self {
        Self::Fields(errors)
    }
}
