//! Finding files by the keys of names and numbers. Which keys a name has is the linkage crate's
//! affair; here they are strings.

use tessera_core::{
    ids::{ChildId, UserId},
    reference::Reference,
    time::Timestamp,
};
use uuid::Uuid;

use crate::{
    Conn, StoreError, Tx,
    sql::{args, statements},
};

/// True when person $2 may know at $3 that file `f` exists.
macro_rules! may_know {
    () => {
        "NOT EXISTS (SELECT 1 FROM child_access x WHERE x.child_id = f.id AND x.user_id = $2 \
         AND x.kind = 'excluded' AND x.ended_at IS NULL) AND (f.restricted = 0 OR EXISTS ( \
         SELECT 1 FROM child_access x WHERE x.child_id = f.id AND x.user_id = $2 \
         AND x.kind IN ('named', 'emergency') AND x.ended_at IS NULL \
         AND (x.expires_at IS NULL OR x.expires_at > $3)))"
    };
}

statements! {
    TOKEN = "SELECT id FROM name_token WHERE token = $1";
    ADD_TOKEN = "INSERT INTO name_token (token) VALUES ($1) RETURNING id";
    ADD_KEY = "INSERT INTO name_key (key, token_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    BEAR = "INSERT INTO child_token (token_id, child_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    ADD_NUMBER = "INSERT INTO child_number (number, child_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    TOKENS_OF_KEY = "SELECT token_id FROM name_key WHERE key = $1 LIMIT 200";
    CHILDREN_OF_TOKEN = concat!("SELECT f.id, f.reference, \
        CAST(CASE WHEN ", may_know!(), " THEN 1 ELSE 0 END AS BIGINT) \
        FROM child_token t JOIN child f ON f.id = t.child_id WHERE t.token_id = $1 LIMIT 2000");
    CHILDREN_OF_NUMBER = concat!("SELECT f.id, f.reference, \
        CAST(CASE WHEN ", may_know!(), " THEN 1 ELSE 0 END AS BIGINT) \
        FROM child_number n JOIN child f ON f.id = n.child_id WHERE n.number = $1");
}

/// A file that a key led to.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The file.
    pub id: ChildId,
    /// Its reference.
    pub reference: Reference,
    /// Whether the searcher may know that it exists. One who may not is never told; it matters only
    /// to a steward when a second file is opened.
    pub may_know: bool,
}

/// Files one word of a name under its keys, and under the child who bears it.
pub async fn add_token(
    tx: &mut Tx,
    child: ChildId,
    token: &str,
    keys: &[String],
) -> Result<(), StoreError> {
    let known: Option<(i64,)> = tx.conn().optional(TOKEN, args![token]).await?;
    let id = if let Some((id,)) = known {
        id
    } else {
        let (id,): (i64,) = tx.conn().one(ADD_TOKEN, args![token]).await?;
        for key in keys {
            tx.conn().exec(ADD_KEY, args![key, id]).await?;
        }
        id
    };
    tx.conn().exec(BEAR, args![id, child]).await.map(|_| ())
}

/// Files a child under an NHS number.
pub async fn add_number(tx: &mut Tx, child: ChildId, number: &str) -> Result<(), StoreError> {
    tx.conn().exec(ADD_NUMBER, args![number, child]).await.map(|_| ())
}

/// The words that share a key.
pub async fn tokens_of_key(conn: &mut Conn<'_>, key: &str) -> Result<Vec<i64>, StoreError> {
    let rows: Vec<(i64,)> = conn.all(TOKENS_OF_KEY, args![key]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

type Row = (Uuid, String, i64);

fn candidate((id, reference, may_know): Row) -> Candidate {
    Candidate {
        id: id.into(),
        reference: Reference::from_stored(reference),
        may_know: may_know != 0,
    }
}

/// The children who bear a word.
pub async fn children_of_token(
    conn: &mut Conn<'_>,
    token: i64,
    reader: Option<UserId>,
    now: Timestamp,
) -> Result<Vec<Candidate>, StoreError> {
    let rows: Vec<Row> = conn.all(CHILDREN_OF_TOKEN, args![token, reader, now]).await?;
    Ok(rows.into_iter().map(candidate).collect())
}

/// The children filed under an NHS number.
pub async fn children_of_number(
    conn: &mut Conn<'_>,
    number: &str,
    reader: Option<UserId>,
    now: Timestamp,
) -> Result<Vec<Candidate>, StoreError> {
    let rows: Vec<Row> = conn.all(CHILDREN_OF_NUMBER, args![number, reader, now]).await?;
    Ok(rows.into_iter().map(candidate).collect())
}
