//! Jobs: rows written in the same transaction as the change that wants them, leased by one worker
//! at a time, tried again when they fail for a reason that may pass.

use tessera_core::{
    chance::Draw,
    ids::JobId,
    time::{SignedDuration, Timestamp},
};
use uuid::Uuid;

use crate::{
    Db, Dialect, StoreError, Tx,
    sql::{args, statements},
};

/// How long a worker may take before another may try.
const LEASE: SignedDuration = SignedDuration::from_mins(2);
/// After so many tries a job is given up and shown to the operator.
const MOST_ATTEMPTS: i64 = 8;

statements! {
    INSERT = "INSERT INTO job (id, kind, subject, due_at) VALUES ($1, $2, $3, $4)";
    TAKE_LITE = "UPDATE job SET leased_until = $2, attempts = attempts + 1 WHERE id = ( \
        SELECT id FROM job WHERE done_at IS NULL AND failed_at IS NULL AND due_at <= $1 \
        AND (leased_until IS NULL OR leased_until < $1) ORDER BY due_at LIMIT 1) \
        RETURNING id, kind, subject, attempts";
    TAKE_PG = "UPDATE job SET leased_until = $2, attempts = attempts + 1 WHERE id = ( \
        SELECT id FROM job WHERE done_at IS NULL AND failed_at IS NULL AND due_at <= $1 \
        AND (leased_until IS NULL OR leased_until < $1) ORDER BY due_at LIMIT 1 \
        FOR UPDATE SKIP LOCKED) RETURNING id, kind, subject, attempts";
    DONE = "UPDATE job SET done_at = $2, error = NULL WHERE id = $1";
    AGAIN = "UPDATE job SET leased_until = NULL, due_at = $2, error = $3 WHERE id = $1";
    FAILED = "UPDATE job SET failed_at = $2, error = $3 WHERE id = $1";
    WAITING = "SELECT CAST(COUNT(*) AS BIGINT) FROM job \
        WHERE done_at IS NULL AND failed_at IS NULL AND due_at <= $1";
    GIVEN_UP = "SELECT CAST(COUNT(*) AS BIGINT) FROM job WHERE failed_at IS NOT NULL";
}

/// A job taken to be worked on.
#[derive(Debug, Clone)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// What to do.
    pub kind: String,
    /// To which record.
    pub subject: Option<Uuid>,
    /// Which try this is.
    pub attempts: i64,
}

/// How a job's try ended.
#[derive(Debug)]
pub enum Ended {
    /// Done.
    Done,
    /// The reason may pass: try later.
    Retry(String),
    /// It cannot succeed: give up.
    GiveUp(String),
}

/// Puts a job in line.
pub async fn enqueue(
    tx: &mut Tx,
    kind: &str,
    subject: Option<Uuid>,
    due_at: Timestamp,
) -> Result<(), StoreError> {
    let id: JobId = tx.chance().id(tx.now());
    tx.conn().exec(INSERT, args![id, kind, subject, due_at]).await.map(|_| ())
}

/// Takes the next job that is due.
pub async fn take(db: &Db) -> Result<Option<Job>, StoreError> {
    if waiting(db).await? == 0 {
        return Ok(None);
    }
    db.write_unaudited(|tx| {
        Box::pin(async move {
            type Row = (Uuid, String, Option<Uuid>, i64);
            let now = tx.now();
            let sql = match tx.conn().dialect() {
                Dialect::Lite => TAKE_LITE,
                Dialect::Pg => TAKE_PG,
            };
            let row: Option<Row> = tx.conn().optional(sql, args![now, now + LEASE]).await?;
            Ok(row.map(|(id, kind, subject, attempts)| Job {
                id: id.into(),
                kind,
                subject,
                attempts,
            }))
        })
    })
    .await
}

/// Writes down how a try ended.
pub async fn finish(db: &Db, job: Job, ended: Ended) -> Result<(), StoreError> {
    db.write_unaudited(move |tx| {
        Box::pin(async move {
            let now = tx.now();
            let (sql, values) = match ended {
                Ended::Done => (DONE, args![job.id, now]),
                Ended::Retry(error) if job.attempts < MOST_ATTEMPTS => {
                    let wait = SignedDuration::from_secs(1 << job.attempts.clamp(0, 10));
                    (AGAIN, args![job.id, now + wait, error])
                }
                Ended::Retry(error) | Ended::GiveUp(error) => (FAILED, args![job.id, now, error]),
            };
            tx.conn().exec(sql, values).await.map(|_| ())
        })
    })
    .await
}

/// How many jobs are due and not done.
pub async fn waiting(db: &Db) -> Result<i64, StoreError> {
    db.read().await?.conn().count(WAITING, args![db.now()]).await
}

/// How many jobs were given up.
pub async fn given_up(db: &Db) -> Result<i64, StoreError> {
    db.read().await?.conn().count(GIVEN_UP, vec![]).await
}
