//! Reading one concern with all that belongs to it.

use tessera_core::{
    check::PartnerCheck,
    concern::{Channel, Concern, ConcernChild, Entry, EntryKind, NameSharing, Status},
    decision::{Challenge, Decision, Routing, Sharing},
    ids::ConcernId,
    reference::Reference,
};
use uuid::Uuid;

use crate::{
    Conn, StoreError,
    sql::{args, instant, statements},
};

statements! {
    BY_ID = "SELECT c.id, c.reference, c.received_at, c.channel, c.submitted_by, c.agency_id, \
        a.name AS agency_name, c.entered_by, c.status, c.urgency, c.danger_now, c.what, c.opinion, \
        c.child_words, c.place, c.when_text, c.happened_on, c.others, c.origin, c.name_sharing, \
        c.child_knows, c.parents_know, c.lexicon_version, c.restricted, c.version \
        FROM concern c LEFT JOIN agency a ON a.id = c.agency_id WHERE c.id = $1";
    CHILDREN = "SELECT id, name, known_as, born, age, school, address, nhs_number, child_id \
        FROM concern_child WHERE concern_id = $1 ORDER BY position";
    ENTRIES = "SELECT id, kind, at, by_name, body FROM concern_entry WHERE concern_id = $1 \
        ORDER BY at, id";
    ROUTES = "SELECT route, reason, by_name, at FROM concern_route WHERE concern_id = $1 ORDER BY at";
    SHARING = "SELECT basis, agreement, reason, by_name, at FROM concern_sharing \
        WHERE concern_id = $1 ORDER BY at DESC";
    URGENCIES = "SELECT urgency, reason, by_name, at FROM concern_urgency WHERE concern_id = $1 \
        ORDER BY at";
    DECISIONS = "SELECT id, concern_child_id, outcome, need_level, reason, told, by_name, at \
        FROM decision WHERE concern_id = $1 ORDER BY at";
    CHALLENGES = "SELECT id, at, reason, due_at, answered_by, answered_at, answer, changed \
        FROM challenge WHERE concern_id = $1 ORDER BY at";
    CLOCKS = "SELECT rule, started_at, due_at, explained, met_at, met_by, stopped_at, stopped_by, \
        COALESCE(stop_reason, '') FROM clock WHERE concern_id = $1 ORDER BY due_at";
    LINKED = "SELECT cc.id, f.reference FROM concern_child cc JOIN child f ON f.id = cc.child_id \
        WHERE cc.concern_id = $1";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    reference: String,
    received_at: i64,
    channel: String,
    submitted_by: Option<Uuid>,
    agency_id: Option<Uuid>,
    agency_name: Option<String>,
    entered_by: Option<Uuid>,
    status: String,
    urgency: Option<String>,
    danger_now: i64,
    what: String,
    opinion: Option<String>,
    child_words: Option<String>,
    place: Option<String>,
    when_text: Option<String>,
    happened_on: Option<String>,
    others: Option<String>,
    origin: Option<String>,
    name_sharing: String,
    child_knows: Option<String>,
    parents_know: Option<String>,
    lexicon_version: Option<String>,
    restricted: i64,
    version: i64,
}

impl From<Row> for Concern {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.into(),
            reference: Reference::from_stored(row.reference),
            received_at: instant(row.received_at),
            channel: Channel::from_id(&row.channel).unwrap_or(Channel::Public),
            submitted_by: row.submitted_by.map(Into::into),
            agency: row.agency_id.map(Into::into),
            agency_name: row.agency_name,
            entered_by: row.entered_by.map(Into::into),
            status: Status::from_id(&row.status).unwrap_or(Status::Received),
            urgency: row.urgency,
            danger_now: row.danger_now != 0,
            what: row.what,
            opinion: row.opinion,
            child_words: row.child_words,
            place: row.place,
            when_text: row.when_text,
            happened_on: row.happened_on.and_then(|d| d.parse().ok()),
            others: row.others,
            origin: row.origin,
            name_sharing: NameSharing::from_id(&row.name_sharing).unwrap_or(NameSharing::HubOnly),
            child_knows: row.child_knows,
            parents_know: row.parents_know,
            lexicon_version: row.lexicon_version,
            restricted: row.restricted != 0,
            version: row.version,
        }
    }
}

