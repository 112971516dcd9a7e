//! The database: SQLite in one encrypted file, or PostgreSQL. One SQL text serves both.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use sqlx::{
    ConnectOptions, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool,
    pool::PoolConnection,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tessera_core::{chance::Chance, time::Clock};

use crate::{Keys, StoreError, migrate, sql::Conn, write::Writer};

/// Which engine a database runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite, encrypted by SQLCipher.
    Lite,
    /// PostgreSQL.
    Pg,
}

/// Where a database is.
#[derive(Debug, Clone)]
pub enum Location {
    /// A file.
    File(PathBuf),
    /// A PostgreSQL server, as a `postgres://` address.
    Server(String),
}

/// What the store needs from outside: keys, time and chance.
#[derive(Clone)]
pub struct Outside {
    /// The installation's keys.
    pub keys: Arc<Keys>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub chance: Arc<dyn Chance>,
}

/// An open database.
#[derive(Clone)]
pub struct Db {
    pub(crate) readers: Readers,
    pub(crate) writer: Writer,
    pub(crate) outside: Outside,
}

#[derive(Clone)]
pub(crate) enum Readers {
    Lite(SqlitePool),
    Pg(PgPool),
}

/// A connection for reading.
pub enum Read {
    /// SQLite.
    Lite(PoolConnection<Sqlite>),
    /// PostgreSQL.
    Pg(PoolConnection<Postgres>),
}

impl Read {
    /// The connection itself.
    pub fn conn(&mut self) -> Conn<'_> {
        match self {
            Self::Lite(c) => Conn::Lite(c),
            Self::Pg(c) => Conn::Pg(c),
        }
    }
}

/// Readers of an SQLite file at once: reads are short and mostly from memory, so a few suffice.
const LITE_READERS: u32 = 4;
/// Connections to a PostgreSQL server, for reading and writing.
const PG_CONNECTIONS: u32 = 16;

impl Db {
    /// Opens a database and brings its schema up to date.
    pub async fn open(location: &Location, outside: Outside) -> Result<Self, StoreError> {
        match location {
            Location::File(path) => Self::open_file(path.clone(), outside).await,
            Location::Server(url) => Self::open_server(url, outside).await,
        }
    }

    /// Opens a database that is there and in use, and changes nothing of its schema.
    pub async fn open_existing(location: &Location, outside: Outside) -> Result<Self, StoreError> {
        match location {
            Location::File(path) => {
                set_up_engine().await?;
                let options = file_options(path.clone(), &outside.keys).create_if_missing(false);
                let mut first = options.clone().connect().await?;
                migrate::expect_current(&mut Conn::Lite(&mut first)).await?;
                Self::with_file(first, options, outside).await
            }
            Location::Server(url) => {
                let pool =
                    PgPoolOptions::new().max_connections(PG_CONNECTIONS).connect(url).await?;
                migrate::expect_current(&mut Conn::Pg(&mut *pool.acquire().await?)).await?;
                let writer = Writer::pg(pool.clone(), outside.clone());
                Ok(Self { readers: Readers::Pg(pool), writer, outside })
            }
        }
    }

    /// Opens a new SQLite file to fill it: a power cut before it is closed can leave it damaged, so
    /// it gets its name only when it is whole. A server's database is opened as ever.
    pub async fn open_to_fill(location: &Location, outside: Outside) -> Result<Self, StoreError> {
        let Location::File(path) = location else { return Self::open(location, outside).await };
        set_up_engine().await?;
        let options = file_options(path.clone(), &outside.keys)
            .synchronous(SqliteSynchronous::Off)
            .pragma("cache_size", "-100000");
        let mut first = options.clone().connect().await?;
        migrate::run(&mut Conn::Lite(&mut first), outside.clock.now()).await?;
        Self::with_file(first, options, outside).await
    }

