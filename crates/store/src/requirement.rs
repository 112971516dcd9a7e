//! What the intelligence desk wants to know, and which reports answer it; and how long senders wait
//! until they are told.

use serde::{Deserialize, Serialize};
use tessera_core::{
    chance::Draw,
    ids::{ReportId, RequirementId, UserId},
    reference::Reference,
    time::Timestamp,
};
use uuid::Uuid;

use crate::{
    Conn, Keys, StoreError, Tx,
    envelope::{Place, open, seal},
    report::{list::Reader, rights::may_see},
    sql::{args, instant, statements},
};

statements! {
    INSERT = "INSERT INTO requirement (id, sealed, audience, by_user, by_name, at, ends_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LIST = "SELECT id, sealed, audience, by_name, at, ends_at, closed_at, closed_by FROM requirement \
        WHERE $1 = '' ORDER BY closed_at IS NOT NULL, ends_at DESC LIMIT 100";
    OPEN = "SELECT id, sealed, audience, by_name, at, ends_at, closed_at, closed_by FROM requirement \
        WHERE closed_at IS NULL AND ends_at > $1 AND (audience = 'everyone' \
        OR CAST($2 AS BIGINT) = 1) ORDER BY ends_at LIMIT 50";
    CLOSE = "UPDATE requirement SET closed_at = $2, closed_by = $3 WHERE id = $1 \
        AND closed_at IS NULL";
    LINK = "INSERT INTO requirement_report (requirement_id, report_id, by_name, at) \
        VALUES ($1, $2, $3, $4) ON CONFLICT (requirement_id, report_id) DO NOTHING";
    ANSWERS = concat!("SELECT q.requirement_id, r.reference FROM requirement_report q \
        JOIN report r ON r.id = q.report_id WHERE $1 = '' AND r.retracted_at IS NULL AND ",
        may_see!(), " ORDER BY q.at");
    WAITS = "SELECT r.received_at, MIN(c.at), c.status FROM report_status_change c \
        JOIN report r ON r.id = c.report_id WHERE r.received_at >= $1 GROUP BY r.id, \
        r.received_at, c.status";
}

const fn place(row: Uuid) -> Place {
    Place { column: "requirement.sealed", row }
}

/// What is asked, sealed as a whole.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Wanted {
    /// What the desk wants to know.
    pub question: String,
    /// Words of its topic.
    pub topic: String,
}

/// Something the desk wants to know.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// Its id.
    pub id: RequirementId,
    /// What is asked.
    pub wanted: Wanted,
    /// `everyone` who may send reports, or the `desk` alone.
    pub audience: String,
    /// Who owns it.
    pub by: String,
    /// Since when.
    pub at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// Who closed it, and when.
    pub closed: Option<(String, Timestamp)>,
}

type Row = (Uuid, Vec<u8>, String, String, i64, i64, Option<i64>, Option<String>);

fn opened(keys: &Keys, row: Row) -> Result<Requirement, StoreError> {
    let (id, sealed, audience, by, at, ends_at, closed_at, closed_by) = row;
    let plain = open(&keys.derive("requirement"), place(id), &sealed)?;
    Ok(Requirement {
        id: id.into(),
        wanted: serde_json::from_slice(&plain).map_err(|_| StoreError::Sealed)?,
        audience,
        by,
        at: instant(at),
        ends_at: instant(ends_at),
        closed: closed_at.map(|at| (closed_by.unwrap_or_default(), instant(at))),
    })
}

/// Keeps what the desk wants to know.
pub async fn insert(
    tx: &mut Tx,
    wanted: &Wanted,
    audience: &str,
    (by, by_name): (UserId, &str),
    ends_at: Timestamp,
) -> Result<RequirementId, StoreError> {
    let now = tx.now();
    let id: RequirementId = tx.chance().id(now);
    let plain = serde_json::to_vec(wanted).map_err(|_| StoreError::Sealed)?;
    let sealed = seal(&tx.keys().derive("requirement"), place(id.0), &plain, tx.chance())?;
    tx.conn().exec(INSERT, args![id, sealed, audience, by, by_name, now, ends_at]).await?;
    Ok(id)
}

/// Everything the desk ever wanted to know, what is open first.
pub async fn list(conn: &mut Conn<'_>, keys: &Keys) -> Result<Vec<Requirement>, StoreError> {
    let rows: Vec<Row> = conn.all(LIST, args![""]).await?;
    rows.into_iter().map(|row| opened(keys, row)).collect()
}

/// What is asked now: of everyone, or for the desk all of it.
pub async fn open_now(
    conn: &mut Conn<'_>,
    keys: &Keys,
    now: Timestamp,
    desk: bool,
) -> Result<Vec<Requirement>, StoreError> {
    let rows: Vec<Row> = conn.all(OPEN, args![now, desk]).await?;
    rows.into_iter().map(|row| opened(keys, row)).collect()
}

/// Closes it; whether it was open until now.
pub async fn close(tx: &mut Tx, id: RequirementId, by: &str) -> Result<bool, StoreError> {
    let now = tx.now();
    Ok(tx.conn().exec(CLOSE, args![id, now, by]).await? > 0)
}

/// Records that a report answers it.
pub async fn link(
    tx: &mut Tx,
    id: RequirementId,
    report: ReportId,
    by: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(LINK, args![id, report, by, now]).await.map(|_| ())
}

/// Which reports that the reader may see answer which requirement.
pub async fn answers(
    conn: &mut Conn<'_>,
    reader: Reader,
) -> Result<Vec<(RequirementId, Reference)>, StoreError> {
    let values = args!["", reader.user, reader.now, reader.police];
    let rows: Vec<(Uuid, String)> = conn.all(ANSWERS, values).await?;
    Ok(rows.into_iter().map(|(id, text)| (id.into(), Reference::from_stored(text))).collect())
}

/// How long one sender waited until a status was first told.
#[derive(Debug, Clone)]
pub struct Wait {
    /// When the report came.
    pub received_at: Timestamp,
    /// When the status was first told.
    pub told_at: Timestamp,
    /// The status.
    pub status: String,
}

/// The waits of all reports that came since an instant.
pub async fn waits(conn: &mut Conn<'_>, since: Timestamp) -> Result<Vec<Wait>, StoreError> {
    let rows: Vec<(i64, i64, String)> = conn.all(WAITS, args![since]).await?;
    let wait = |(received, told, status): (i64, i64, String)| Wait {
        received_at: instant(received),
        told_at: instant(told),
        status,
    };
    Ok(rows.into_iter().map(wait).collect())
}
