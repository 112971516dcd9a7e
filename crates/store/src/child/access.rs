//! Named people, excluded people, emergency openings, reasons given, and files to reconcile.

use tessera_core::{
    ids::{ChildId, UserId},
    time::{SignedDuration, Timestamp},
};
use uuid::Uuid;

use crate::{
    Conn, StoreError, Tx,
    sql::{args, instant, statements},
};

/// A reason to open a file outside one's own work holds this long.
pub const REASON_HOLDS: SignedDuration = SignedDuration::from_hours(12);
/// An emergency opening of a restricted file holds this long.
pub const EMERGENCY_HOLDS: SignedDuration = SignedDuration::from_hours(4);

statements! {
    RESTRICT = "UPDATE child SET restricted = $2 WHERE id = $1";
    ADD = "INSERT INTO child_access (child_id, user_id, kind, reason, by_name, at, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    END = "UPDATE child_access SET ended_at = $4 WHERE child_id = $1 AND user_id = $2 AND kind = $3 \
        AND ended_at IS NULL";
    OF_CHILD = "SELECT x.user_id, u.name, a.name, x.kind, x.reason, x.by_name, x.at, x.expires_at \
        FROM child_access x JOIN user_account u ON u.id = x.user_id \
        JOIN agency a ON a.id = u.agency_id WHERE x.child_id = $1 AND x.ended_at IS NULL \
        ORDER BY x.kind, u.name";
    GIVE_REASON = "INSERT INTO child_reason (child_id, user_id, reason, at, expires_at) \
        VALUES ($1, $2, $3, $4, $5)";
    TO_REVIEW = "SELECT x.id, f.reference, u.name, x.reason, x.at FROM child_access x \
        JOIN child f ON f.id = x.child_id JOIN user_account u ON u.id = x.user_id \
        WHERE x.kind = 'emergency' AND x.reviewed_at IS NULL AND x.user_id <> $1 \
        AND NOT EXISTS (SELECT 1 FROM child_access e WHERE e.child_id = x.child_id \
            AND e.user_id = $1 AND e.kind = 'excluded' AND e.ended_at IS NULL) ORDER BY x.at";
    REVIEW = "UPDATE child_access SET reviewed_at = $2, reviewed_by = $3, review = $4 \
        WHERE id = $1 AND kind = 'emergency' AND reviewed_at IS NULL AND user_id <> $5";
    ADD_RECONCILIATION = "INSERT INTO reconciliation (new_child_id, old_child_id, why, at) \
        VALUES ($1, $2, $3, $4)";
    RECONCILIATIONS = "SELECT r.id, n.reference, o.reference, r.why, r.at FROM reconciliation r \
        JOIN child n ON n.id = r.new_child_id JOIN child o ON o.id = r.old_child_id \
        WHERE r.settled_at IS NULL AND NOT EXISTS (SELECT 1 FROM child_access e \
            WHERE e.child_id IN (r.new_child_id, r.old_child_id) AND e.user_id = $1 \
            AND e.kind = 'excluded' AND e.ended_at IS NULL) ORDER BY r.at";
    SETTLE = "UPDATE reconciliation SET settled_at = $2, settled_by = $3, verdict = $4, reason = $5 \
        WHERE id = $1 AND settled_at IS NULL";
    WORKERS = "SELECT DISTINCT i.user_id FROM child_involvement i JOIN child f ON f.id = i.child_id \
        WHERE f.id = $1 AND i.user_id IS NOT NULL AND i.until IS NULL AND i.user_id <> $2 \
        AND NOT EXISTS (SELECT 1 FROM child_access x WHERE x.child_id = f.id \
            AND x.user_id = i.user_id AND x.kind = 'excluded' AND x.ended_at IS NULL) \
        AND (f.restricted = 0 OR EXISTS (SELECT 1 FROM child_access x WHERE x.child_id = f.id \
            AND x.user_id = i.user_id AND x.kind IN ('named', 'emergency') \
            AND x.ended_at IS NULL AND (x.expires_at IS NULL OR x.expires_at > $3)))";
    EXCLUDED = "SELECT CAST(COUNT(*) AS BIGINT) FROM child_access WHERE child_id = $1 \
        AND user_id = $2 AND kind = 'excluded' AND ended_at IS NULL";
}

/// What an access row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// May see a restricted file.
    Named,
    /// Must never see the file.
    Excluded,
    /// Opened it in an emergency.
    Emergency,
}

impl Kind {
    /// As stored.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Excluded => "excluded",
            Self::Emergency => "emergency",
        }
    }
}

/// One person's access to one file.
#[derive(Debug, Clone)]
pub struct Access {
    /// The person.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// Their agency.
    pub agency: String,
    /// `named`, `excluded` or `emergency`.
    pub kind: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Until when.
    pub until: Option<Timestamp>,
}

