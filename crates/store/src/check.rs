//! Partner checks.

use tessera_core::{
    check::{Answer, PartnerCheck},
    ids::{AgencyId, CheckId, ConcernChildId, ConcernId, UserId},
    time::Timestamp,
};
use tessera_policy::rules::check::CheckFacts;
use uuid::Uuid;

use crate::{
    Conn, StoreError, Tx,
    sql::{args, instant, statements},
};

macro_rules! columns {
    () => {
        "p.id, p.concern_id, p.concern_child_id, c.name AS child_name, \
         COALESCE(c.born, '') AS child_born, p.agency_id, a.name AS agency_name, p.question, \
         p.asked_by, p.asked_at, p.due_at, p.answer, p.held, p.reason, p.answered_by, \
         p.answered_at, p.escalated_at FROM partner_check p \
         JOIN concern_child c ON c.id = p.concern_child_id JOIN agency a ON a.id = p.agency_id "
    };
}

statements! {
    INSERT = "INSERT INTO partner_check (id, concern_id, concern_child_id, agency_id, question, \
        asked_by, asked_at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    OF_CONCERN = concat!("SELECT ", columns!(), "WHERE p.concern_id = $1 ORDER BY p.asked_at");
    BY_ID = concat!("SELECT ", columns!(), "WHERE p.id = $1");
    // What the asked agency may list: never about a child whose file excludes the reader.
    OF_AGENCY = concat!("SELECT ", columns!(), "WHERE p.agency_id = $1 AND NOT EXISTS ( \
        SELECT 1 FROM child_access x WHERE x.child_id = c.child_id AND x.user_id = $2 \
        AND x.kind = 'excluded' AND x.ended_at IS NULL) \
        ORDER BY CASE WHEN p.answered_at IS NULL THEN 0 ELSE 1 END, p.due_at LIMIT 200");
    RIGHTS = "SELECT CAST(CASE WHEN p.agency_id = $2 THEN 1 ELSE 0 END AS BIGINT), \
        CAST(CASE WHEN EXISTS (SELECT 1 FROM child_access x WHERE x.child_id = c.child_id \
        AND x.user_id = $3 AND x.kind = 'excluded' AND x.ended_at IS NULL) THEN 1 ELSE 0 END \
        AS BIGINT) FROM partner_check p JOIN concern_child c ON c.id = p.concern_child_id \
        WHERE p.id = $1";
    ANSWER = "UPDATE partner_check SET answer = $2, held = $3, reason = $4, answered_by = $5, \
        answered_at = $6 WHERE id = $1 AND answered_at IS NULL";
    ESCALATE = "UPDATE partner_check SET escalated_at = $2 \
        WHERE id = $1 AND answered_at IS NULL AND escalated_at IS NULL";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    concern_id: Uuid,
    concern_child_id: Uuid,
    child_name: String,
    child_born: String,
    agency_id: Uuid,
    agency_name: String,
    question: String,
    asked_by: String,
    asked_at: i64,
    due_at: i64,
    answer: Option<String>,
    held: Option<String>,
    reason: Option<String>,
    answered_by: Option<String>,
    answered_at: Option<i64>,
    escalated_at: Option<i64>,
}

impl From<Row> for PartnerCheck {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.into(),
            concern: row.concern_id.into(),
            child: row.concern_child_id.into(),
            child_name: row.child_name,
            child_born: row.child_born,
            agency: row.agency_id.into(),
            agency_name: row.agency_name,
            question: row.question,
            asked_by: row.asked_by,
            asked_at: instant(row.asked_at),
            due_at: instant(row.due_at),
            answer: row.answer.as_deref().and_then(Answer::from_id),
            held: row.held,
            reason: row.reason,
            answered_by: row.answered_by,
            answered_at: row.answered_at.map(instant),
            escalated_at: row.escalated_at.map(instant),
        }
    }
}

/// A request to be sent.
pub struct NewCheck<'a> {
    /// Its id.
    pub id: CheckId,
    /// The concern.
    pub concern: ConcernId,
    /// The child.
    pub child: ConcernChildId,
    /// The agency asked.
    pub agency: AgencyId,
    /// What is asked and on what basis.
    pub question: &'a str,
    /// Who asks.
    pub asked_by: &'a str,
    /// When an answer is due.
    pub due_at: Timestamp,
}

/// Sends a request.
pub async fn insert(tx: &mut Tx, new: &NewCheck<'_>) -> Result<(), StoreError> {
    let now = tx.now();
    let values = args![
        new.id,
        new.concern,
        new.child,
        new.agency,
        new.question,
        new.asked_by,
        now,
        new.due_at
    ];
    tx.conn().exec(INSERT, values).await.map(|_| ())
}

/// The checks of a concern.
pub async fn of_concern(
    conn: &mut Conn<'_>,
    concern: ConcernId,
) -> Result<Vec<PartnerCheck>, StoreError> {
    let rows: Vec<Row> = conn.all(OF_CONCERN, args![concern]).await?;
    Ok(rows.into_iter().map(PartnerCheck::from).collect())
}

/// The checks an agency was asked for, unanswered first.
pub async fn of_agency(
    conn: &mut Conn<'_>,
    agency: AgencyId,
    reader: UserId,
) -> Result<Vec<PartnerCheck>, StoreError> {
    let rows: Vec<Row> = conn.all(OF_AGENCY, args![agency, reader]).await?;
    Ok(rows.into_iter().map(PartnerCheck::from).collect())
}

/// One check.
pub async fn by_id(conn: &mut Conn<'_>, id: CheckId) -> Result<Option<PartnerCheck>, StoreError> {
    Ok(conn.optional::<Row>(BY_ID, args![id]).await?.map(PartnerCheck::from))
}

/// What the rules must know of a check and a person.
pub async fn facts(
    conn: &mut Conn<'_>,
    id: CheckId,
    agency: Option<AgencyId>,
    user: Option<UserId>,
) -> Result<CheckFacts, StoreError> {
    let row: Option<(i64, i64)> = conn.optional(RIGHTS, args![id, agency, user]).await?;
    Ok(row.map_or_else(CheckFacts::default, |(own, excluded)| CheckFacts {
        exists: true,
        own_agency: own != 0,
        excluded: excluded != 0,
    }))
}

/// Records an answer, once.
pub async fn answer(
    tx: &mut Tx,
    id: CheckId,
    answer: Answer,
    held: Option<&str>,
    reason: Option<&str>,
    by: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    let changed = tx.conn().exec(ANSWER, args![id, answer.id(), held, reason, by, now]).await?;
    if changed == 0 { Err(StoreError::Conflict) } else { Ok(()) }
}

/// Marks an unanswered check as raised with a senior; `false` when it was answered meanwhile.
pub async fn escalate(tx: &mut Tx, id: CheckId) -> Result<bool, StoreError> {
    let now = tx.now();
    Ok(tx.conn().exec(ESCALATE, args![id, now]).await? == 1)
}
