//! The partnership's own changes to the lexicon, and the sentences they are tried on.

use tessera_core::{
    chance::Draw,
    ids::{LexiconChangeId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{
    Conn, StoreError, Tx,
    sql::{args, instant, statements},
};

macro_rules! columns {
    () => {
        "id, entry, body, reason, base_version, proposed_at, proposed_by, proposer, settled_at, \
         settled_by, verdict, verdict_reason, release FROM lexicon_change "
    };
}

statements! {
    PROPOSE = "INSERT INTO lexicon_change (id, entry, body, reason, base_version, proposed_at, \
        proposed_by, proposer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    ALL = concat!("SELECT ", columns!(), "ORDER BY proposed_at DESC, id DESC");
    BY_ID = concat!("SELECT ", columns!(), "WHERE id = $1");
    PUBLISHED =
        concat!("SELECT ", columns!(), "WHERE release IS NOT NULL ORDER BY release");
    RELEASE = "SELECT CAST(COALESCE(MAX(release), 0) AS BIGINT) FROM lexicon_change";
    SETTLE = "UPDATE lexicon_change SET settled_at = $2, settled_by = $3, verdict = $4, \
        verdict_reason = $5, release = $6 WHERE id = $1 AND settled_at IS NULL";
    ADD_PRACTICE = "INSERT INTO practice_text (id, added_at, added_by, origin, body) \
        VALUES ($1, $2, $3, $4, $5)";
    PRACTICE = "SELECT body FROM practice_text ORDER BY added_at DESC, id DESC LIMIT 100";
    ORIGINS = "SELECT origin, added_by, added_at FROM practice_text \
        ORDER BY added_at DESC, id DESC LIMIT 100";
}

/// A change to the lexicon, proposed or settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconChange {
    /// Its id.
    pub id: LexiconChangeId,
    /// The id of the entry that is added, changed or retired.
    pub entry: String,
    /// The entry as JSON; `None` retires it.
    pub body: Option<String>,
    /// Why it is proposed.
    pub reason: String,
    /// The version of the lexicon it was proposed against.
    pub base_version: String,
    /// When.
    pub proposed_at: Timestamp,
    /// By whom.
    pub proposed_by: String,
    /// Their account.
    pub proposer: UserId,
    /// How it was settled: when, by whom, `published` or `turned_down`, and why.
    pub settled: Option<Settled>,
    /// The number of the release it made, if it was published.
    pub release: Option<i64>,
}

/// How a change was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// Whether it was published.
    pub published: bool,
    /// Why.
    pub reason: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    entry: String,
    body: Option<String>,
    reason: String,
    base_version: String,
    proposed_at: i64,
    proposed_by: String,
    proposer: Uuid,
    settled_at: Option<i64>,
    settled_by: Option<String>,
    verdict: Option<String>,
    verdict_reason: Option<String>,
    release: Option<i64>,
}

impl From<Row> for LexiconChange {
    fn from(row: Row) -> Self {
        let settled = row.settled_at.map(|at| Settled {
            at: instant(at),
            by: row.settled_by.unwrap_or_default(),
            published: row.verdict.as_deref() == Some(PUBLISHED_VERDICT),
            reason: row.verdict_reason.unwrap_or_default(),
        });
        Self {
            id: row.id.into(),
            entry: row.entry,
            body: row.body,
            reason: row.reason,
            base_version: row.base_version,
            proposed_at: instant(row.proposed_at),
            proposed_by: row.proposed_by,
            proposer: row.proposer.into(),
            settled,
            release: row.release,
        }
    }
}

const PUBLISHED_VERDICT: &str = "published";

/// A change to propose.
pub struct NewChange<'a> {
    /// Its id.
    pub id: LexiconChangeId,
    /// The id of the entry.
    pub entry: &'a str,
    /// The entry as JSON; `None` retires it.
    pub body: Option<&'a str>,
    /// Why.
    pub reason: &'a str,
    /// The version it is proposed against.
    pub base_version: &'a str,
    /// Who proposes it.
    pub by_name: &'a str,
    /// Their account.
    pub by: UserId,
}

/// Proposes a change.
pub async fn propose(tx: &mut Tx, new: &NewChange<'_>) -> Result<(), StoreError> {
    let now = tx.now();
    let row =
        args![new.id, new.entry, new.body, new.reason, new.base_version, now, new.by_name, new.by,];
    tx.conn().exec(PROPOSE, row).await.map(|_| ())
}

/// Every change, the newest first.
pub async fn all(conn: &mut Conn<'_>) -> Result<Vec<LexiconChange>, StoreError> {
    let rows: Vec<Row> = conn.all(ALL, vec![]).await?;
    Ok(rows.into_iter().map(LexiconChange::from).collect())
}

/// One change.
pub async fn by_id(
    conn: &mut Conn<'_>,
    id: LexiconChangeId,
) -> Result<Option<LexiconChange>, StoreError> {
    let row: Option<Row> = conn.optional(BY_ID, args![id]).await?;
    Ok(row.map(LexiconChange::from))
}

/// The published changes, in the order of their releases.
pub async fn published(conn: &mut Conn<'_>) -> Result<Vec<LexiconChange>, StoreError> {
    let rows: Vec<Row> = conn.all(PUBLISHED, vec![]).await?;
    Ok(rows.into_iter().map(LexiconChange::from).collect())
}

/// The number of the newest release; 0 before the first.
pub async fn release(conn: &mut Conn<'_>) -> Result<i64, StoreError> {
    conn.count(RELEASE, vec![]).await
}

/// Publishes a change as the next release, or turns it down; a conflict when it is settled already.
pub async fn settle(
    tx: &mut Tx,
    id: LexiconChangeId,
    publish: bool,
    reason: &str,
    by: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    let next = if publish { Some(release(&mut tx.conn()).await? + 1) } else { None };
    let verdict = if publish { PUBLISHED_VERDICT } else { "turned_down" };
    let changed = tx.conn().exec(SETTLE, args![id, now, by, verdict, reason, next]).await?;
    if changed == 0 { Err(StoreError::Conflict) } else { Ok(()) }
}

/// Adds sentences to try changes on, one a line; `origin` says how they came about.
pub async fn add_practice(
    tx: &mut Tx,
    by: &str,
    origin: &str,
    body: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    let id: Uuid = tx.chance().id(now);
    tx.conn().exec(ADD_PRACTICE, args![id, now, by, origin, body]).await.map(|_| ())
}

/// The newest `most` sentences to try changes on.
pub async fn practice(conn: &mut Conn<'_>, most: usize) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(String,)> = conn.all(PRACTICE, vec![]).await?;
    let lines = rows.iter().flat_map(|(body,)| body.lines());
    Ok(lines.filter(|line| !line.trim().is_empty()).take(most).map(str::to_owned).collect())
}

/// How the sentences came about, who added them and when, the newest first.
pub async fn origins(conn: &mut Conn<'_>) -> Result<Vec<(String, String, Timestamp)>, StoreError> {
    let rows: Vec<(String, String, i64)> = conn.all(ORIGINS, vec![]).await?;
    Ok(rows.into_iter().map(|(origin, by, at)| (origin, by, instant(at))).collect())
}
