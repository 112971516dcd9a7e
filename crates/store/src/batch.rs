//! Spreadsheets brought in as intelligence reports: what is being worked on, sealed; what was brought
//! in, row by row; and undoing it.

use serde::{Serialize, de::DeserializeOwned};
use tessera_core::{
    batch::{Batch, BatchKind, BatchState},
    chance::Draw,
    ids::{AgencyId, BatchId, ReportId, UserId},
    reference::Reference,
    time::Timestamp,
};
use tessera_policy::{Actor, rules::batch::BatchFacts};
use uuid::Uuid;

use crate::{
    Conn, Keys, StoreError, Tx,
    envelope::{Place, open, seal},
    report::{change, list::Reader, rights::may_see},
    sql::{args, instant, statements},
};

statements! {
    INSERT = "INSERT INTO import_batch (id, kind, state, by_user, by_name, at, row_count, \
        rejected_count, sha256, sealed) VALUES ($1, $2, 'draft', $3, $4, $5, 0, 0, $6, $7)";
    FACTS = "SELECT id, CAST(CASE WHEN by_user = $2 THEN 1 ELSE 0 END AS BIGINT), state \
        FROM import_batch WHERE id = $1";
    LIST = "SELECT id, kind, state, by_user, by_name, at, row_count, rejected_count, sha256, \
        undone_at, undone_by, version FROM import_batch WHERE state <> 'draft' OR by_user = $1 \
        ORDER BY at DESC LIMIT 100";
    BY_ID = "SELECT id, kind, state, by_user, by_name, at, row_count, rejected_count, sha256, \
        undone_at, undone_by, version FROM import_batch WHERE id = $1";
    WORK = "SELECT id, sealed FROM import_batch WHERE id = $1";
    SAVE = "UPDATE import_batch SET sealed = $3, kind = $4, version = version + 1 WHERE id = $1 \
        AND version = $2 AND state = 'draft'";
    SENT = "UPDATE import_batch SET state = 'done', sealed = $3, row_count = $4, \
        rejected_count = $5, version = version + 1 WHERE id = $1 AND version = $2 AND state = 'draft'";
    DROP = "DELETE FROM import_batch WHERE id = $1 AND version = $2 AND state = 'draft'";
    DROP_OLD = "DELETE FROM import_batch WHERE state = 'draft' AND at < $1";
    ROW = "INSERT INTO import_row (batch_id, row_number, report_id) VALUES ($1, $2, $3)";
    REPORTS = concat!("SELECT r.reference, i.row_number FROM import_row i \
        JOIN report r ON r.id = i.report_id WHERE i.batch_id = $1 AND ", may_see!(),
        " ORDER BY i.row_number");
    BUILT_ON = "SELECT r.id, r.reference, CAST(CASE WHEN r.version > 1 \
        OR r.retracted_at IS NOT NULL \
        OR (SELECT COUNT(*) FROM report_entry e WHERE e.report_id = r.id) > 1 \
        OR EXISTS (SELECT 1 FROM report_child c WHERE c.report_id = r.id) \
        OR EXISTS (SELECT 1 FROM report_sanitised s WHERE s.report_id = r.id) \
        OR EXISTS (SELECT 1 FROM source_request q WHERE q.report_id = r.id) \
        OR EXISTS (SELECT 1 FROM report_mention m JOIN mention_link l \
            ON l.one = m.number OR l.other = m.number WHERE m.report_id = r.id) \
        THEN 1 ELSE 0 END AS BIGINT) FROM import_row i JOIN report r ON r.id = i.report_id \
        WHERE i.batch_id = $1 ORDER BY i.row_number";
    UNDONE = "UPDATE import_batch SET state = 'undone', sealed = $3, undone_at = $4, undone_by = $5, \
        version = version + 1 WHERE id = $1 AND version = $2 AND state = 'done'";
    REMOVE_KEYS = "DELETE FROM report_key WHERE report_id = $1";
    REMOVE_MENTIONS = "DELETE FROM report_mention WHERE report_id = $1";
    REMOVE_SOURCE = "DELETE FROM report_source WHERE report_id = $1";
    REMOVE_ENTRIES = "DELETE FROM report_entry WHERE report_id = $1";
    REMOVE_ROW = "DELETE FROM import_row WHERE report_id = $1";
    REMOVE = "DELETE FROM report WHERE id = $1";
    HEADINGS = "SELECT heading, means FROM import_heading WHERE agency_id = $1 AND kind = $2";
    KEEP_HEADING = "INSERT INTO import_heading (agency_id, kind, heading, means, by_name, at) \
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (agency_id, kind, heading) DO UPDATE SET \
        means = EXCLUDED.means, by_name = EXCLUDED.by_name, at = EXCLUDED.at";
}

