//! Versions of screening instruments. A published one is never changed.

use tessera_core::{
    ids::{InstrumentId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{
    Conn, StoreError, Tx,
    sql::{args, instant, statements},
};

macro_rules! columns {
    () => {
        "SELECT id, code, version, body, status, revision, written_by, written_by_name, \
         changed_at, decided_by_name, decided_at, reason FROM instrument "
    };
}

statements! {
    SHIP = "INSERT INTO instrument (id, code, version, body, status, written_by_name, changed_at, \
        decided_at) VALUES ($1, $2, $3, $4, 'published', '', $5, $5) \
        ON CONFLICT (code, version) DO NOTHING";
    INSERT = "INSERT INTO instrument (id, code, version, body, status, written_by, \
        written_by_name, changed_at) VALUES ($1, $2, $3, $4, 'draft', $5, $6, $7)";
    SAVE = "UPDATE instrument SET body = $3, version = $4, written_by = $5, written_by_name = $6, \
        changed_at = $7, revision = revision + 1, status = 'draft' WHERE id = $1 AND revision = $2 \
        AND status IN ('draft', 'returned')";
    REMEMBER = "INSERT INTO instrument_save (instrument_id, body, at, by_name) \
        VALUES ($1, $2, $3, $4)";
    SAVES = "SELECT at, by_name, body FROM instrument_save WHERE instrument_id = $1 ORDER BY id";
    SEND = "UPDATE instrument SET status = 'sent', revision = revision + 1 WHERE id = $1 \
        AND revision = $2 AND status IN ('draft', 'returned')";
    DECIDE = "UPDATE instrument SET status = $3, decided_by_name = $4, decided_at = $5, \
        reason = $6, revision = revision + 1 WHERE id = $1 AND revision = $2 AND status = 'sent'";
    BY_ID = concat!(columns!(), "WHERE id = $1");
    ALL = concat!(columns!(), "ORDER BY changed_at DESC, version DESC");
    CURRENT = concat!(columns!(), "WHERE code = $1 AND status = 'published' \
        ORDER BY decided_at DESC, id DESC LIMIT 1");
}

/// A version of an instrument.
#[derive(Debug, Clone)]
pub struct Instrument {
    /// Its id.
    pub id: InstrumentId,
    /// The instrument's own id, the same in all versions.
    pub code: String,
    /// Its version.
    pub version: String,
    /// Its YAML.
    pub body: String,
    /// `draft`, `sent` for approval, `returned` or `published`.
    pub status: String,
    /// Counts changes, so that two people writing at once are noticed.
    pub revision: i64,
    /// Who last wrote it; nobody for one that ships.
    pub written_by: Option<UserId>,
    /// Their name; empty for one that ships.
    pub written_by_name: String,
    /// When it was last written.
    pub changed_at: Timestamp,
    /// Who approved or returned it.
    pub decided_by_name: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why.
    pub reason: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    code: String,
    version: String,
    body: String,
    status: String,
    revision: i64,
    written_by: Option<Uuid>,
    written_by_name: String,
    changed_at: i64,
    decided_by_name: Option<String>,
    decided_at: Option<i64>,
    reason: Option<String>,
}

impl From<Row> for Instrument {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.into(),
            code: row.code,
            version: row.version,
            body: row.body,
            status: row.status,
            revision: row.revision,
            written_by: row.written_by.map(UserId),
            written_by_name: row.written_by_name,
            changed_at: instant(row.changed_at),
            decided_by_name: row.decided_by_name,
            decided_at: row.decided_at.map(instant),
            reason: row.reason,
        }
    }
}

/// Keeps the version that ships with this program, unless it is there.
pub async fn ship(
    tx: &mut Tx,
    id: InstrumentId,
    code: &str,
    version: &str,
    body: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(SHIP, args![id, code, version, body, now]).await.map(|_| ())
}

/// Who writes.
#[derive(Debug, Clone)]
pub struct Writer {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: String,
}

/// Begins a version; a version that is there already is [`StoreError::AlreadyThere`].
pub async fn insert(
    tx: &mut Tx,
    id: InstrumentId,
    code: &str,
    version: &str,
    body: &str,
    by: &Writer,
) -> Result<(), StoreError> {
    let now = tx.now();
    let values = args![id, code, version, body, by.id, &by.name, now];
    tx.conn().exec(INSERT, values).await?;
    remember(tx, id, body, &by.name).await
}

async fn remember(tx: &mut Tx, id: InstrumentId, body: &str, by: &str) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(REMEMBER, args![id, body, now, by]).await.map(|_| ())
}

/// Writes a version anew, unless somebody else did since `revision`; every text is remembered.
pub async fn save(
    tx: &mut Tx,
    id: InstrumentId,
    revision: i64,
    version: &str,
    body: &str,
    by: &Writer,
) -> Result<(), StoreError> {
    let now = tx.now();
    let values = args![id, revision, body, version, by.id, &by.name, now];
    if tx.conn().exec(SAVE, values).await? == 0 {
        return Err(StoreError::Conflict);
    }
    remember(tx, id, body, &by.name).await
}

/// Every text that was saved of a version: when, by whom, and the text.
pub async fn saves(
    conn: &mut Conn<'_>,
    id: InstrumentId,
) -> Result<Vec<(Timestamp, String, String)>, StoreError> {
    let rows: Vec<(i64, String, String)> = conn.all(SAVES, args![id]).await?;
    Ok(rows.into_iter().map(|(at, by, body)| (instant(at), by, body)).collect())
}

/// Sends a version for approval.
pub async fn send(tx: &mut Tx, id: InstrumentId, revision: i64) -> Result<(), StoreError> {
    let changed = tx.conn().exec(SEND, args![id, revision]).await?;
    if changed == 0 { Err(StoreError::Conflict) } else { Ok(()) }
}

/// Publishes a version that was sent, or returns it to its writer.
pub async fn decide(
    tx: &mut Tx,
    id: InstrumentId,
    revision: i64,
    status: &str,
    by: &str,
    reason: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    let changed = tx.conn().exec(DECIDE, args![id, revision, status, by, now, reason]).await?;
    if changed == 0 { Err(StoreError::Conflict) } else { Ok(()) }
}

/// One version.
pub async fn by_id(
    conn: &mut Conn<'_>,
    id: InstrumentId,
) -> Result<Option<Instrument>, StoreError> {
    Ok(conn.optional::<Row>(BY_ID, args![id]).await?.map(Instrument::from))
}

/// Every version, newest first.
pub async fn all(conn: &mut Conn<'_>) -> Result<Vec<Instrument>, StoreError> {
    let rows: Vec<Row> = conn.all(ALL, vec![]).await?;
    Ok(rows.into_iter().map(Instrument::from).collect())
}

/// The version of an instrument that was published last.
pub async fn current(conn: &mut Conn<'_>, code: &str) -> Result<Option<Instrument>, StoreError> {
    Ok(conn.optional::<Row>(CURRENT, args![code]).await?.map(Instrument::from))
}
