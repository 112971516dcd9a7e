//! The audit rows: who did what to which record, when, and how it ended.

use serde::Serialize;
use tessera_core::time::Timestamp;
use tessera_policy::{Action, Actor, Authority, Resource, Who};
use uuid::Uuid;

use crate::{
    Db, StoreError,
    sql::{Conn, args, instant, statements},
};

/// How an action ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was done, or shown.
    Done,
    /// It was refused.
    Refused,
    /// There was no such record for this person.
    Absent,
    /// A reason was asked for first.
    ReasonAsked,
}

impl Outcome {
    /// As stored.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Absent => "absent",
            Self::ReasonAsked => "reason_asked",
        }
    }
}

statements! {
    INSERT = "INSERT INTO audit_entry (at, actor_id, actor_name, agency_id, action, resource_kind, \
        resource_id, outcome, detail, request_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    RECENT = "SELECT id, at, actor_name, action, resource_kind, resource_id, outcome, detail \
        FROM audit_entry WHERE id < $1 AND ($2 = '' OR action = $2) ORDER BY id DESC LIMIT $3";
    LOOKERS = "SELECT e.at, e.actor_name, COALESCE(a.name, ''), e.action, e.detail \
        FROM audit_entry e LEFT JOIN agency a ON a.id = e.agency_id \
        WHERE e.resource_kind = 'child' AND e.resource_id = $1 AND e.outcome = 'done' \
        ORDER BY e.id DESC LIMIT 500";
    COUNT = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit_entry";
}

/// What somebody tried, before anything was decided: enough to write it down.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// Who.
    pub actor: Actor,
    /// What.
    pub action: Action,
    /// To which record.
    pub resource: Resource,
    /// How it ended.
    pub outcome: Outcome,
    /// Ids, codes and counts; never a value of a person.
    pub detail: Vec<(&'static str, String)>,
}

/// A row of the log, for reading.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its number.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// What, by its name in the log.
    pub action: String,
    /// The kind of record.
    pub resource_kind: String,
    /// The record.
    pub resource: Option<Uuid>,
    /// How it ended.
    pub outcome: String,
    /// Details as JSON.
    pub detail: String,
}

/// Someone who looked at or worked on a child's file.
#[derive(Debug, Clone)]
pub struct Looker {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub name: String,
    /// Their agency.
    pub agency: String,
    /// What they did.
    pub action: String,
    /// Details as JSON.
    pub detail: String,
}

fn as_json(detail: &[(&'static str, String)]) -> String {
    let map: std::collections::BTreeMap<_, _> = detail.iter().map(|(k, v)| (*k, v)).collect();
    serde_json::to_string(&map).unwrap_or_default()
}

/// Writes the entry of an authorised action, inside its transaction.
pub(crate) async fn insert(
    conn: &mut Conn<'_>,
    by: &Authority,
    outcome: Outcome,
    detail: &[(&'static str, String)],
    now: Timestamp,
) -> Result<(), StoreError> {
    let attempt = Attempt {
        actor: by.actor().clone(),
        action: by.action(),
        resource: by.resource(),
        outcome,
        detail: detail.to_vec(),
    };
    insert_attempt(conn, &attempt, now).await
}

async fn insert_attempt(
    conn: &mut Conn<'_>,
    attempt: &Attempt,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Attempt { actor, action, resource, outcome, detail } = attempt;
    let actor_id = match actor.who {
        Who::User(id) => Some(id.0),
        Who::Sender(id) => Some(id.0),
        Who::Anonymous | Who::System => None,
    };
    let values = args![
        now,
        actor_id,
        &actor.name,
        actor.agency,
        action.id(),
        resource.kind(),
        resource.id(),
        outcome.id(),
        as_json(detail),
        actor.request,
    ];
    conn.exec(INSERT, values).await.map(|_| ())
}

impl Db {
    /// Writes down what somebody asked for, durably, before anything is shown to them.
    pub async fn record(&self, attempt: Attempt) -> Result<(), StoreError> {
        self.record_all(vec![attempt]).await
    }

    /// Several at once: what one page shows of several records.
    pub async fn record_all(&self, attempts: Vec<Attempt>) -> Result<(), StoreError> {
        self.write_unaudited(move |tx| {
            Box::pin(async move {
                let now = tx.now();
                for attempt in &attempts {
                    insert_attempt(&mut tx.conn(), attempt, now).await?;
                }
                Ok(())
            })
        })
        .await
    }
}

/// Rows of the log before a number, newest first; of one action, or of all when it is empty.
pub async fn recent(
    conn: &mut Conn<'_>,
    before: i64,
    action: &str,
    limit: i64,
) -> Result<Vec<Entry>, StoreError> {
    type Row = (i64, i64, String, String, String, Option<Uuid>, String, String);
    let rows: Vec<Row> = conn.all(RECENT, args![before, action, limit]).await?;
    let entry = |(id, at, actor, action, resource_kind, resource, outcome, detail): Row| Entry {
        id,
        at: instant(at),
        actor,
        action,
        resource_kind,
        resource,
        outcome,
        detail,
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// Everyone who looked at or worked on a child's file, newest first.
pub async fn lookers(
    conn: &mut Conn<'_>,
    child: tessera_core::ids::ChildId,
) -> Result<Vec<Looker>, StoreError> {
    type Row = (i64, String, String, String, String);
    let rows: Vec<Row> = conn.all(LOOKERS, args![child]).await?;
    let looker = |(at, name, agency, action, detail): Row| Looker {
        at: instant(at),
        name,
        agency,
        action,
        detail,
    };
    Ok(rows.into_iter().map(looker).collect())
}

/// How many entries there are.
pub async fn count(conn: &mut Conn<'_>) -> Result<i64, StoreError> {
    conn.count(COUNT, vec![]).await
}