/// The urgency somebody set, with the reason.
#[derive(Debug, Clone)]
pub struct Urgency {
    /// Code of list `urgency`.
    pub urgency: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: tessera_core::time::Timestamp,
}

/// A clock that runs, ran or was stopped for a concern.
#[derive(Debug, Clone)]
pub struct Clock {
    /// The rule's id in `content/clocks/`.
    pub rule: String,
    /// When it started.
    pub started_at: tessera_core::time::Timestamp,
    /// When its time is up.
    pub due_at: tessera_core::time::Timestamp,
    /// How one follows from the other.
    pub explained: String,
    /// When the event it waits for came.
    pub met_at: Option<tessera_core::time::Timestamp>,
    /// When a named person stopped it.
    pub stopped_at: Option<tessera_core::time::Timestamp>,
    /// Who met or stopped it.
    pub ended_by: Option<String>,
    /// Why it was stopped.
    pub stop_reason: String,
}

/// A concern with all that belongs to it, but for who sent it.
#[derive(Debug, Clone)]
pub struct Whole {
    /// The concern.
    pub concern: Concern,
    /// Its children.
    pub children: Vec<ConcernChild>,
    /// References of the files its children were joined to, by the child of the concern.
    pub files: Vec<(tessera_core::ids::ConcernChildId, Reference)>,
    /// What was added later.
    pub entries: Vec<Entry>,
    /// Routes taken.
    pub routes: Vec<Routing>,
    /// How sharing was justified, newest first.
    pub sharing: Vec<Sharing>,
    /// Urgencies set, oldest first.
    pub urgencies: Vec<Urgency>,
    /// Decisions, oldest first.
    pub decisions: Vec<Decision>,
    /// Partner checks.
    pub checks: Vec<PartnerCheck>,
    /// Documents.
    pub documents: Vec<tessera_core::document::Document>,
    /// Challenges.
    pub challenges: Vec<Challenge>,
    /// Clocks.
    pub clocks: Vec<Clock>,
}

/// Reads a concern.
pub async fn whole(conn: &mut Conn<'_>, id: ConcernId) -> Result<Whole, StoreError> {
    let concern: Row = conn.one(BY_ID, args![id]).await?;
    let files: Vec<(Uuid, String)> = conn.all(LINKED, args![id]).await?;
    let files = files.into_iter().map(|(id, r)| (id.into(), Reference::from_stored(r))).collect();
    Ok(Whole {
        concern: concern.into(),
        children: children(conn, id).await?,
        files,
        entries: entries(conn, id).await?,
        routes: routes(conn, id).await?,
        sharing: sharing(conn, id).await?,
        urgencies: urgencies(conn, id).await?,
        decisions: decisions(conn, id).await?,
        checks: crate::check::of_concern(conn, id).await?,
        documents: crate::concern::document::of_concern(conn, id).await?,
        challenges: challenges(conn, id).await?,
        clocks: clocks(conn, id).await?,
    })
}

/// The children named in a concern.
pub async fn children(conn: &mut Conn<'_>, id: ConcernId) -> Result<Vec<ConcernChild>, StoreError> {
    type Row = (
        Uuid,
        String,
        Option<String>,
        Option<String>,
        Option<String>,
        Option<String>,
        Option<String>,
        Option<String>,
        Option<Uuid>,
    );
    let rows: Vec<Row> = conn.all(CHILDREN, args![id]).await?;
    let child =
        |(cid, name, known_as, born, age, school, address, nhs_number, file): Row| ConcernChild {
            id: cid.into(),
            concern: id,
            name,
            known_as,
            born: born.and_then(|b| b.parse().ok()),
            age,
            school,
            address,
            nhs_number,
            child: file.map(Into::into),
        };
    Ok(rows.into_iter().map(child).collect())
}

