//! The work of the desk on a report: grade, feedback, retraction. Each change leaves an entry.

use tessera_core::{
    ids::{ReportId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{
    Conn, Db, StoreError, Tx,
    envelope::open,
    report::{
        change,
        insert::{Source, seal_part, source_place},
    },
    sql::{args, statements},
};

statements! {
    ENTRY = "INSERT INTO report_entry (report_id, kind, sealed, by_name, at) \
        VALUES ($1, $2, $3, $4, $5)";
    TOUCH = "UPDATE report SET version = version + 1 WHERE id = $1 AND version = $2";
    GRADE = "UPDATE report SET source_grade = $2, intelligence_grade = $3, handling = $4, \
        existence_told = $5, review_at = $6, priority = $7 WHERE id = $1";
    STATUS_CHANGE = "INSERT INTO report_status_change (report_id, status, at) VALUES ($1, $2, $3)";
    STATUS = "UPDATE report SET status = $2 WHERE id = $1";
    RETRACT = "UPDATE report SET retracted_at = $2, status = 'no_action' WHERE id = $1 \
        AND retracted_at IS NULL";
    SOURCE = "SELECT report_id, sealed FROM report_source WHERE report_id = $1";
    RECIPIENTS = "SELECT DISTINCT user_id, report_id FROM report_share WHERE report_id = $1";
}

/// What the desk assigns.
pub struct Grade<'a> {
    /// Code of list `source_grade`.
    pub source: &'a str,
    /// Code of list `intelligence_grade`.
    pub intelligence: &'a str,
    /// Code of list `handling`.
    pub handling: &'a str,
    /// Those who may not see it may be told that the desk holds something.
    pub existence_told: bool,
    /// When it is to be looked at again.
    pub review_at: Timestamp,
    /// `high`, `medium` or `low`.
    pub priority: &'a str,
}

/// Adds an entry.
pub async fn add_entry(
    tx: &mut Tx,
    id: ReportId,
    kind: &str,
    words: &str,
    by: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    let sealed = seal_part(tx, id, &words)?;
    tx.conn().exec(ENTRY, args![id, kind, sealed, by, now]).await.map(|_| ())
}

/// Counts a change; refuses one made on an older version.
pub async fn touch(tx: &mut Tx, id: ReportId, seen: i64) -> Result<(), StoreError> {
    let changed = tx.conn().exec(TOUCH, args![id, seen]).await?;
    if changed == 0 { Err(StoreError::Conflict) } else { Ok(()) }
}

/// Assigns a grade.
pub async fn grade(tx: &mut Tx, id: ReportId, grade: &Grade<'_>) -> Result<(), StoreError> {
    let values = args![
        id,
        grade.source,
        grade.intelligence,
        grade.handling,
        grade.existence_told,
        grade.review_at,
        grade.priority,
    ];
    tx.conn().exec(GRADE, values).await?;
    change::note(tx, id).await
}

/// Sets where it stands.
pub async fn set_status(tx: &mut Tx, id: ReportId, status: &str) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(STATUS_CHANGE, args![id, status, now]).await?;
    tx.conn().exec(STATUS, args![id, status]).await.map(|_| ())
}

/// Takes a report back; whether it stood until now.
pub async fn retract(tx: &mut Tx, id: ReportId) -> Result<bool, StoreError> {
    let now = tx.now();
    let changed = tx.conn().exec(RETRACT, args![id, now]).await? > 0;
    change::note(tx, id).await?;
    Ok(changed)
}

/// The people a report was shared with.
pub async fn recipients(conn: &mut Conn<'_>, id: ReportId) -> Result<Vec<UserId>, StoreError> {
    let rows: Vec<(Uuid, Uuid)> = conn.all(RECIPIENTS, args![id]).await?;
    Ok(rows.into_iter().map(|(user, _)| user.into()).collect())
}

/// Who sent a report, unsealed. The caller holds a permit for it and has written that down, or
/// sends a notice that names nobody else.
pub async fn source(db: &Db, id: ReportId) -> Result<Option<Source>, StoreError> {
    let row: Option<(Uuid, Vec<u8>)> = db.read().await?.conn().optional(SOURCE, args![id]).await?;
    let Some((report, sealed)) = row else { return Ok(None) };
    let plain = open(&db.keys().sources, source_place(report), &sealed)?;
    serde_json::from_slice(&plain).map(Some).map_err(|_| StoreError::Sealed)
}
