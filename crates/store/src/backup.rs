//! Copying a database while it is used, and finding damage in one.

use std::path::Path;

use tessera_core::time::Timestamp;

use crate::{
    Db, Dialect, StoreError, migrate,
    sql::{args, instant, statements},
};

statements! {
    // SQLite makes the copy from one read transaction, encrypted with the same key.
    COPY_LITE = "VACUUM INTO $1";
    // Every page against its own authentication code (SQLCipher); a row a damaged page.
    PAGES_LITE = "PRAGMA cipher_integrity_check";
    // Tables against their indexes (SQLite); one row `ok`, or a row a fault.
    TABLES_LITE = "PRAGMA integrity_check";
    NEWEST_ENTRY = "SELECT CAST(COALESCE(MAX(at), 0) AS BIGINT) FROM audit_entry \
        WHERE id = (SELECT MAX(id) FROM audit_entry)";
    OLDEST_UNSIGNED = "SELECT CAST(COALESCE(MIN(at), 0) AS BIGINT) FROM audit_entry \
        WHERE leaf IS NULL";
}

/// Writes a consistent copy of an SQLite database to a new file, under the same key. A server that
/// uses the database goes on meanwhile.
pub async fn copy_to(db: &Db, file: &Path) -> Result<(), StoreError> {
    let path = file.to_str().ok_or_else(|| StoreError::Database("the path is no text".into()))?;
    db.read().await?.conn().exec(COPY_LITE, args![path]).await.map(|_| ())
}

/// Looks for damage; what was found, in the engine's words, which name pages and tables and never
/// a value. PostgreSQL checks its own pages.
pub async fn faults(db: &Db) -> Result<Vec<String>, StoreError> {
    if db.dialect() == Dialect::Pg {
        return Ok(Vec::new());
    }
    let mut read = db.read().await?;
    let mut found: Vec<(String,)> = read.conn().all(PAGES_LITE, vec![]).await?;
    // A page that was changed is not read further: SQLite would only stop at it.
    if found.is_empty() {
        found = read.conn().all(TABLES_LITE, vec![]).await?;
    }
    Ok(found.into_iter().map(|(fault,)| fault).filter(|fault| fault != "ok").collect())
}

/// The number of the newest schema change that was applied.
pub async fn schema(db: &Db) -> Result<i64, StoreError> {
    migrate::applied(&mut db.read().await?.conn()).await
}

/// When the newest audit entry was written; `None` when there is none.
pub async fn newest_entry_at(db: &Db) -> Result<Option<Timestamp>, StoreError> {
    let micros = db.read().await?.conn().count(NEWEST_ENTRY, vec![]).await?;
    Ok((micros > 0).then(|| instant(micros)))
}

/// When the oldest audit entry was written that the signed log does not have yet.
pub async fn oldest_unsigned_at(db: &Db) -> Result<Option<Timestamp>, StoreError> {
    let micros = db.read().await?.conn().count(OLDEST_UNSIGNED, vec![]).await?;
    Ok((micros > 0).then(|| instant(micros)))
}
