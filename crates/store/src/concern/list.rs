//! Lists of concerns: what somebody sent, what was routed to police. The hub's queue has its own.

use tessera_core::{
    concern::Status,
    ids::{AgencyId, ConcernId, UserId},
    reference::Reference,
    time::Timestamp,
};
use uuid::Uuid;

use crate::{
    Conn, StoreError,
    concern::rights::hub_may_see,
    sql::{args, instant, statements},
};

/// The columns of a [`Line`], over `concern c` and its `agency a`.
macro_rules! line_columns {
    () => {
        "SELECT c.id, c.reference, c.received_at, c.status, c.urgency, c.danger_now, c.what, \
         a.name AS agency_name, \
         (SELECT MIN(k.due_at) FROM clock k WHERE k.concern_id = c.id AND k.met_at IS NULL \
          AND k.stopped_at IS NULL) AS due_at, \
         CAST((SELECT COUNT(*) FROM concern_child cc WHERE cc.concern_id = c.id) AS BIGINT) \
          AS children, \
         CAST((SELECT COUNT(*) FROM challenge h WHERE h.concern_id = c.id \
          AND h.answered_at IS NULL) AS BIGINT) AS challenges "
    };
}

/// A [`Line`] of each concern `c`; a WHERE clause follows.
macro_rules! line {
    () => {
        concat!(
            crate::concern::list::line_columns!(),
            "FROM concern c LEFT JOIN agency a ON a.id = c.agency_id "
        )
    };
}
pub(crate) use {line, line_columns};

statements! {
    SENT_BY = concat!(line!(), "WHERE c.submitted_by = $1 ORDER BY c.received_at DESC LIMIT 200");
    SENT_FROM = concat!(line!(), "WHERE c.agency_id = $1 AND c.submitted_by IS NOT NULL \
        AND NOT EXISTS (SELECT 1 FROM concern_child cc JOIN child f ON f.id = cc.child_id \
            WHERE cc.concern_id = c.id AND f.restricted = 1) \
        AND c.restricted = 0 \
        AND NOT EXISTS (SELECT 1 FROM concern_child cc JOIN child_access x \
            ON x.child_id = cc.child_id WHERE cc.concern_id = c.id AND x.user_id = $2 \
            AND x.kind = 'excluded' AND x.ended_at IS NULL) \
        ORDER BY c.received_at DESC LIMIT 200");
    ROUTED_TO_POLICE = concat!(line!(), "WHERE EXISTS (SELECT 1 FROM concern_route r \
        WHERE r.concern_id = c.id AND r.route IN ('intelligence', 'crime', 'missing')) \
        AND $1 = '' AND ", hub_may_see!(), " ORDER BY c.received_at DESC LIMIT $4");
}

/// One line of a list.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its id.
    pub id: ConcernId,
    /// Its reference.
    pub reference: Reference,
    /// When it came.
    pub received_at: Timestamp,
    /// Where it stands.
    pub status: Status,
    /// Urgency, once set.
    pub urgency: Option<String>,
    /// The sender says that a child is in danger.
    pub danger_now: bool,
    /// Its words; a list shows the beginning.
    pub what: String,
    /// The agency it came from.
    pub agency_name: Option<String>,
    /// The next clock to run out.
    pub due_at: Option<Timestamp>,
    /// How many children it names.
    pub children: i64,
    /// A challenge waits for its answer.
    pub challenged: bool,
}

#[derive(sqlx::FromRow)]
pub(crate) struct Row {
    id: Uuid,
    reference: String,
    received_at: i64,
    status: String,
    urgency: Option<String>,
    danger_now: i64,
    what: String,
    agency_name: Option<String>,
    due_at: Option<i64>,
    children: i64,
    challenges: i64,
}

impl From<Row> for Line {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.into(),
            reference: Reference::from_stored(row.reference),
            received_at: instant(row.received_at),
            status: Status::from_id(&row.status).unwrap_or(Status::Received),
            urgency: row.urgency,
            danger_now: row.danger_now != 0,
            what: row.what,
            agency_name: row.agency_name,
            due_at: row.due_at.map(instant),
            children: row.children,
            challenged: row.challenges > 0,
        }
    }
}

/// The lines that a statement finds.
pub(crate) async fn lines(
    conn: &mut Conn<'_>,
    sql: &'static str,
    values: Vec<crate::sql::Value>,
) -> Result<Vec<Line>, StoreError> {
    let rows: Vec<Row> = conn.all(sql, values).await?;
    Ok(rows.into_iter().map(Line::from).collect())
}

/// What a person sent, newest first.
pub async fn sent_by(conn: &mut Conn<'_>, user: UserId) -> Result<Vec<Line>, StoreError> {
    lines(conn, SENT_BY, args![user]).await
}

/// What was sent from an agency, as its safeguarding lead may see it.
pub async fn sent_from(
    conn: &mut Conn<'_>,
    agency: AgencyId,
    reader: UserId,
) -> Result<Vec<Line>, StoreError> {
    lines(conn, SENT_FROM, args![agency, reader]).await
}

/// What was routed to police.
pub async fn routed_to_police(
    conn: &mut Conn<'_>,
    reader: UserId,
    now: Timestamp,
) -> Result<Vec<Line>, StoreError> {
    lines(conn, ROUTED_TO_POLICE, args!["", reader, now, 200_i64]).await
}
