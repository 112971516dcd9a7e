//! Many rows at once, for filling a demo to measure with. Each call is part of an audited
//! transaction like every other write.

use serde::Serialize;
use uuid::Uuid;

use crate::{Dialect, StoreError, Tx, sql::args};

/// Rows of one statement: enough that its cost does not count, few enough to keep memory small.
const AT_ONCE: usize = 2_000;

/// A row that can be written in bulk.
pub trait BulkRow: Serialize + Sync {
    /// The statement of SQLite: the rows are one JSON list.
    const LITE: &str;
    /// The statement of PostgreSQL.
    const PG: &str;
}

/// Writes rows of one table.
pub async fn insert<R: BulkRow>(tx: &mut Tx, rows: &[R]) -> Result<(), StoreError> {
    let sql = match tx.conn().dialect() {
        Dialect::Lite => R::LITE,
        Dialect::Pg => R::PG,
    };
    for part in rows.chunks(AT_ONCE) {
        let list = serde_json::to_string(part).map_err(|e| StoreError::Database(e.to_string()))?;
        tx.conn().exec(sql, args![list]).await?;
    }
    Ok(())
}

/// A column's value out of the JSON of its row, on SQLite.
macro_rules! lite {
    ($name:ident: Uuid) => {
        concat!("unhex(value->>'", stringify!($name), "', '-')")
    };
    ($name:ident: Option<Uuid>) => {
        lite!($name: Uuid)
    };
    ($name:ident: Hex) => {
        concat!("unhex(value->>'", stringify!($name), "')")
    };
    ($name:ident: $($other:tt)+) => {
        concat!("value->>'", stringify!($name), "'")
    };
}

/// The same on PostgreSQL.
macro_rules! pg {
    ($name:ident: Uuid) => {
        concat!("CAST(value->>'", stringify!($name), "' AS UUID)")
    };
    ($name:ident: Option<Uuid>) => {
        pg!($name: Uuid)
    };
    ($name:ident: Hex) => {
        concat!("decode(value->>'", stringify!($name), "', 'hex')")
    };
    ($name:ident: i64) => {
        concat!("CAST(value->>'", stringify!($name), "' AS BIGINT)")
    };
    ($name:ident: Option<i64>) => {
        pg!($name: i64)
    };
    ($name:ident: $($other:tt)+) => {
        concat!("value->>'", stringify!($name), "'")
    };
}

macro_rules! from_lite {
    () => {
        " FROM json_each($1) "
    };
}
macro_rules! from_pg {
    () => {
        " FROM jsonb_array_elements(CAST($1 AS JSONB)) AS given(value) "
    };
}

/// Declares rows: a struct a table, and its two statements from one list of columns.
macro_rules! rows {
    ($($(#[$doc:meta])* $name:ident in $table:literal {
        $first:ident: ($($first_type:tt)+), $($column:ident: ($($type:tt)+),)*
    })+) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Serialize)]
        #[allow(missing_docs, reason = "the columns of the table, by their names")]
        pub struct $name {
            pub $first: $($first_type)+,
            $(pub $column: $($type)+,)*
        }

        impl BulkRow for $name {
            const LITE: &str = concat!(
                "INSERT INTO ", $table, " (", stringify!($first), $(", ", stringify!($column),)*
                ") SELECT ", lite!($first: $($first_type)+), $(", ", lite!($column: $($type)+),)*
                from_lite!(),
            );
            const PG: &str = concat!(
                "INSERT INTO ", $table, " (", stringify!($first), $(", ", stringify!($column),)*
                ") SELECT ", pg!($first: $($first_type)+), $(", ", pg!($column: $($type)+),)*
                from_pg!(),
            );
        })+

        /// Every statement of this module.
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[
            $((concat!(stringify!($name), "_LITE"), $name::LITE),
            (concat!(stringify!($name), "_PG"), $name::PG),)+
            ("Token_LITE", Token::LITE),
            ("Token_PG", Token::PG),
            ("NameKey_LITE", NameKey::LITE),
            ("NameKey_PG", NameKey::PG),
            ("Bearer_LITE", Bearer::LITE),
            ("Bearer_PG", Bearer::PG),
        ];
    };
}

/// Bytes as hexadecimal digits.
pub type Hex = String;