async fn entries(conn: &mut Conn<'_>, id: ConcernId) -> Result<Vec<Entry>, StoreError> {
    let rows: Vec<(Uuid, String, i64, String, String)> = conn.all(ENTRIES, args![id]).await?;
    Ok(rows
        .into_iter()
        .map(|(id, kind, at, by, body)| Entry {
            id: id.into(),
            kind: EntryKind::from_id(&kind).unwrap_or(EntryKind::Note),
            at: instant(at),
            by,
            body,
        })
        .collect())
}

async fn routes(conn: &mut Conn<'_>, id: ConcernId) -> Result<Vec<Routing>, StoreError> {
    let rows: Vec<(String, String, String, i64)> = conn.all(ROUTES, args![id]).await?;
    let routing = |(route, reason, by, at)| Routing { route, reason, by, at: instant(at) };
    Ok(rows.into_iter().map(routing).collect())
}

async fn urgencies(conn: &mut Conn<'_>, id: ConcernId) -> Result<Vec<Urgency>, StoreError> {
    let rows: Vec<(String, String, String, i64)> = conn.all(URGENCIES, args![id]).await?;
    let urgency = |(urgency, reason, by, at)| Urgency { urgency, reason, by, at: instant(at) };
    Ok(rows.into_iter().map(urgency).collect())
}

async fn sharing(conn: &mut Conn<'_>, id: ConcernId) -> Result<Vec<Sharing>, StoreError> {
    let rows: Vec<(String, String, String, String, i64)> = conn.all(SHARING, args![id]).await?;
    Ok(rows
        .into_iter()
        .map(|(basis, agreement, reason, by, at)| Sharing {
            basis,
            agreement,
            reason,
            by,
            at: instant(at),
        })
        .collect())
}

async fn decisions(conn: &mut Conn<'_>, id: ConcernId) -> Result<Vec<Decision>, StoreError> {
    type Row = (Uuid, Uuid, String, String, String, String, String, i64);
    let rows: Vec<Row> = conn.all(DECISIONS, args![id]).await?;
    let decision = |(id, child, outcome, need_level, reason, told, by, at): Row| Decision {
        id: id.into(),
        child: child.into(),
        outcome,
        need_level,
        reason,
        told,
        decided_by: by,
        decided_at: instant(at),
    };
    Ok(rows.into_iter().map(decision).collect())
}

async fn challenges(conn: &mut Conn<'_>, id: ConcernId) -> Result<Vec<Challenge>, StoreError> {
    type Row = (Uuid, i64, String, i64, Option<String>, Option<i64>, Option<String>, i64);
    let rows: Vec<Row> = conn.all(CHALLENGES, args![id]).await?;
    let challenge = |(id, at, reason, due, by, answered, answer, changed): Row| Challenge {
        id: id.into(),
        at: instant(at),
        reason,
        due_at: instant(due),
        answered_by: by,
        answered_at: answered.map(instant),
        answer,
        changed: changed != 0,
    };
    Ok(rows.into_iter().map(challenge).collect())
}

async fn clocks(conn: &mut Conn<'_>, id: ConcernId) -> Result<Vec<Clock>, StoreError> {
    type Row = (
        String,
        i64,
        i64,
        String,
        Option<i64>,
        Option<String>,
        Option<i64>,
        Option<String>,
        String,
    );
    let rows: Vec<Row> = conn.all(CLOCKS, args![id]).await?;
    let clock = |(rule, start, due, explained, met, met_by, stopped, stopped_by, why): Row| Clock {
        rule,
        started_at: instant(start),
        due_at: instant(due),
        explained,
        met_at: met.map(instant),
        stopped_at: stopped.map(instant),
        ended_by: met_by.or(stopped_by),
        stop_reason: why,
    };
    Ok(rows.into_iter().map(clock).collect())
}