/// Restricts a file to named people, or opens it again.
pub async fn set_restricted(tx: &mut Tx, child: ChildId, on: bool) -> Result<(), StoreError> {
    tx.conn().exec(RESTRICT, args![child, on]).await.map(|_| ())
}

/// Adds a row of access.
pub async fn add(
    tx: &mut Tx,
    child: ChildId,
    user: UserId,
    kind: Kind,
    reason: &str,
    by: &str,
    until: Option<Timestamp>,
) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(END, args![child, user, kind.id(), now]).await?;
    tx.conn().exec(ADD, args![child, user, kind.id(), reason, by, now, until]).await.map(|_| ())
}

/// Ends a row of access.
pub async fn end(tx: &mut Tx, child: ChildId, user: UserId, kind: Kind) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(END, args![child, user, kind.id(), now]).await.map(|_| ())
}

/// Everyone named on, excluded from, or in by emergency.
pub async fn of_child(conn: &mut Conn<'_>, child: ChildId) -> Result<Vec<Access>, StoreError> {
    type Row = (Uuid, String, String, String, String, String, i64, Option<i64>);
    let rows: Vec<Row> = conn.all(OF_CHILD, args![child]).await?;
    let access = |(user, name, agency, kind, reason, by, at, until): Row| Access {
        user: user.into(),
        name,
        agency,
        kind,
        reason,
        by,
        at: instant(at),
        until: until.map(instant),
    };
    Ok(rows.into_iter().map(access).collect())
}

/// Remembers the reason somebody gave.
pub async fn give_reason(
    tx: &mut Tx,
    child: ChildId,
    user: UserId,
    reason: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    let values = args![child, user, reason, now, now + REASON_HOLDS];
    tx.conn().exec(GIVE_REASON, values).await.map(|_| ())
}

/// An emergency opening that nobody has reviewed.
#[derive(Debug, Clone)]
pub struct Opening {
    /// Its number.
    pub id: i64,
    /// The file.
    pub child: Reference,
    /// Who opened it.
    pub name: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

use tessera_core::reference::Reference;

/// Emergency openings to review; nobody reviews their own.
pub async fn to_review(conn: &mut Conn<'_>, reviewer: UserId) -> Result<Vec<Opening>, StoreError> {
    let rows: Vec<(i64, String, String, String, i64)> =
        conn.all(TO_REVIEW, args![reviewer]).await?;
    Ok(rows
        .into_iter()
        .map(|(id, child, name, reason, at)| Opening {
            id,
            child: Reference::from_stored(child),
            name,
            reason,
            at: instant(at),
        })
        .collect())
}

/// Records a review.
pub async fn review(
    tx: &mut Tx,
    id: i64,
    words: &str,
    by: UserId,
    by_name: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    let done = tx.conn().exec(REVIEW, args![id, now, by_name, words, by]).await?;
    if done == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

/// Two files that may be for one child.
#[derive(Debug, Clone)]
pub struct Reconciliation {
    /// Its number.
    pub id: i64,
    /// The new file.
    pub new: Reference,
    /// The earlier file.
    pub old: Reference,
    /// Why they may belong together.
    pub why: String,
    /// When it was noticed.
    pub at: Timestamp,
}

/// Notes that a new file may be for a child who has one that its creator may not see.
pub async fn add_reconciliation(
    tx: &mut Tx,
    new: ChildId,
    old: ChildId,
    why: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(ADD_RECONCILIATION, args![new, old, why, now]).await.map(|_| ())
}

/// What waits for a steward.
pub async fn reconciliations(
    conn: &mut Conn<'_>,
    steward: UserId,
) -> Result<Vec<Reconciliation>, StoreError> {
    let rows: Vec<(i64, String, String, String, i64)> =
        conn.all(RECONCILIATIONS, args![steward]).await?;
    Ok(rows
        .into_iter()
        .map(|(id, new, old, why, at)| Reconciliation {
            id,
            new: Reference::from_stored(new),
            old: Reference::from_stored(old),
            why,
            at: instant(at),
        })
        .collect())
}

/// A steward's verdict: `same` or `different`, with a reason.
pub async fn settle(
    tx: &mut Tx,
    id: i64,
    verdict: &str,
    reason: &str,
    by: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    let done = tx.conn().exec(SETTLE, args![id, now, by, verdict, reason]).await?;
    if done == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

/// The workers of a child who may see its file, but for one person: who is told when someone from
/// outside opens it.
pub async fn workers(
    conn: &mut Conn<'_>,
    child: ChildId,
    except: UserId,
    now: Timestamp,
) -> Result<Vec<UserId>, StoreError> {
    let rows: Vec<(Uuid,)> = conn.all(WORKERS, args![child, except, now]).await?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

/// Whether a person must never see a file.
pub async fn is_excluded(
    conn: &mut Conn<'_>,
    child: ChildId,
    person: UserId,
) -> Result<bool, StoreError> {
    Ok(conn.count(EXCLUDED, args![child, person]).await? > 0)
}
