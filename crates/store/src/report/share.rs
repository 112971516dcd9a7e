//! Sanitised versions, and whom they were given to.

use serde::{Deserialize, Serialize};
use tessera_core::{
    chance::Draw,
    ids::{ReportId, ShareId, UserId},
    reference::Reference,
    time::Timestamp,
};
use uuid::Uuid;

use crate::{
    Conn, Keys, StoreError, Tx,
    report::{
        insert::{open_part, seal_part},
        rights::excludes,
    },
    sql::{args, instant, statements},
};

statements! {
    SANITISE = "INSERT INTO report_sanitised (report_id, sealed, by_name, at) \
        VALUES ($1, $2, $3, $4)";
    SANITISED = "SELECT id, report_id, sealed, by_name, at FROM report_sanitised \
        WHERE report_id = $1 ORDER BY id";
    SHARE = "INSERT INTO report_share (id, report_id, sanitised, user_id, sealed, by_name, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    ACKNOWLEDGE = "UPDATE report_share SET acknowledged_at = $2 WHERE id = $1 \
        AND acknowledged_at IS NULL";
    OF_REPORT = "SELECT s.id, s.report_id, s.sealed, s.by_name, s.at, s.acknowledged_at, u.name, \
        r.reference, r.retracted_at, v.sealed AS words FROM report_share s \
        JOIN user_account u ON u.id = s.user_id JOIN report r ON r.id = s.report_id \
        JOIN report_sanitised v ON v.id = s.sanitised WHERE s.report_id = $1 ORDER BY s.at";
    OF_USER = concat!("SELECT s.id, s.report_id, s.sealed, s.by_name, s.at, s.acknowledged_at, u.name, \
        r.reference, r.retracted_at, v.sealed AS words FROM report_share s \
        JOIN user_account u ON u.id = s.user_id JOIN report r ON r.id = s.report_id \
        JOIN report_sanitised v ON v.id = s.sanitised WHERE $1 = '' AND s.user_id = $2 \
        AND NOT ", excludes!(), " ORDER BY s.at DESC LIMIT 100");
    BY_ID = "SELECT s.id, s.report_id, s.sealed, s.by_name, s.at, s.acknowledged_at, u.name, \
        r.reference, r.retracted_at, v.sealed AS words FROM report_share s \
        JOIN user_account u ON u.id = s.user_id JOIN report r ON r.id = s.report_id \
        JOIN report_sanitised v ON v.id = s.sanitised WHERE s.id = $1";
}

/// A version that others may read.
#[derive(Debug, Clone)]
pub struct Sanitised {
    /// Its number.
    pub id: i64,
    /// Its words.
    pub words: String,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Why and under which conditions something was shared.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Terms {
    /// Why this person must know.
    pub purpose: String,
    /// The grade at that time, with its conditions, in words.
    pub grade: String,
}

/// Something shared with a named person.
#[derive(Debug, Clone)]
pub struct Share {
    /// Its id.
    pub id: ShareId,
    /// The report.
    pub report: ReportId,
    /// Its reference.
    pub reference: Reference,
    /// Why and how.
    pub terms: Terms,
    /// What was shared.
    pub words: String,
    /// Who shared it.
    pub by: String,
    /// With whom.
    pub with: String,
    /// When.
    pub at: Timestamp,
    /// When they said that they have it.
    pub acknowledged_at: Option<Timestamp>,
    /// When the report was taken back.
    pub retracted_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    report_id: Uuid,
    sealed: Vec<u8>,
    by_name: String,
    at: i64,
    acknowledged_at: Option<i64>,
    name: String,
    reference: String,
    retracted_at: Option<i64>,
    words: Vec<u8>,
}

impl Row {
    fn open(self, keys: &Keys) -> Result<Share, StoreError> {
        Ok(Share {
            id: self.id.into(),
            report: self.report_id.into(),
            reference: Reference::from_stored(self.reference),
            terms: open_part(keys, self.report_id, &self.sealed)?,
            words: open_part(keys, self.report_id, &self.words)?,
            by: self.by_name,
            with: self.name,
            at: instant(self.at),
            acknowledged_at: self.acknowledged_at.map(instant),
            retracted_at: self.retracted_at.map(instant),
        })
    }
}

/// Keeps a sanitised version.
pub async fn sanitise(
    tx: &mut Tx,
    report: ReportId,
    words: &str,
    by: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    let sealed = seal_part(tx, report, &words)?;
    tx.conn().exec(SANITISE, args![report, sealed, by, now]).await.map(|_| ())
}

/// The sanitised versions of a report, oldest first.
pub async fn sanitised(
    conn: &mut Conn<'_>,
    keys: &Keys,
    report: ReportId,
) -> Result<Vec<Sanitised>, StoreError> {
    type Row = (i64, Uuid, Vec<u8>, String, i64);
    let rows: Vec<Row> = conn.all(SANITISED, args![report]).await?;
    let version = |(id, report, sealed, by, at): Row| {
        Ok(Sanitised { id, words: open_part(keys, report, &sealed)?, by, at: instant(at) })
    };
    rows.into_iter().map(version).collect()
}

/// Shares a sanitised version with a named person.
pub async fn share(
    tx: &mut Tx,
    report: ReportId,
    sanitised: i64,
    with: UserId,
    terms: &Terms,
    by: &str,
) -> Result<ShareId, StoreError> {
    let now = tx.now();
    let id: ShareId = tx.chance().id(now);
    let sealed = seal_part(tx, report, terms)?;
    tx.conn().exec(SHARE, args![id, report, sanitised, with, sealed, by, now]).await?;
    Ok(id)
}

/// Records that the recipient has it.
pub async fn acknowledge(tx: &mut Tx, id: ShareId) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(ACKNOWLEDGE, args![id, now]).await.map(|_| ())
}

/// Whom a report was shared with.
pub async fn of_report(
    conn: &mut Conn<'_>,
    keys: &Keys,
    report: ReportId,
) -> Result<Vec<Share>, StoreError> {
    let rows: Vec<Row> = conn.all(OF_REPORT, args![report]).await?;
    rows.into_iter().map(|row| row.open(keys)).collect()
}

/// What was shared with a person, newest first.
pub async fn of_user(
    conn: &mut Conn<'_>,
    keys: &Keys,
    user: UserId,
) -> Result<Vec<Share>, StoreError> {
    let rows: Vec<Row> = conn.all(OF_USER, args!["", user]).await?;
    rows.into_iter().map(|row| row.open(keys)).collect()
}

/// Something shared.
pub async fn by_id(conn: &mut Conn<'_>, keys: &Keys, id: ShareId) -> Result<Share, StoreError> {
    conn.one::<Row>(BY_ID, args![id]).await?.open(keys)
}
