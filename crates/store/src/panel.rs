//! Children put forward for the panel: the route `panel` of a concern, once for each child in it, with
//! what was decided about them.

use tessera_core::{
    ids::{ChildId, ConcernChildId, ConcernId, UserId},
    reference::Reference,
    time::Timestamp,
};
use uuid::Uuid;

use crate::{
    Conn, StoreError, Tx,
    concern::rights::hub_may_see,
    sql::{args, instant, statements},
};

/// The children of concerns on the panel's list that person $2 may see at $3; a condition follows.
macro_rules! listed {
    () => {
        concat!(
            "SELECT cc.id, cc.name, c.id AS concern, c.reference, \
             (SELECT f.reference FROM child f WHERE f.id = cc.child_id) AS file, \
             p.reason, p.by_name, p.at, \
             (SELECT s.level FROM screening s WHERE s.concern_id = c.id \
              ORDER BY s.submitted_at DESC LIMIT 1) AS level, \
             (SELECT d.verdict FROM panel_decision d WHERE d.concern_child_id = cc.id \
              ORDER BY d.id DESC LIMIT 1) AS verdict \
             FROM concern_route p JOIN concern c ON c.id = p.concern_id \
             JOIN concern_child cc ON cc.concern_id = c.id \
             WHERE p.route = 'panel' AND p.id = (SELECT MIN(o.id) FROM concern_route o \
              WHERE o.concern_id = c.id AND o.route = 'panel') AND ",
            hub_may_see!()
        )
    };
}

statements! {
    ALL = concat!(listed!(), " AND $1 = '' ORDER BY p.at DESC, cc.position LIMIT 300");
    OF_CONCERN = concat!(listed!(), " AND c.id = $1 ORDER BY cc.position");
    OF_CHILD = concat!(listed!(), " AND cc.child_id = $1 ORDER BY p.at DESC");
    DECISIONS = "SELECT verdict, reason, by_name, at FROM panel_decision \
        WHERE concern_child_id = $1 ORDER BY id DESC";
    COUNT = "SELECT CAST(COUNT(*) AS BIGINT) FROM panel_decision WHERE concern_child_id = $1";
    DECIDE = "INSERT INTO panel_decision (concern_child_id, verdict, reason, by_user, by_name, at) \
        VALUES ($1, $2, $3, $4, $5, $6)";
}

/// A child put forward for the panel.
#[derive(Debug, Clone)]
pub struct Listing {
    /// The child as named in the concern.
    pub child: ConcernChildId,
    /// The name as told; empty when nobody knows it.
    pub name: String,
    /// The concern.
    pub concern: ConcernId,
    /// Its reference.
    pub reference: Reference,
    /// The child's file, once it was joined to one.
    pub file: Option<Reference>,
    /// Why the child was put forward.
    pub reason: String,
    /// By whom.
    pub by_name: String,
    /// When.
    pub at: Timestamp,
    /// The level of the newest screening of the concern, by its id; nothing without one.
    pub level: Option<String>,
    /// `accepted` or `declined`; nothing while nobody decided.
    pub verdict: Option<String>,
}

/// A decision about a child on the list.
#[derive(Debug, Clone)]
pub struct Decision {
    /// `accepted` or `declined`.
    pub verdict: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by_name: String,
    /// When.
    pub at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    concern: Uuid,
    reference: String,
    file: Option<String>,
    reason: String,
    by_name: String,
    at: i64,
    level: Option<String>,
    verdict: Option<String>,
}

impl From<Row> for Listing {
    fn from(row: Row) -> Self {
        Self {
            child: row.id.into(),
            name: row.name,
            concern: row.concern.into(),
            reference: Reference::from_stored(row.reference),
            file: row.file.map(Reference::from_stored),
            reason: row.reason,
            by_name: row.by_name,
            at: instant(row.at),
            level: row.level,
            verdict: row.verdict,
        }
    }
}

/// The whole list, newest first, without what is hidden from the reader.
pub async fn all(
    conn: &mut Conn<'_>,
    reader: UserId,
    now: Timestamp,
) -> Result<Vec<Listing>, StoreError> {
    let rows: Vec<Row> = conn.all(ALL, args!["", reader, now]).await?;
    Ok(rows.into_iter().map(Listing::from).collect())
}

/// The children of one concern on the list; none where it is not on it.
pub async fn of_concern(
    conn: &mut Conn<'_>,
    concern: ConcernId,
    reader: UserId,
    now: Timestamp,
) -> Result<Vec<Listing>, StoreError> {
    let rows: Vec<Row> = conn.all(OF_CONCERN, args![concern, reader, now]).await?;
    Ok(rows.into_iter().map(Listing::from).collect())
}

/// How often the child of a file was put forward.
pub async fn of_child(
    conn: &mut Conn<'_>,
    child: ChildId,
    reader: UserId,
    now: Timestamp,
) -> Result<Vec<Listing>, StoreError> {
    let rows: Vec<Row> = conn.all(OF_CHILD, args![child, reader, now]).await?;
    Ok(rows.into_iter().map(Listing::from).collect())
}

/// What was decided about a child on the list, newest first.
pub async fn decisions(
    conn: &mut Conn<'_>,
    child: ConcernChildId,
) -> Result<Vec<Decision>, StoreError> {
    let rows: Vec<(String, String, String, i64)> = conn.all(DECISIONS, args![child]).await?;
    let decision =
        |(verdict, reason, by_name, at)| Decision { verdict, reason, by_name, at: instant(at) };
    Ok(rows.into_iter().map(decision).collect())
}

/// Records a decision, unless there are no longer `seen` of them.
pub async fn decide(
    tx: &mut Tx,
    child: ConcernChildId,
    seen: i64,
    new: &Decision,
    by: UserId,
) -> Result<(), StoreError> {
    if tx.conn().count(COUNT, args![child]).await? != seen {
        return Err(StoreError::Conflict);
    }
    let now = tx.now();
    let values = args![child, &new.verdict, &new.reason, by, &new.by_name, now];
    tx.conn().exec(DECIDE, values).await.map(|_| ())
}
