//! Asking to know a source, and the answer of a second person.

use tessera_core::{
    ids::{ReportId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{
    Conn, Keys, StoreError, Tx,
    report::insert::{open_part, seal_part},
    sql::{args, instant, statements},
};

statements! {
    ASK = "INSERT INTO source_request (report_id, asked_by, asked_name, asked_at, sealed) \
        VALUES ($1, $2, $3, $4, $5)";
    ANSWER = "UPDATE source_request SET answered_by = $2, answered_name = $3, answered_at = $4, \
        granted_until = $5 WHERE id = $1 AND answered_at IS NULL AND asked_by <> $2";
    OF_REPORT = "SELECT id, report_id, asked_by, asked_name, asked_at, sealed, answered_name, \
        answered_at, granted_until FROM source_request WHERE report_id = $1 ORDER BY id";
}

/// Somebody's wish to know who sent a report.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its number.
    pub id: i64,
    /// Who asked.
    pub asked_by: UserId,
    /// Their name.
    pub asked_name: String,
    /// When.
    pub asked_at: Timestamp,
    /// Why.
    pub reason: String,
    /// Who answered, and when.
    pub answered: Option<(String, Timestamp)>,
    /// Until when the one who asked may look, when it was granted.
    pub granted_until: Option<Timestamp>,
}

/// Asks.
pub async fn ask(
    tx: &mut Tx,
    report: ReportId,
    user: UserId,
    name: &str,
    reason: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    let sealed = seal_part(tx, report, &reason)?;
    tx.conn().exec(ASK, args![report, user, name, now, sealed]).await.map(|_| ())
}

/// Answers; whether it waited for this person's answer. `until` grants, none refuses.
pub async fn answer(
    tx: &mut Tx,
    id: i64,
    user: UserId,
    name: &str,
    until: Option<Timestamp>,
) -> Result<bool, StoreError> {
    let now = tx.now();
    Ok(tx.conn().exec(ANSWER, args![id, user, name, now, until]).await? > 0)
}

/// The requests about a report, oldest first.
pub async fn of_report(
    conn: &mut Conn<'_>,
    keys: &Keys,
    report: ReportId,
) -> Result<Vec<Request>, StoreError> {
    type Row = (i64, Uuid, Uuid, String, i64, Vec<u8>, Option<String>, Option<i64>, Option<i64>);
    let rows: Vec<Row> = conn.all(OF_REPORT, args![report]).await?;
    let request = |(id, report, by, name, at, sealed, answerer, answered, until): Row| {
        Ok(Request {
            id,
            asked_by: by.into(),
            asked_name: name,
            asked_at: instant(at),
            reason: open_part(keys, report, &sealed)?,
            answered: answered.map(|at| (answerer.unwrap_or_default(), instant(at))),
            granted_until: until.map(instant),
        })
    };
    rows.into_iter().map(request).collect()
}