    /// Opens an SQLite file that nobody uses, for reading only: not a byte beside it changes.
    pub async fn inspect(path: &Path, outside: Outside) -> Result<Self, StoreError> {
        set_up_engine().await?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .pragma("key", key_text(&outside.keys))
            .read_only(true)
            .immutable(true)
            .disable_statement_logging();
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        Ok(Self { readers: Readers::Lite(pool), writer: Writer::none(), outside })
    }

    async fn open_file(path: PathBuf, outside: Outside) -> Result<Self, StoreError> {
        set_up_engine().await?;
        let options = file_options(path, &outside.keys);
        let mut first = options.clone().connect().await?;
        migrate::run(&mut Conn::Lite(&mut first), outside.clock.now()).await?;
        Self::with_file(first, options, outside).await
    }

    async fn with_file(
        first: SqliteConnection,
        options: SqliteConnectOptions,
        outside: Outside,
    ) -> Result<Self, StoreError> {
        let readers = SqlitePoolOptions::new()
            .max_connections(LITE_READERS)
            .connect_with(options.create_if_missing(false))
            .await?;
        let writer = Writer::lite(first, outside.clone());
        Ok(Self { readers: Readers::Lite(readers), writer, outside })
    }

    async fn open_server(url: &str, outside: Outside) -> Result<Self, StoreError> {
        let pool = PgPoolOptions::new().max_connections(PG_CONNECTIONS).connect(url).await?;
        migrate::run(&mut Conn::Pg(&mut *pool.acquire().await?), outside.clock.now()).await?;
        let writer = Writer::pg(pool.clone(), outside.clone());
        Ok(Self { readers: Readers::Pg(pool), writer, outside })
    }

    /// A connection for reading.
    pub async fn read(&self) -> Result<Read, StoreError> {
        Ok(match &self.readers {
            Readers::Lite(pool) => Read::Lite(pool.acquire().await?),
            Readers::Pg(pool) => Read::Pg(pool.acquire().await?),
        })
    }

    /// Which engine this is.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        match &self.readers {
            Readers::Lite(_) => Dialect::Lite,
            Readers::Pg(_) => Dialect::Pg,
        }
    }

    /// The installation's keys.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.outside.keys
    }

    /// The time, as the store is told it.
    #[must_use]
    pub fn now(&self) -> tessera_core::time::Timestamp {
        self.outside.clock.now()
    }

    /// Randomness, as the store is given it.
    #[must_use]
    pub fn chance(&self) -> &dyn Chance {
        &*self.outside.chance
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.read().await?.conn().count("SELECT CAST(1 AS BIGINT)", vec![]).await.map(|_| ())
    }

    /// Finishes waiting writes and closes every connection.
    pub async fn close(self) {
        self.writer.stop().await;
        match self.readers {
            Readers::Lite(pool) => pool.close().await,
            Readers::Pg(pool) => pool.close().await,
        }
    }
}

/// The raw key, as SQLCipher takes it.
fn key_text(keys: &Keys) -> String {
    format!("\"x'{}'\"", hex::encode(keys.database))
}

/// Lets SQLCipher set itself up before anything else is opened. SQLite marks itself as ready before
/// it has run SQLCipher's own set-up, so two connections opened at the same instant, the first of a
/// process, can find it half done. OpenSSL, which it uses, is first told not to clear up when the
/// process ends: connections are closed on threads of their own, and one that was still closing at
/// that instant used what was being freed.
async fn set_up_engine() -> Result<(), StoreError> {
    static READY: tokio::sync::OnceCell<()> = tokio::sync::OnceCell::const_new();
    let alone = || async {
        openssl_sys::init();
        let first = SqliteConnectOptions::new().in_memory(true).connect().await?;
        sqlx::Connection::close(first).await
    };
    Ok(READY.get_or_try_init(alone).await.copied()?)
}

/// `synchronous=FULL` with the write-ahead log: a commit that was acknowledged is on the disk.
pub(crate) fn file_options(path: PathBuf, keys: &Keys) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .pragma("key", key_text(keys))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(std::time::Duration::from_secs(10))
        .pragma("cache_size", "-16000")
        .disable_statement_logging()
}
