//! The content of a file: facts, chronology, people and workers, as known at an instant.

use tessera_core::{
    child::{Event, Fact, Field, Involvement, Relation},
    ids::{AgencyId, ChildId, ConcernId, EventId, FactId, RelationId, UserId},
    partial_date::PartialDate,
    reference::Reference,
    time::{Timestamp, london},
};
use uuid::Uuid;

use crate::{
    Conn, StoreError, Tx,
    sql::{args, instant, statements},
};

statements! {
    INSERT = "INSERT INTO child (id, reference, created_at, created_by) VALUES ($1, $2, $3, $4)";
    REFERENCE = "SELECT reference, restricted FROM child WHERE id = $1";
    ADD_FACT = "INSERT INTO child_fact (id, child_id, field, value, source, recorded_at, \
        recorded_by, corrects, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    FACTS = "SELECT id, field, value, source, recorded_at, recorded_by, corrects, reason \
        FROM child_fact WHERE child_id = $1 AND recorded_at <= $2 ORDER BY recorded_at, id";
    ADD_EVENT = "INSERT INTO child_event (id, child_id, happened_on, sort_at, kind, fact, opinion, \
        source, concern_id, audience, recorded_at, recorded_by, corrects, reason) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    EVENTS = "SELECT id, happened_on, sort_at, kind, fact, opinion, source, concern_id, audience, \
        recorded_at, recorded_by, corrects, reason FROM child_event \
        WHERE child_id = $1 AND recorded_at <= $2 ORDER BY sort_at DESC, id DESC LIMIT 1000";
    ADD_RELATION = "INSERT INTO child_relation (id, child_id, name, relationship, \
        parental_responsibility, contact, safe_to_contact, source, recorded_at, recorded_by) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    RELATIONS = "SELECT id, name, relationship, parental_responsibility, contact, safe_to_contact, \
        source, recorded_at, recorded_by FROM child_relation WHERE child_id = $1 \
        AND recorded_at <= $2 AND (ended_at IS NULL OR ended_at > $2) ORDER BY recorded_at";
    ADD_INVOLVEMENT = "INSERT INTO child_involvement (child_id, agency_id, user_id, role, since) \
        VALUES ($1, $2, $3, $4, $5)";
    INVOLVEMENTS = "SELECT i.agency_id, a.name, i.user_id, u.name, i.role, i.since, i.until \
        FROM child_involvement i JOIN agency a ON a.id = i.agency_id \
        LEFT JOIN user_account u ON u.id = i.user_id WHERE i.child_id = $1 AND i.since <= $2 \
        ORDER BY i.since";
    END_INVOLVEMENT = "UPDATE child_involvement SET until = $3 WHERE child_id = $1 AND user_id = $2 \
        AND until IS NULL";
}

/// Opens a file.
pub async fn insert(
    tx: &mut Tx,
    id: ChildId,
    reference: &Reference,
    by: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(INSERT, args![id, reference.as_str(), now, by]).await.map(|_| ())
}

/// The reference of a file, and whether it is restricted to named people.
pub async fn head(conn: &mut Conn<'_>, id: ChildId) -> Result<(Reference, bool), StoreError> {
    let (text, restricted): (String, i64) = conn.one(REFERENCE, args![id]).await?;
    Ok((Reference::from_stored(text), restricted != 0))
}

/// A value about to be recorded.
pub struct NewFact<'a> {
    /// Its id.
    pub id: FactId,
    /// The child.
    pub child: ChildId,
    /// What it is about.
    pub field: Field,
    /// The value.
    pub value: &'a str,
    /// Where it comes from.
    pub source: &'a str,
    /// Who records it.
    pub by: &'a str,
    /// The value it corrects, and why.
    pub corrects: Option<(FactId, &'a str)>,
}

/// Records a value.
pub async fn add_fact(tx: &mut Tx, new: &NewFact<'_>) -> Result<(), StoreError> {
    let now = tx.now();
    let values = args![
        new.id,
        new.child,
        new.field.id(),
        new.value,
        new.source,
        now,
        new.by,
        new.corrects.map(|c| c.0),
        new.corrects.map(|c| c.1),
    ];
    tx.conn().exec(ADD_FACT, values).await.map(|_| ())
}

/// Every value recorded up to an instant, corrected ones among them.
pub async fn facts(
    conn: &mut Conn<'_>,
    child: ChildId,
    at: Timestamp,
) -> Result<Vec<Fact>, StoreError> {
    type Row = (Uuid, String, String, String, i64, String, Option<Uuid>, Option<String>);
    let rows: Vec<Row> = conn.all(FACTS, args![child, at]).await?;
    let fact = |(id, field, value, source, recorded, by, corrects, reason): Row| {
        Some(Fact {
            id: id.into(),
            field: Field::from_id(&field)?,
            value,
            source,
            recorded_at: instant(recorded),
            recorded_by: by,
            corrects: corrects.map(Into::into),
            reason,
        })
    };
    Ok(rows.into_iter().filter_map(fact).collect())
}

/// An item of the chronology about to be recorded.
pub struct NewEvent<'a> {
    /// Its id.
    pub id: EventId,
    /// The child.
    pub child: ChildId,
    /// When it happened, as far as known.
    pub happened_on: Option<PartialDate>,
    /// Code of list `event_kind`.
    pub kind: &'a str,
    /// What is established.
    pub fact: &'a str,
    /// What somebody thinks.
    pub opinion: Option<&'a str>,
    /// Where it comes from.
    pub source: &'a str,
    /// The concern it comes from.
    pub concern: Option<ConcernId>,
    /// Code of list `audience`.
    pub audience: &'a str,
    /// Who records it.
    pub by: &'a str,
    /// The item it corrects, and why.
    pub corrects: Option<(EventId, &'a str)>,
}

