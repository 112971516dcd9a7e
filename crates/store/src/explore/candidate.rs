//! Candidates for group-based exploitation: what each rests on, to whom it was put, what they
//! decided.

use serde::{Deserialize, Serialize};
use tessera_core::{
    chance::Draw,
    ids::{CandidateId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{
    Conn, Keys, StoreError, Tx,
    explore::{open_json, seal_json},
    sql::{args, instant, statements},
};

statements! {
    INSERT = "INSERT INTO candidate (id, sealed, put_to, put_to_name, put_by, put_at, definition) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    ALL = "SELECT id, sealed, put_to, put_to_name, put_by, put_at, definition, verdict, reason, \
        decided_by, decided_at FROM candidate ORDER BY put_at DESC";
    DECIDE = "UPDATE candidate SET verdict = $2, reason = $3, decided_by = $4, decided_at = $5 \
        WHERE id = $1 AND verdict IS NULL";
}

/// What a candidate rests on.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RestsOn {
    /// What it is called.
    pub title: String,
    /// A mention of what holds it together.
    pub mention: i64,
    /// The numbers of its reports.
    pub reports: Vec<i64>,
    /// Why it was put.
    pub why: String,
}

/// A candidate.
#[derive(Clone)]
pub struct Candidate {
    /// Its id.
    pub id: CandidateId,
    /// What it rests on.
    pub rests_on: RestsOn,
    /// To whom it was put.
    pub put_to: UserId,
    /// Their name.
    pub put_to_name: String,
    /// By whom.
    pub put_by: String,
    /// When.
    pub put_at: Timestamp,
    /// The version of the definition that was shown.
    pub definition: String,
    /// What was decided, by whom, when and why.
    pub decided: Option<Decided>,
}

/// A decision.
#[derive(Debug, Clone)]
pub struct Decided {
    /// `meets`, `does_not` or `not_known`.
    pub verdict: String,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    sealed: Vec<u8>,
    put_to: Uuid,
    put_to_name: String,
    put_by: String,
    put_at: i64,
    definition: String,
    verdict: Option<String>,
    reason: Option<Vec<u8>>,
    decided_by: Option<String>,
    decided_at: Option<i64>,
}

impl Row {
    fn open(self, keys: &Keys) -> Result<Candidate, StoreError> {
        let decided = match (self.verdict, self.reason, self.decided_by, self.decided_at) {
            (Some(verdict), Some(reason), Some(by), Some(at)) => Some(Decided {
                verdict,
                reason: open_json(keys, self.id, &reason)?,
                by,
                at: instant(at),
            }),
            _ => None,
        };
        Ok(Candidate {
            id: self.id.into(),
            rests_on: open_json(keys, self.id, &self.sealed)?,
            put_to: self.put_to.into(),
            put_to_name: self.put_to_name,
            put_by: self.put_by,
            put_at: instant(self.put_at),
            definition: self.definition,
            decided,
        })
    }
}

/// Puts a candidate to a person; its id.
pub async fn put(
    tx: &mut Tx,
    rests_on: &RestsOn,
    to: (UserId, &str),
    by: &str,
    definition: &str,
) -> Result<CandidateId, StoreError> {
    let now = tx.now();
    let id: CandidateId = tx.chance().id(now);
    let sealed = seal_json(tx, id.0, rests_on)?;
    tx.conn().exec(INSERT, args![id, sealed, to.0, to.1, by, now, definition]).await?;
    Ok(id)
}

/// Every candidate, newest first.
pub async fn all(conn: &mut Conn<'_>, keys: &Keys) -> Result<Vec<Candidate>, StoreError> {
    let rows: Vec<Row> = conn.all(ALL, vec![]).await?;
    rows.into_iter().map(|row| row.open(keys)).collect()
}

/// Keeps a decision; false when there is one.
pub async fn decide(
    tx: &mut Tx,
    id: CandidateId,
    verdict: &str,
    reason: &str,
    by: &str,
) -> Result<bool, StoreError> {
    let now = tx.now();
    let reason = seal_json(tx, id.0, &reason)?;
    Ok(tx.conn().exec(DECIDE, args![id, verdict, reason, by, now]).await? > 0)
}
