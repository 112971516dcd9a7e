//! Versions of the files of the guidance. A text that was stored is never changed: a newer draft
//! supersedes the older one, and a decision is written beside what it was about.

use tessera_core::{
    chance::Draw,
    ids::{GuidanceId, UserId},
    time::{Date, Timestamp},
};
use tessera_policy::rules::guidance::VersionFacts;
use uuid::Uuid;

use crate::{
    Conn, StoreError, Tx,
    sql::{args, instant, statements},
};

macro_rules! columns {
    () => {
        "SELECT id, path, number, origin, state, body, COALESCE(in_force_from, '') AS in_force_from, \
         written_by, written_by_name, written_at, COALESCE(note, '') AS note, sent_at, \
         COALESCE(decided_by_name, '') AS decided_by_name, decided_at, \
         COALESCE(reason, '') AS reason, published_at FROM guidance_version "
    };
}

statements! {
    INSERT = "INSERT INTO guidance_version (id, path, number, origin, state, body, hash, \
        in_force_from, written_by, written_by_name, written_at, published_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    NEXT = "SELECT CAST(COALESCE(MAX(number), 0) + 1 AS BIGINT) FROM guidance_version \
        WHERE path = $1";
    BY_ID = concat!(columns!(), "WHERE id = $1");
    OF_PATH = concat!(columns!(), "WHERE path = $1 ORDER BY number DESC");
    PUBLISHED = concat!(columns!(), "WHERE state = 'published' ORDER BY path, number");
    WAITING = concat!(columns!(), "WHERE state IN ('draft', 'sent', 'proposed', 'returned') \
        ORDER BY written_at DESC");
    STAMP = "SELECT CAST(COUNT(*) AS BIGINT), CAST(COALESCE(MAX(published_at), 0) AS BIGINT) \
        FROM guidance_version WHERE state = 'published'";
    RELEASED = "SELECT v.path, v.hash FROM guidance_version v WHERE v.origin = 'release' \
        AND v.number = (SELECT MAX(o.number) FROM guidance_version o \
        WHERE o.path = v.path AND o.origin = 'release')";
    EDITED = "SELECT DISTINCT path FROM guidance_version \
        WHERE origin = 'partnership' AND state = 'published'";
    FACTS = "SELECT state, written_by FROM guidance_version WHERE id = $1";
    SUPERSEDE = "UPDATE guidance_version SET state = 'superseded' \
        WHERE path = $1 AND state IN ('draft', 'returned')";
    SUPERSEDE_PROPOSED = "UPDATE guidance_version SET state = 'superseded' \
        WHERE path = $1 AND state = 'proposed'";
    SEND = "UPDATE guidance_version SET state = 'sent', sent_at = $2, note = $3 \
        WHERE id = $1 AND state = 'draft'";
    PUBLISH = "UPDATE guidance_version SET state = 'published', in_force_from = $2, \
        decided_by_name = $3, decided_at = $4, reason = $5, published_at = $4 \
        WHERE id = $1 AND state IN ('sent', 'proposed')";
    GIVE_BACK = "UPDATE guidance_version SET state = 'returned', decided_by_name = $2, \
        decided_at = $3, reason = $4 WHERE id = $1 AND state IN ('sent', 'proposed')";
}

/// Where a version comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A release of the program brought it.
    Release,
    /// Somebody of the partnership wrote it.
    Partnership,
}

impl Origin {
    const fn id(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Partnership => "partnership",
        }
    }
}

/// What became of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Being written.
    Draft,
    /// A newer draft took its place.
    Superseded,
    /// Waits for somebody else's approval.
    Sent,
    /// A release would change what the partnership has changed: somebody has to decide.
    Proposed,
    /// In force from its date until another one is.
    Published,
    /// Given back, with a reason.
    Returned,
}

impl State {
    /// As stored.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Superseded => "superseded",
            Self::Sent => "sent",
            Self::Proposed => "proposed",
            Self::Published => "published",
            Self::Returned => "returned",
        }
    }

    /// As shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Superseded => "Replaced by a newer draft",
            Self::Sent => "Waits for approval",
            Self::Proposed => "Proposed by a new release",
            Self::Published => "Published",
            Self::Returned => "Given back",
        }
    }

    fn from_id(id: &str) -> Self {
        [Self::Draft, Self::Sent, Self::Proposed, Self::Published, Self::Returned]
            .into_iter()
            .find(|state| state.id() == id)
            .unwrap_or(Self::Superseded)
    }
}

/// A version of a file.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its id.
    pub id: GuidanceId,
    /// The file, below `content/guidance`.
    pub path: String,
    /// Its number among the versions of that file, from 1.
    pub number: i64,
    /// Where it comes from.
    pub origin: Origin,
    /// What became of it.
    pub state: State,
    /// The text of the file.
    pub body: String,
    /// The first day on which it is in force; lists hold from the beginning.
    pub in_force_from: Option<Date>,
    /// Who wrote it.
    pub written_by: Option<UserId>,
    /// Their name then.
    pub written_by_name: String,
    /// When.
    pub written_at: Timestamp,
    /// What changed, in the writer's words.
    pub note: String,
    /// When it was sent for approval.
    pub sent_at: Option<Timestamp>,
    /// Who decided about it.
    pub decided_by_name: String,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why.
    pub reason: String,
    /// When it was published.
    pub published_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    path: String,
    number: i64,
    origin: String,
    state: String,
    body: String,
    in_force_from: String,
    written_by: Option<Uuid>,
    written_by_name: String,
    written_at: i64,
    note: String,
    sent_at: Option<i64>,
    decided_by_name: String,
    decided_at: Option<i64>,
    reason: String,
    published_at: Option<i64>,
}