rows! {
    /// An agency.
    Agency in "agency" {
        id: (Uuid),
        name: (String),
        kind: (String),
        created_at: (i64),
    }
    /// An active account without a password.
    User in "user_account" {
        id: (Uuid),
        agency_id: (Uuid),
        name: (String),
        email: (String),
        job_title: (String),
        standing: (String),
        created_at: (i64),
    }
    /// A role that somebody holds.
    Role in "user_role" {
        user_id: (Uuid),
        role: (String),
        granted_at: (i64),
        granted_by: (String),
        expires_at: (i64),
    }
    /// A child's file.
    Child in "child" {
        id: (Uuid),
        reference: (String),
        created_at: (i64),
        created_by: (String),
        restricted: (i64),
    }
    /// A recorded value of a file.
    Fact in "child_fact" {
        id: (Uuid),
        child_id: (Uuid),
        field: (String),
        value: (String),
        source: (String),
        recorded_at: (i64),
        recorded_by: (String),
    }
    /// An item of a chronology.
    Event in "child_event" {
        id: (Uuid),
        child_id: (Uuid),
        happened_on: (String),
        sort_at: (i64),
        kind: (String),
        fact: (String),
        source: (String),
        audience: (String),
        recorded_at: (i64),
        recorded_by: (String),
    }
    /// A worker of a child.
    Involvement in "child_involvement" {
        child_id: (Uuid),
        agency_id: (Uuid),
        user_id: (Option<Uuid>),
        role: (String),
        since: (i64),
    }
    /// Somebody named on a restricted file.
    Access in "child_access" {
        child_id: (Uuid),
        user_id: (Uuid),
        kind: (String),
        reason: (String),
        by_name: (String),
        at: (i64),
    }
    /// An NHS number that finds a file.
    Number in "child_number" {
        number: (String),
        child_id: (Uuid),
    }
    /// A concern.
    Concern in "concern" {
        id: (Uuid),
        reference: (String),
        send_key: (Hex),
        follow_hash: (Hex),
        received_at: (i64),
        channel: (String),
        submitted_by: (Option<Uuid>),
        agency_id: (Option<Uuid>),
        status: (String),
        urgency: (Option<String>),
        danger_now: (i64),
        what: (String),
        place: (Option<String>),
        others: (Option<String>),
        name_sharing: (String),
    }
    /// A child of a concern.
    ConcernChild in "concern_child" {
        id: (Uuid),
        concern_id: (Uuid),
        position: (i64),
        name: (String),
        age: (Option<String>),
        school: (Option<String>),
        child_id: (Option<Uuid>),
    }
    /// The words that search finds a concern by.
    Words in "concern_words" {
        concern_id: (Uuid),
        body: (String),
    }
    /// A key that joins a concern to others.
    Key in "concern_key" {
        key: (String),
        concern_id: (Uuid),
        words: (String),
    }
    /// A clock of a concern.
    Clock in "clock" {
        id: (Uuid),
        rule: (String),
        concern_id: (Uuid),
        started_at: (i64),
        due_at: (i64),
        explained: (String),
        met_at: (Option<i64>),
        met_by: (Option<String>),
    }
    /// A decision about a child of a concern.
    Decision in "decision" {
        id: (Uuid),
        concern_id: (Uuid),
        concern_child_id: (Uuid),
        outcome: (String),
        need_level: (String),
        reason: (String),
        told: (String),
        codes_version: (String),
        by_user: (Uuid),
        by_name: (String),
        at: (i64),
    }
}

/// A word of a name.
#[derive(Debug, Clone, Serialize)]
pub struct Token {
    /// The word, normalised.
    pub token: String,
}

impl BulkRow for Token {
    const LITE: &str = concat!(
        "INSERT INTO name_token (token) SELECT value->>'token'",
        from_lite!(),
        "WHERE TRUE ON CONFLICT DO NOTHING"
    );
    const PG: &str = concat!(
        "INSERT INTO name_token (token) SELECT value->>'token'",
        from_pg!(),
        "WHERE TRUE ON CONFLICT DO NOTHING"
    );
}

/// A key that finds a word of a name; the word must be there.
#[derive(Debug, Clone, Serialize)]
pub struct NameKey {
    /// The key.
    pub key: String,
    /// The word.
    pub token: String,
}

impl BulkRow for NameKey {
    const LITE: &str = concat!(
        "INSERT INTO name_key (key, token_id) SELECT value->>'key', t.id",
        from_lite!(),
        "JOIN name_token t ON t.token = value->>'token' WHERE TRUE ON CONFLICT DO NOTHING"
    );
    const PG: &str = concat!(
        "INSERT INTO name_key (key, token_id) SELECT value->>'key', t.id",
        from_pg!(),
        "JOIN name_token t ON t.token = value->>'token' WHERE TRUE ON CONFLICT DO NOTHING"
    );
}

/// A child who bears a word; the word must be there.
#[derive(Debug, Clone, Serialize)]
pub struct Bearer {
    /// The word.
    pub token: String,
    /// The file.
    pub child_id: Uuid,
}

impl BulkRow for Bearer {
    const LITE: &str = concat!(
        "INSERT INTO child_token (token_id, child_id) SELECT t.id, unhex(value->>'child_id', '-')",
        from_lite!(),
        "JOIN name_token t ON t.token = value->>'token' WHERE TRUE ON CONFLICT DO NOTHING"
    );
    const PG: &str = concat!(
        "INSERT INTO child_token (token_id, child_id) SELECT t.id, CAST(value->>'child_id' AS UUID)",
        from_pg!(),
        "JOIN name_token t ON t.token = value->>'token' WHERE TRUE ON CONFLICT DO NOTHING"
    );
}
