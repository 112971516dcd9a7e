//! Watches: one thing, a search, or the rule; and how often its owner wants to be told.

use serde::{Deserialize, Serialize};
use tessera_core::{
    chance::Draw,
    ids::{UserId, WatchId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{
    Conn, Keys, StoreError, Tx,
    explore::{open_json, seal_json},
    sql::{args, instant, statements},
};

statements! {
    INSERT = "INSERT INTO watch (id, user_id, kind, sealed, cadence, made_at, looked) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    OF_USER = "SELECT id, user_id, kind, sealed, cadence, made_at, looked, waiting, told_at \
        FROM watch WHERE user_id = $1 AND ended_at IS NULL ORDER BY made_at DESC";
    STANDING = "SELECT id, user_id, kind, sealed, cadence, made_at, looked, waiting, told_at \
        FROM watch WHERE ended_at IS NULL ORDER BY user_id, made_at";
    LOOKED = "UPDATE watch SET sealed = $2, looked = $3, waiting = $4 WHERE id = $1";
    TOLD = "UPDATE watch SET told_at = $2, waiting = 0 WHERE id = $1";
    END = "UPDATE watch SET ended_at = $3 WHERE id = $1 AND user_id = $2 AND ended_at IS NULL";
}

/// What is watched.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Watched {
    /// What its owner calls it.
    pub name: String,
    /// A mention of the thing that is watched; 0 for a search or the rule.
    pub mention: i64,
    /// The search, as in the address of the picture.
    pub search: String,
    /// The numbers of the reports that matched at the last look.
    pub seen: Vec<i64>,
}

/// A watch.
#[derive(Clone)]
pub struct Watch {
    /// Its id.
    pub id: WatchId,
    /// Whose it is.
    pub user: UserId,
    /// `thing`, `search` or `rule`.
    pub kind: String,
    /// What is watched.
    pub watched: Watched,
    /// `soon`, `daily`, `weekly` or `never`.
    pub cadence: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// The state of the reports at the last look.
    pub looked: String,
    /// There is something that its owner was not told of yet.
    pub waiting: bool,
    /// When its owner was last told.
    pub told_at: Option<Timestamp>,
}

type Row = (Uuid, Uuid, String, Vec<u8>, String, i64, String, i64, Option<i64>);

fn watch(keys: &Keys, row: Row) -> Result<Watch, StoreError> {
    let (id, user, kind, sealed, cadence, made_at, looked, waiting, told_at) = row;
    Ok(Watch {
        id: id.into(),
        user: user.into(),
        kind,
        watched: open_json(keys, id, &sealed)?,
        cadence,
        made_at: instant(made_at),
        looked,
        waiting: waiting != 0,
        told_at: told_at.map(instant),
    })
}

/// Keeps a watch; its id.
pub async fn insert(
    tx: &mut Tx,
    user: UserId,
    kind: &str,
    watched: &Watched,
    cadence: &str,
    looked: &str,
) -> Result<WatchId, StoreError> {
    let now = tx.now();
    let id: WatchId = tx.chance().id(now);
    let sealed = seal_json(tx, id.0, watched)?;
    tx.conn().exec(INSERT, args![id, user, kind, sealed, cadence, now, looked]).await?;
    Ok(id)
}

/// A person's watches, newest first.
pub async fn of_user(
    conn: &mut Conn<'_>,
    keys: &Keys,
    user: UserId,
) -> Result<Vec<Watch>, StoreError> {
    let rows: Vec<Row> = conn.all(OF_USER, args![user]).await?;
    rows.into_iter().map(|row| watch(keys, row)).collect()
}

/// Everybody's watches.
pub async fn standing(conn: &mut Conn<'_>, keys: &Keys) -> Result<Vec<Watch>, StoreError> {
    let rows: Vec<Row> = conn.all(STANDING, vec![]).await?;
    rows.into_iter().map(|row| watch(keys, row)).collect()
}

/// Remembers what a look found, and whether its owner is to be told.
pub async fn looked(tx: &mut Tx, watch: &Watch) -> Result<(), StoreError> {
    let sealed = seal_json(tx, watch.id.0, &watch.watched)?;
    let values = args![watch.id, sealed, &watch.looked, watch.waiting];
    tx.conn().exec(LOOKED, values).await.map(|_| ())
}

/// Remembers that its owner was told.
pub async fn told(tx: &mut Tx, id: WatchId) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(TOLD, args![id, now]).await.map(|_| ())
}

/// Ends a watch of a person; whether there was one.
pub async fn end(tx: &mut Tx, id: WatchId, user: UserId) -> Result<bool, StoreError> {
    let now = tx.now();
    Ok(tx.conn().exec(END, args![id, user, now]).await? > 0)
}