/// Records an item of the chronology.
pub async fn add_event(tx: &mut Tx, new: &NewEvent<'_>) -> Result<(), StoreError> {
    let now = tx.now();
    let start =
        |d: PartialDate| d.earliest().to_zoned_datetime(london()).map_or(now, |z| z.timestamp());
    let sort_at = new.happened_on.map_or(now, start);
    let values = args![
        new.id,
        new.child,
        new.happened_on.map(String::from),
        sort_at,
        new.kind,
        new.fact,
        new.opinion,
        new.source,
        new.concern,
        new.audience,
        now,
        new.by,
        new.corrects.map(|c| c.0),
        new.corrects.map(|c| c.1),
    ];
    tx.conn().exec(ADD_EVENT, values).await.map(|_| ())
}

#[derive(sqlx::FromRow)]
struct EventRow {
    id: Uuid,
    happened_on: Option<String>,
    sort_at: i64,
    kind: String,
    fact: String,
    opinion: Option<String>,
    source: String,
    concern_id: Option<Uuid>,
    audience: String,
    recorded_at: i64,
    recorded_by: String,
    corrects: Option<Uuid>,
    reason: Option<String>,
}

impl From<EventRow> for Event {
    fn from(row: EventRow) -> Self {
        Self {
            id: row.id.into(),
            happened_on: row.happened_on.and_then(|d| d.parse().ok()),
            sort_at: instant(row.sort_at),
            kind: row.kind,
            fact: row.fact,
            opinion: row.opinion,
            source: row.source,
            concern: row.concern_id.map(Into::into),
            audience: row.audience,
            recorded_at: instant(row.recorded_at),
            recorded_by: row.recorded_by,
            corrects: row.corrects.map(Into::into),
            reason: row.reason,
        }
    }
}

/// The chronology as recorded up to an instant, newest event first.
pub async fn events(
    conn: &mut Conn<'_>,
    child: ChildId,
    at: Timestamp,
) -> Result<Vec<Event>, StoreError> {
    let rows: Vec<EventRow> = conn.all(EVENTS, args![child, at]).await?;
    Ok(rows.into_iter().map(Event::from).collect())
}

/// A person around the child about to be recorded.
pub struct NewRelation<'a> {
    /// Its id.
    pub id: RelationId,
    /// The child.
    pub child: ChildId,
    /// Name.
    pub name: &'a str,
    /// Who they are to the child.
    pub relationship: &'a str,
    /// Code of list `yes_no_unknown`.
    pub parental_responsibility: &'a str,
    /// How to reach them.
    pub contact: Option<&'a str>,
    /// Code of list `yes_no_unknown`.
    pub safe_to_contact: &'a str,
    /// Where it comes from.
    pub source: &'a str,
    /// Who records it.
    pub by: &'a str,
}

/// Records a person around the child.
pub async fn add_relation(tx: &mut Tx, new: &NewRelation<'_>) -> Result<(), StoreError> {
    let now = tx.now();
    let values = args![
        new.id,
        new.child,
        new.name,
        new.relationship,
        new.parental_responsibility,
        new.contact,
        new.safe_to_contact,
        new.source,
        now,
        new.by,
    ];
    tx.conn().exec(ADD_RELATION, values).await.map(|_| ())
}

/// The people around the child, as known at an instant.
pub async fn relations(
    conn: &mut Conn<'_>,
    child: ChildId,
    at: Timestamp,
) -> Result<Vec<Relation>, StoreError> {
    type Row = (Uuid, String, String, String, Option<String>, String, String, i64, String);
    let rows: Vec<Row> = conn.all(RELATIONS, args![child, at]).await?;
    let relation =
        |(id, name, relationship, pr, contact, safe, source, recorded, by): Row| Relation {
            id: id.into(),
            name,
            relationship,
            parental_responsibility: pr,
            contact,
            safe_to_contact: safe,
            source,
            recorded_at: instant(recorded),
            recorded_by: by,
        };
    Ok(rows.into_iter().map(relation).collect())
}

/// Names a worker of the child.
pub async fn add_involvement(
    tx: &mut Tx,
    child: ChildId,
    agency: AgencyId,
    user: Option<UserId>,
    role: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(ADD_INVOLVEMENT, args![child, agency, user, role, now]).await.map(|_| ())
}

/// A worker's part with the child ends.
pub async fn end_involvement(tx: &mut Tx, child: ChildId, user: UserId) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(END_INVOLVEMENT, args![child, user, now]).await.map(|_| ())
}

/// Workers and agencies involved, as known at an instant.
pub async fn involvements(
    conn: &mut Conn<'_>,
    child: ChildId,
    at: Timestamp,
) -> Result<Vec<Involvement>, StoreError> {
    type Row = (Uuid, String, Option<Uuid>, Option<String>, String, i64, Option<i64>);
    let rows: Vec<Row> = conn.all(INVOLVEMENTS, args![child, at]).await?;
    let involvement =
        |(agency, agency_name, user, user_name, role, since, until): Row| Involvement {
            agency: agency.into(),
            agency_name,
            user: user.map(Into::into),
            user_name,
            role,
            since: instant(since),
            until: until.map(instant).filter(|until| *until <= at),
        };
    Ok(rows.into_iter().map(involvement).collect())
}
