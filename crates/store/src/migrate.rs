//! Schema changes, numbered alike for both engines, each applied once and in one transaction.

use tessera_core::time::Timestamp;

use crate::{
    Dialect, StoreError,
    sql::{Conn, args},
};

struct Migration {
    number: i64,
    lite: &'static str,
    pg: &'static str,
}

macro_rules! migrations {
    ($($number:literal $name:literal;)+) => {
        const MIGRATIONS: &[Migration] = &[$(Migration {
            number: $number,
            lite: include_str!(concat!("../migrations/sqlite/", $name, ".sql")),
            pg: include_str!(concat!("../migrations/postgres/", $name, ".sql")),
        },)+];
    };
}

migrations! {
    1 "0001_first";
    5 "0005_queue";
    6 "0006_document";
    10 "0010_guidance";
    11 "0011_mail";
    20 "0020_screening";
    21 "0021_panel";
    30 "0030_words_checked";
    31 "0031_lexicon";
    40 "0040_reports";
    41 "0041_report_change";
    50 "0050_explore";
    60 "0060_languages";
    65 "0065_import_batch";
    66 "0066_requirement";
}

const CREATE: &str = "CREATE TABLE IF NOT EXISTS schema_change \
     (number BIGINT NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)";
const NEWEST: &str = "SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM schema_change";
const HAS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM schema_change WHERE number = $1";
const RECORD: &str = "INSERT INTO schema_change (number, applied_at) VALUES ($1, $2)";
/// Two servers that start at once on one PostgreSQL must not both migrate.
const LOCK_PG: &str = "SELECT pg_advisory_xact_lock(7426001)";

/// Brings the schema up to date; refuses a schema from a newer program.
pub(crate) async fn run(conn: &mut Conn<'_>, now: Timestamp) -> Result<(), StoreError> {
    let begin = if conn.dialect() == Dialect::Lite { "BEGIN IMMEDIATE" } else { "BEGIN" };
    conn.exec(begin, vec![]).await?;
    let applied = apply(conn, now).await;
    let end = if applied.is_ok() { "COMMIT" } else { "ROLLBACK" };
    conn.exec(end, vec![]).await?;
    applied
}

async fn apply(conn: &mut Conn<'_>, now: Timestamp) -> Result<(), StoreError> {
    if let Conn::Pg(c) = conn {
        sqlx::query(LOCK_PG).execute(&mut **c).await?;
    }
    conn.exec(CREATE, vec![]).await?;
    let newest = conn.count(NEWEST, vec![]).await?;
    let known = MIGRATIONS.last().map_or(0, |m| m.number);
    if newest > known {
        return Err(StoreError::Newer(newest));
    }
    for change in MIGRATIONS {
        // A change may carry a number below one that was applied before it.
        if conn.count(HAS, args![change.number]).await? > 0 {
            continue;
        }
        match conn {
            Conn::Lite(c) => sqlx::raw_sql(change.lite).execute(&mut **c).await.map(|_| ())?,
            Conn::Pg(c) => sqlx::raw_sql(change.pg).execute(&mut **c).await.map(|_| ())?,
        }
        conn.exec(RECORD, args![change.number, now]).await?;
    }
    Ok(())
}

/// The newest change that was applied; an error when there is no schema at all.
pub(crate) async fn applied(conn: &mut Conn<'_>) -> Result<i64, StoreError> {
    conn.count(NEWEST, vec![]).await
}

/// Refuses a schema that is not the one this program knows.
pub(crate) async fn expect_current(conn: &mut Conn<'_>) -> Result<(), StoreError> {
    match applied(conn).await? {
        older if older < newest_known() => Err(StoreError::Older(older)),
        newer if newer > newest_known() => Err(StoreError::Newer(newer)),
        _ => Ok(()),
    }
}

/// The newest schema this program knows.
#[must_use]
pub fn newest_known() -> i64 {
    MIGRATIONS.last().map_or(0, |m| m.number)
}
