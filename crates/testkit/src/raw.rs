//! A connection past the product, for tests that damage a database or look behind its rules.

use std::{fs, path::Path};

use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, Row, SqliteConnection,
    sqlite::SqliteConnectOptions,
};

/// The database key, as the key file has it.
fn database_key(key_file: &Path) -> Option<String> {
    let text = fs::read_to_string(key_file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("database ="))?;
    Some(line.trim().to_owned())
}

async fn open_file(path: &Path, key_file: &Path) -> Result<SqliteConnection, sqlx::Error> {
    let key = database_key(key_file).unwrap_or_default();
    SqliteConnectOptions::new()
        .filename(path)
        .pragma("key", format!("\"x'{key}'\""))
        .busy_timeout(std::time::Duration::from_secs(10))
        .connect()
        .await
}

/// How a test gets past the product.
pub(crate) enum Way<'a> {
    File { path: &'a Path, keys: &'a Path },
    Server(&'a str),
}

impl Way<'_> {
    /// Runs statements; how many rows they changed.
    pub(crate) async fn run(&self, sql: &str) -> Result<u64, sqlx::Error> {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Self::File { path, keys } => {
                let mut conn = open_file(path, keys).await?;
                let done = conn.execute(sqlx::raw_sql(sql)).await?.rows_affected();
                conn.close().await?;
                Ok(done)
            }
            Self::Server(url) => {
                let mut conn = PgConnection::connect(url).await?;
                let done = conn.execute(sqlx::raw_sql(sql)).await?.rows_affected();
                conn.close().await?;
                Ok(done)
            }
        }
    }

    /// The one number a question is answered with.
    pub(crate) async fn number(&self, sql: &str) -> Result<i64, sqlx::Error> {
        let sql = AssertSqlSafe(sql.to_owned());
        match self {
            Self::File { path, keys } => {
                let mut conn = open_file(path, keys).await?;
                let found = conn.fetch_one(sqlx::query(sql)).await?.try_get(0);
                conn.close().await?;
                found
            }
            Self::Server(url) => {
                let mut conn = PgConnection::connect(url).await?;
                let found = conn.fetch_one(sqlx::query(sql)).await?.try_get(0);
                conn.close().await?;
                found
            }
        }
    }
}
