//! What can go wrong in the store.

/// Errors of the store. None carries a value of a person.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database answered with an error, or did not answer.
    #[error("database: {0}")]
    Database(String),
    /// A row that had to be there was not.
    #[error("a row that should be there is missing")]
    NoRow,
    /// Somebody else changed the record first.
    #[error("the record was changed by someone else meanwhile")]
    Conflict,
    /// A unique value was there already.
    #[error("already there")]
    AlreadyThere,
    /// Something sealed could not be opened.
    #[error("a sealed value could not be opened")]
    Sealed,
    /// The key file cannot be used.
    #[error("key file: {0}")]
    KeyFile(String),
    /// A schema newer than this program.
    #[error("the database was written by a newer version of tessera (schema {0})")]
    Newer(i64),
    /// A schema older than this program, where nothing may be changed.
    #[error("the database has schema {0}, older than this program's: start `tessera serve` once")]
    Older(i64),
    /// The writer has stopped.
    #[error("the writer has stopped")]
    Stopped,
    /// The audit log does not agree with itself.
    #[error("ledger: {0}")]
    Ledger(String),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(db) if db.is_unique_violation() => Self::AlreadyThere,
            // The text of a database error may quote the values of a row: only its code is kept.
            sqlx::Error::Database(db) => {
                Self::Database(format!("error code {}", db.code().unwrap_or_default()))
            }
            _ => Self::Database(error.to_string()),
        }
    }
}