impl From<Row> for Version {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.into(),
            path: row.path,
            number: row.number,
            origin: if row.origin == "release" { Origin::Release } else { Origin::Partnership },
            state: State::from_id(&row.state),
            body: row.body,
            in_force_from: row.in_force_from.parse().ok(),
            written_by: row.written_by.map(UserId),
            written_by_name: row.written_by_name,
            written_at: instant(row.written_at),
            note: row.note,
            sent_at: row.sent_at.map(instant),
            decided_by_name: row.decided_by_name,
            decided_at: row.decided_at.map(instant),
            reason: row.reason,
            published_at: row.published_at.map(instant),
        }
    }
}

/// A version about to be stored.
pub struct NewVersion<'a> {
    /// The file.
    pub path: &'a str,
    /// Its text.
    pub body: &'a str,
    /// What tells whether two texts are the same.
    pub hash: [u8; 32],
    /// Where it comes from.
    pub origin: Origin,
    /// What it is at first.
    pub state: State,
    /// The first day on which it is to be in force.
    pub in_force_from: Option<Date>,
    /// Who wrote it.
    pub by: Option<UserId>,
    /// Their name.
    pub by_name: &'a str,
}

/// Stores a version with the next number of its file.
pub async fn insert(tx: &mut Tx, new: &NewVersion<'_>) -> Result<GuidanceId, StoreError> {
    let now = tx.now();
    let id: GuidanceId = tx.chance().id(now);
    let published = (new.state == State::Published).then_some(now);
    let number = tx.conn().count(NEXT, args![new.path]).await?;
    let values = args![
        id,
        new.path,
        number,
        new.origin.id(),
        new.state.id(),
        new.body,
        &new.hash,
        new.in_force_from.map(|day| day.to_string()),
        new.by,
        new.by_name,
        now,
        published
    ];
    tx.conn().exec(INSERT, values).await?;
    Ok(id)
}

/// One version.
pub async fn by_id(conn: &mut Conn<'_>, id: GuidanceId) -> Result<Option<Version>, StoreError> {
    Ok(conn.optional::<Row>(BY_ID, args![id]).await?.map(Version::from))
}

async fn versions(conn: &mut Conn<'_>, sql: &'static str) -> Result<Vec<Version>, StoreError> {
    Ok(conn.all::<Row>(sql, vec![]).await?.into_iter().map(Version::from).collect())
}

/// The versions of a file, newest first.
pub async fn of_path(conn: &mut Conn<'_>, path: &str) -> Result<Vec<Version>, StoreError> {
    let rows: Vec<Row> = conn.all(OF_PATH, args![path]).await?;
    Ok(rows.into_iter().map(Version::from).collect())
}

/// Every version that is, was or will be in force.
pub async fn published(conn: &mut Conn<'_>) -> Result<Vec<Version>, StoreError> {
    versions(conn, PUBLISHED).await
}

/// Drafts, and what waits for a decision or was given back, newest first.
pub async fn waiting(conn: &mut Conn<'_>) -> Result<Vec<Version>, StoreError> {
    versions(conn, WAITING).await
}

/// Changes whenever what is published does.
pub async fn stamp(conn: &mut Conn<'_>) -> Result<(i64, i64), StoreError> {
    conn.one(STAMP, vec![]).await
}

/// The hash of the newest text that a release brought, for each file.
pub async fn released(conn: &mut Conn<'_>) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    conn.all(RELEASED, vec![]).await
}

/// The files that the partnership has changed.
pub async fn edited(conn: &mut Conn<'_>) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(String,)> = conn.all(EDITED, vec![]).await?;
    Ok(rows.into_iter().map(|(path,)| path).collect())
}

/// What the rules must know of a version and a person.
pub async fn facts(
    conn: &mut Conn<'_>,
    id: GuidanceId,
    user: Option<UserId>,
) -> Result<VersionFacts, StoreError> {
    let row: Option<(String, Option<Uuid>)> = conn.optional(FACTS, args![id]).await?;
    Ok(row.map_or_else(VersionFacts::default, |(state, written_by)| VersionFacts {
        exists: true,
        sent: matches!(State::from_id(&state), State::Sent | State::Proposed),
        published: State::from_id(&state) == State::Published,
        own: written_by.is_some() && written_by.map(UserId) == user,
    }))
}

/// Marks the drafts of a file as replaced by a newer one.
pub async fn supersede_drafts(tx: &mut Tx, path: &str) -> Result<(), StoreError> {
    tx.conn().exec(SUPERSEDE, args![path]).await.map(|_| ())
}

/// Marks what earlier releases proposed as replaced by a newer proposal.
pub async fn supersede_proposed(tx: &mut Tx, path: &str) -> Result<(), StoreError> {
    tx.conn().exec(SUPERSEDE_PROPOSED, args![path]).await.map(|_| ())
}

/// Sends a draft for approval.
pub async fn send(tx: &mut Tx, id: GuidanceId, note: &str) -> Result<(), StoreError> {
    let now = tx.now();
    once(tx.conn().exec(SEND, args![id, now, note]).await?)
}

/// Puts a version in force from a day.
pub async fn publish(
    tx: &mut Tx,
    id: GuidanceId,
    from: Option<Date>,
    by: &str,
    reason: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    let from = from.map(|day| day.to_string());
    once(tx.conn().exec(PUBLISH, args![id, from, by, now, reason]).await?)
}

/// Gives a version back to its writer, or turns a release's proposal down.
pub async fn give_back(
    tx: &mut Tx,
    id: GuidanceId,
    by: &str,
    reason: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    once(tx.conn().exec(GIVE_BACK, args![id, by, now, reason]).await?)
}

const fn once(changed: u64) -> Result<(), StoreError> {
    if changed == 0 { Err(StoreError::Conflict) } else { Ok(()) }
}