const fn place(row: Uuid) -> Place {
    Place { column: "import_batch.sealed", row }
}

fn sealed<T: Serialize>(tx: &Tx, id: BatchId, work: &T) -> Result<Vec<u8>, StoreError> {
    let plain = serde_json::to_vec(work).map_err(|_| StoreError::Sealed)?;
    seal(&tx.keys().derive("batch"), place(id.0), &plain, tx.chance())
}

/// A batch about to begin.
pub struct NewBatch<'a> {
    /// What it lists.
    pub kind: BatchKind,
    /// Who brings it in.
    pub by: UserId,
    /// Their name.
    pub by_name: &'a str,
    /// SHA-256 (FIPS 180-4) of the file, in hexadecimal digits.
    pub sha256: &'a str,
}

/// Begins a batch with its sealed rows.
pub async fn insert<T: Serialize>(
    tx: &mut Tx,
    new: &NewBatch<'_>,
    work: &T,
) -> Result<BatchId, StoreError> {
    let now = tx.now();
    let id: BatchId = tx.chance().id(now);
    let sealed = sealed(tx, id, work)?;
    let values = args![id, new.kind.id(), new.by, new.by_name, now, new.sha256, sealed];
    tx.conn().exec(INSERT, values).await?;
    Ok(id)
}

/// What the rules must know of a batch.
pub async fn facts(
    conn: &mut Conn<'_>,
    id: BatchId,
    actor: &Actor,
) -> Result<BatchFacts, StoreError> {
    let row: Option<(Uuid, i64, String)> = conn.optional(FACTS, args![id, actor.user()]).await?;
    Ok(row.map_or_else(BatchFacts::default, |(_, own, state)| BatchFacts {
        exists: true,
        own: own != 0,
        sent: state != BatchState::Draft.id(),
    }))
}

type Row =
    (Uuid, String, String, Uuid, String, i64, i64, i64, String, Option<i64>, Option<String>, i64);

fn batch(row: Row) -> Batch {
    let (id, kind, state, by, by_name, at, rows, rejected, sha256, undone_at, undone_by, version) =
        row;
    Batch {
        id: id.into(),
        kind: BatchKind::from_id(&kind).unwrap_or(BatchKind::Reports),
        state: BatchState::from_id(&state),
        by: by.into(),
        by_name,
        at: instant(at),
        rows,
        rejected,
        sha256,
        undone: undone_at.map(|at| (undone_by.unwrap_or_default(), instant(at))),
        version,
    }
}

/// The batches that somebody of the desk may see, newest first.
pub async fn list(conn: &mut Conn<'_>, user: UserId) -> Result<Vec<Batch>, StoreError> {
    let rows: Vec<Row> = conn.all(LIST, args![user]).await?;
    Ok(rows.into_iter().map(batch).collect())
}

/// A batch.
pub async fn by_id(conn: &mut Conn<'_>, id: BatchId) -> Result<Batch, StoreError> {
    conn.one::<Row>(BY_ID, args![id]).await.map(batch)
}

/// What is sealed of a batch.
pub async fn work<T: DeserializeOwned>(
    conn: &mut Conn<'_>,
    keys: &Keys,
    id: BatchId,
) -> Result<T, StoreError> {
    let (row, sealed): (Uuid, Vec<u8>) = conn.one(WORK, args![id]).await?;
    let plain = open(&keys.derive("batch"), place(row), &sealed)?;
    serde_json::from_slice(&plain).map_err(|_| StoreError::Sealed)
}

async fn changed(
    tx: &mut Tx,
    sql: &'static str,
    values: Vec<crate::sql::Value>,
) -> Result<(), StoreError> {
    if tx.conn().exec(sql, values).await? == 0 { Err(StoreError::Conflict) } else { Ok(()) }
}

