//! Statements as constants, the values bound to them, and one way to run them on either engine.

use sqlx::{
    FromRow, PgConnection, Postgres, Row, Sqlite, SqliteConnection, postgres::PgRow,
    sqlite::SqliteRow,
};
use uuid::Uuid;

use crate::{Dialect, StoreError};

/// Declares statements as constants and lists them, so that a test can prepare every one on both
/// engines. A name ending in `_LITE` or `_PG` belongs to that engine alone.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)+) => {
        $($(#[$doc])* pub(crate) const $name: &str = $sql;)+
        /// Every statement of this module.
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name),)+];
    };
}
pub(crate) use statements;

/// The values of a statement, in order.
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::sql::Value::from($value)),*] };
}
pub(crate) use args;

/// A value to bind. Each kind knows its type also when it is absent, which PostgreSQL asks for.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Int(Option<i64>),
    Text(Option<String>),
    Id(Option<Uuid>),
    Bytes(Option<Vec<u8>>),
}

macro_rules! value_from {
    ($($from:ty => $kind:ident, $value:ident, $convert:expr;)+) => {$(
        impl From<$from> for Value {
            fn from($value: $from) -> Self {
                Self::$kind($convert)
            }
        }
    )+};
}
value_from! {
    i64 => Int, v, Some(v);
    Option<i64> => Int, v, v;
    bool => Int, v, Some(i64::from(v));
    String => Text, v, Some(v);
    &str => Text, v, Some(v.to_owned());
    &String => Text, v, Some(v.clone());
    Option<String> => Text, v, v;
    Option<&str> => Text, v, v.map(str::to_owned);
    Uuid => Id, v, Some(v);
    Option<Uuid> => Id, v, v;
    Vec<u8> => Bytes, v, Some(v);
    &[u8; 32] => Bytes, v, Some(v.to_vec());
    Option<Vec<u8>> => Bytes, v, v;
    tessera_core::time::Timestamp => Int, v, Some(v.as_microsecond());
    Option<tessera_core::time::Timestamp> => Int, v, v.map(tessera_core::time::Timestamp::as_microsecond);
}
macro_rules! value_from_id {
    ($($id:ident)+) => {$(
        impl From<tessera_core::ids::$id> for Value {
            fn from(id: tessera_core::ids::$id) -> Self {
                Self::Id(Some(id.0))
            }
        }
        impl From<Option<tessera_core::ids::$id>> for Value {
            fn from(id: Option<tessera_core::ids::$id>) -> Self {
                Self::Id(id.map(|id| id.0))
            }
        }
    )+};
}
value_from_id! {
    AgencyId UserId ConcernId ConcernChildId EntryId ChildId FactId EventId RelationId CheckId
    DecisionId ChallengeId ClockId DocumentId DraftId RequestId JobId NoticeId ScreeningId
    InstrumentId LinkId LevelId ReportId ShareId GuidanceId SubscriptionId MailId
    LexiconChangeId
    BatchId RequirementId
    WatchId CandidateId SnapshotId
}

/// An instant from the microseconds it is stored as.
pub(crate) fn instant(micros: i64) -> tessera_core::time::Timestamp {
    tessera_core::time::Timestamp::from_microsecond(micros).unwrap_or_default()
}

/// A row that can be read from either engine.
pub(crate) trait AnyRow:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}
impl<T> AnyRow for T where
    T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

/// A connection to whichever engine is open.
pub enum Conn<'c> {
    /// SQLite.
    Lite(&'c mut SqliteConnection),
    /// PostgreSQL.
    Pg(&'c mut PgConnection),
}

macro_rules! bound {
    ($query:expr, $args:expr) => {{
        let mut query = $query;
        for value in $args {
            query = match value {
                Value::Int(v) => query.bind(v),
                Value::Text(v) => query.bind(v),
                Value::Id(v) => query.bind(v),
                Value::Bytes(v) => query.bind(v),
            };
        }
        query
    }};
}

impl Conn<'_> {
    /// Which engine this is.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        match self {
            Self::Lite(_) => Dialect::Lite,
            Self::Pg(_) => Dialect::Pg,
        }
    }

    /// The same connection for a shorter time.
    pub fn again(&mut self) -> Conn<'_> {
        match self {
            Self::Lite(c) => Conn::Lite(c),
            Self::Pg(c) => Conn::Pg(c),
        }
    }

    /// Runs a statement; how many rows it changed.
    pub(crate) async fn exec(
        &mut self,
        sql: &'static str,
        args: Vec<Value>,
    ) -> Result<u64, StoreError> {
        Ok(match self {
            Self::Lite(c) => {
                bound!(sqlx::query::<Sqlite>(sql), args).execute(&mut **c).await?.rows_affected()
            }
            Self::Pg(c) => {
                bound!(sqlx::query::<Postgres>(sql), args).execute(&mut **c).await?.rows_affected()
            }
        })
    }

    /// Every row.
    pub(crate) async fn all<T: AnyRow>(
        &mut self,
        sql: &'static str,
        args: Vec<Value>,
    ) -> Result<Vec<T>, StoreError> {
        Ok(match self {
            Self::Lite(c) => {
                bound!(sqlx::query_as::<Sqlite, T>(sql), args).fetch_all(&mut **c).await?
            }
            Self::Pg(c) => {
                bound!(sqlx::query_as::<Postgres, T>(sql), args).fetch_all(&mut **c).await?
            }
        })
    }

    /// The row, if there is one.
    pub(crate) async fn optional<T: AnyRow>(
        &mut self,
        sql: &'static str,
        args: Vec<Value>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.all(sql, args).await?.into_iter().next())
    }

    /// The one row; none is an error.
    pub(crate) async fn one<T: AnyRow>(
        &mut self,
        sql: &'static str,
        args: Vec<Value>,
    ) -> Result<T, StoreError> {
        self.optional(sql, args).await?.ok_or(StoreError::NoRow)
    }

    /// One number.
    pub(crate) async fn count(
        &mut self,
        sql: &'static str,
        args: Vec<Value>,
    ) -> Result<i64, StoreError> {
        self.one::<(i64,)>(sql, args).await.map(|row| row.0)
    }

    /// Asks the engine whether it understands a statement.
    pub(crate) async fn prepare(&mut self, sql: &'static str) -> Result<(), StoreError> {
        use sqlx::{Executor, SqlSafeStr};
        match self {
            Self::Lite(c) => {
                (&mut **c).prepare(sql.into_sql_str()).await?;
            }
            Self::Pg(c) => {
                (&mut **c).prepare(sql.into_sql_str()).await?;
            }
        }
        Ok(())
    }

    /// The tables and their columns, in order, for the test that both schemas agree.
    pub(crate) async fn columns(&mut self) -> Result<Vec<(String, String)>, StoreError> {
        const LITE: &str = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY 1, c.cid";
        const PG: &str = "SELECT table_name::text, column_name::text FROM information_schema.columns \
             WHERE table_schema = 'public' ORDER BY 1, ordinal_position";
        match self {
            Self::Lite(_) => self.all(LITE, vec![]).await,
            Self::Pg(c) => {
                let rows = sqlx::query(PG).fetch_all(&mut **c).await?;
                rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
            }
        }
    }
}