/// Keeps how its columns are named; refuses a change made on an older version.
pub async fn save<T: Serialize>(
    tx: &mut Tx,
    id: BatchId,
    seen: i64,
    kind: BatchKind,
    work: &T,
) -> Result<(), StoreError> {
    let sealed = sealed(tx, id, work)?;
    changed(tx, SAVE, args![id, seen, sealed, kind.id()]).await
}

/// Marks it as brought in.
pub async fn sent<T: Serialize>(
    tx: &mut Tx,
    id: BatchId,
    seen: i64,
    counts: (usize, usize),
    work: &T,
) -> Result<(), StoreError> {
    let sealed = sealed(tx, id, work)?;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    changed(tx, SENT, args![id, seen, sealed, count(counts.0), count(counts.1)]).await
}

/// Drops one that was not brought in.
pub async fn drop_draft(tx: &mut Tx, id: BatchId, seen: i64) -> Result<(), StoreError> {
    changed(tx, DROP, args![id, seen]).await
}

/// Drops what was begun before an instant and never brought in.
pub async fn drop_old(tx: &mut Tx, before: Timestamp) -> Result<(), StoreError> {
    tx.conn().exec(DROP_OLD, args![before]).await.map(|_| ())
}

/// Records that a row became a report.
pub async fn add_row(
    tx: &mut Tx,
    id: BatchId,
    row: u64,
    report: ReportId,
) -> Result<(), StoreError> {
    let row = i64::try_from(row).unwrap_or(i64::MAX);
    tx.conn().exec(ROW, args![id, row, report]).await.map(|_| ())
}

/// The reports of a batch that the reader may see, each with its row.
pub async fn reports(
    conn: &mut Conn<'_>,
    id: BatchId,
    reader: Reader,
) -> Result<Vec<(Reference, i64)>, StoreError> {
    let values = args![id, reader.user, reader.now, reader.police];
    let rows: Vec<(String, i64)> = conn.all(REPORTS, values).await?;
    Ok(rows.into_iter().map(|(text, row)| (Reference::from_stored(text), row)).collect())
}

/// A report of a batch, and whether somebody has built on it since.
pub type BuiltOn = (ReportId, Reference, bool);

/// Every report of a batch, and on which of them somebody has built.
pub async fn built_on(conn: &mut Conn<'_>, id: BatchId) -> Result<Vec<BuiltOn>, StoreError> {
    let rows: Vec<(Uuid, String, i64)> = conn.all(BUILT_ON, args![id]).await?;
    let row = |(id, text, built): (Uuid, String, i64)| {
        (id.into(), Reference::from_stored(text), built != 0)
    };
    Ok(rows.into_iter().map(row).collect())
}

/// Marks it as undone.
pub async fn undone<T: Serialize>(
    tx: &mut Tx,
    id: BatchId,
    seen: i64,
    by: &str,
    work: &T,
) -> Result<(), StoreError> {
    let now = tx.now();
    let sealed = sealed(tx, id, work)?;
    changed(tx, UNDONE, args![id, seen, sealed, now, by]).await
}

/// Takes away a report that nobody has built on, with all that belongs to it.
pub async fn remove(tx: &mut Tx, report: ReportId) -> Result<(), StoreError> {
    for sql in [REMOVE_KEYS, REMOVE_MENTIONS, REMOVE_SOURCE, REMOVE_ENTRIES, REMOVE_ROW, REMOVE] {
        tx.conn().exec(sql, args![report]).await?;
    }
    change::note(tx, report).await
}

/// How an agency names its columns: headings with what they mean.
pub async fn headings(
    conn: &mut Conn<'_>,
    agency: AgencyId,
    kind: BatchKind,
) -> Result<Vec<(String, String)>, StoreError> {
    conn.all(HEADINGS, args![agency, kind.id()]).await
}

/// Keeps how an agency names a column.
pub async fn keep_heading(
    tx: &mut Tx,
    agency: AgencyId,
    kind: BatchKind,
    heading: (&str, &str),
    by: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    let values = args![agency, kind.id(), heading.0, heading.1, by, now];
    tx.conn().exec(KEEP_HEADING, values).await.map(|_| ())
}
