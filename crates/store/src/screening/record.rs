//! Screenings that were sent. Their answers are never changed.

use tessera_core::{
    ids::{AgencyId, ChildId, ConcernId, DraftId, InstrumentId, LinkId, ScreeningId, UserId},
    reference::Reference,
    time::{Date, Timestamp},
};
use uuid::Uuid;

use crate::{
    Conn, StoreError, Tx,
    screening::rights::{files, reader_may_see},
    sql::{args, instant, statements},
};

/// The columns of a [`Screening`] `s` without its answers; a WHERE clause follows.
macro_rules! head {
    () => {
        "SELECT s.id, s.reference, s.instrument_id, s.submitted_at, s.screened_on, s.submitted_by, \
         s.sent_by_name, s.agency_id, a.name AS agency_name, s.child_id, s.concern_id, \
         c.reference AS concern_reference, s.child_name, s.danger, s.computed_level, s.level, \
         s.status, s.due_at, s.hub_told_at, s.version \
         FROM screening s JOIN agency a ON a.id = s.agency_id \
         LEFT JOIN concern c ON c.id = s.concern_id "
    };
}

statements! {
    INSERT = "INSERT INTO screening (id, reference, draft_id, instrument_id, submitted_at, \
        screened_on, submitted_by, sent_by_name, agency_id, link_id, child_id, concern_id, \
        child_name, danger, computed_level, level, status, due_at, body) VALUES ($1, $2, $3, $4, \
        $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, 'waiting', $16, $17)";
    BY_ID = concat!(head!(), "WHERE s.id = $1");
    BODY = "SELECT body FROM screening WHERE id = $1";
    SENT_BY = concat!(head!(), "WHERE s.submitted_by = $1 ORDER BY s.submitted_at DESC LIMIT 200");
    TO_CHECK = concat!(head!(), "WHERE s.agency_id = $1 AND ", reader_may_see!(), " ORDER BY \
        CASE s.status WHEN 'waiting' THEN 0 WHEN 'second' THEN 1 ELSE 2 END, s.danger DESC, \
        s.submitted_at LIMIT 200");
    AT_HUB = concat!(head!(), "WHERE (s.concern_id IS NOT NULL OR s.hub_told_at IS NOT NULL) \
        AND $1 = '' AND ", reader_may_see!(), " ORDER BY \
        CASE s.status WHEN 'waiting' THEN 0 WHEN 'second' THEN 1 ELSE 2 END, s.danger DESC, \
        s.submitted_at DESC LIMIT 200");
    OF_FILE = concat!(head!(), "WHERE EXISTS (SELECT 1 FROM child f WHERE f.id = $1 AND ", files!(),
        ") AND ", reader_may_see!(), " ORDER BY s.submitted_at DESC LIMIT 100");
    OF_CONCERN = concat!(head!(), "WHERE s.concern_id = $1 AND ", reader_may_see!(),
        " ORDER BY s.submitted_at DESC LIMIT 20");
    SAME_CHILD = concat!(head!(), "WHERE s.id <> $1 AND EXISTS (SELECT 1 FROM child f \
        JOIN screening o ON o.id = $1 WHERE ", files!(), " AND (f.id = o.child_id OR f.id IN \
        (SELECT oc.child_id FROM concern_child oc WHERE oc.concern_id = o.concern_id))) AND ",
        reader_may_see!(), " ORDER BY s.submitted_at DESC LIMIT 50");
    SET_LEVEL = "UPDATE screening SET level = $3, status = $4, version = version + 1 \
        WHERE id = $1 AND version = $2";
    SET_CONCERN = "UPDATE screening SET concern_id = $2, version = version + 1 WHERE id = $1 \
        AND concern_id IS NULL";
    TELL_HUB = "UPDATE screening SET hub_told_at = $2 WHERE id = $1 AND hub_told_at IS NULL";
    STATUS = "SELECT status FROM screening WHERE id = $1";
    BY_DRAFT = "SELECT reference FROM screening WHERE draft_id = $1";
    ID_OF = "SELECT id FROM screening WHERE reference = $1";
    ATTACHED = concat!(head!(), "WHERE s.concern_id = $1 ORDER BY s.submitted_at");
    FILES = concat!("SELECT f.id FROM child f JOIN screening s ON s.id = $1 WHERE ", files!());
}

/// A screening without its answers.
#[derive(Debug, Clone)]
pub struct Screening {
    /// Its id.
    pub id: ScreeningId,
    /// Its reference.
    pub reference: Reference,
    /// The version of the instrument it was made with.
    pub instrument: InstrumentId,
    /// When it was sent.
    pub submitted_at: Timestamp,
    /// The day of the screen.
    pub screened_on: Date,
    /// The signed-in person who completed it.
    pub submitted_by: Option<UserId>,
    /// The name of whoever completed it.
    pub sent_by_name: String,
    /// The agency that checks it.
    pub agency: AgencyId,
    /// Its name.
    pub agency_name: String,
    /// The child's file it was begun from.
    pub child: Option<ChildId>,
    /// The concern it was begun from, or that was made from it.
    pub concern: Option<ConcernId>,
    /// The reference of that concern.
    pub concern_reference: Option<Reference>,
    /// The child's name as given.
    pub child_name: String,
    /// A child is in danger now.
    pub danger: bool,
    /// The level that the rules suggest, by its id in the instrument.
    pub computed_level: String,
    /// The level that actions follow.
    pub level: String,
    /// `waiting` for a check, `second` for somebody to agree, or `decided`.
    pub status: String,
    /// When somebody should have checked it.
    pub due_at: Timestamp,
    /// When the hub was told without a concern.
    pub hub_told_at: Option<Timestamp>,
    /// Counts changes, so that two people deciding at once are noticed.
    pub version: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    reference: String,
    instrument_id: Uuid,
    submitted_at: i64,
    screened_on: String,
    submitted_by: Option<Uuid>,
    sent_by_name: String,
    agency_id: Uuid,
    agency_name: String,
    child_id: Option<Uuid>,
    concern_id: Option<Uuid>,
    concern_reference: Option<String>,
    child_name: String,
    danger: i64,
    computed_level: String,
    level: String,
    status: String,
    due_at: i64,
    hub_told_at: Option<i64>,
    version: i64,
}

impl From<Row> for Screening {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.into(),
            reference: Reference::from_stored(row.reference),
            instrument: row.instrument_id.into(),
            submitted_at: instant(row.submitted_at),
            screened_on: row.screened_on.parse().unwrap_or_default(),
            submitted_by: row.submitted_by.map(UserId),
            sent_by_name: row.sent_by_name,
            agency: row.agency_id.into(),
            agency_name: row.agency_name,
            child: row.child_id.map(ChildId),
            concern: row.concern_id.map(ConcernId),
            concern_reference: row.concern_reference.map(Reference::from_stored),
            child_name: row.child_name,
            danger: row.danger != 0,
            computed_level: row.computed_level,
            level: row.level,
            status: row.status,
            due_at: instant(row.due_at),
            hub_told_at: row.hub_told_at.map(instant),
            version: row.version,
        }
    }
}

/// A screening about to be received.
pub struct NewScreening {
    /// Its id.
    pub id: ScreeningId,
    /// Its reference.
    pub reference: Reference,
    /// The draft it was; a draft is sent once.
    pub draft: DraftId,
    /// The version of the instrument.
    pub instrument: InstrumentId,
    /// The day of the screen.
    pub screened_on: Date,
    /// The signed-in person who completed it.
    pub submitted_by: Option<UserId>,
    /// The name of whoever completed it.
    pub sent_by_name: String,
    /// The agency that checks it.
    pub agency: AgencyId,
    /// The link by which somebody without an account came.
    pub link: Option<LinkId>,
    /// The child's file it was begun from.
    pub child: Option<ChildId>,
    /// The concern it was begun from.
    pub concern: Option<ConcernId>,
    /// The child's name as given.
    pub child_name: String,
    /// A child is in danger now.
    pub danger: bool,
    /// The level that the rules suggest.
    pub computed_level: String,
    /// When somebody should have checked it.
    pub due_at: Timestamp,
    /// The answers, as JSON.
    pub body: String,
}

/// Receives a screening.
pub async fn insert(tx: &mut Tx, new: &NewScreening) -> Result<(), StoreError> {
    let now = tx.now();
    let values = args![
        new.id,
        new.reference.as_str(),
        new.draft,
        new.instrument,
        now,
        new.screened_on.to_string(),
        new.submitted_by,
        &new.sent_by_name,
        new.agency,
        new.link,
        new.child,
        new.concern,
        &new.child_name,
        new.danger,
        &new.computed_level,
        new.due_at,
        &new.body,
    ];
    tx.conn().exec(INSERT, values).await.map(|_| ())
}

/// One screening.
pub async fn by_id(conn: &mut Conn<'_>, id: ScreeningId) -> Result<Screening, StoreError> {
    conn.one::<Row>(BY_ID, args![id]).await.map(Screening::from)
}

/// Its answers, as JSON.
pub async fn body(conn: &mut Conn<'_>, id: ScreeningId) -> Result<String, StoreError> {
    conn.one::<(String,)>(BODY, args![id]).await.map(|row| row.0)
}

fn all(rows: Vec<Row>) -> Vec<Screening> {
    rows.into_iter().map(Screening::from).collect()
}

/// What somebody sent.
pub async fn sent_by(conn: &mut Conn<'_>, user: UserId) -> Result<Vec<Screening>, StoreError> {
    Ok(all(conn.all(SENT_BY, args![user]).await?))
}

/// What an agency has to check, and what it checked; waiting first.
pub async fn of_agency(
    conn: &mut Conn<'_>,
    agency: AgencyId,
    reader: UserId,
    now: Timestamp,
) -> Result<Vec<Screening>, StoreError> {
    Ok(all(conn.all(TO_CHECK, args![agency, reader, now]).await?))
}

/// What reached the hub.
pub async fn at_hub(
    conn: &mut Conn<'_>,
    reader: UserId,
    now: Timestamp,
) -> Result<Vec<Screening>, StoreError> {
    Ok(all(conn.all(AT_HUB, args!["", reader, now]).await?))
}

/// The screenings of a child's file that a reader may know of, newest first.
pub async fn of_file(
    conn: &mut Conn<'_>,
    child: ChildId,
    reader: UserId,
    now: Timestamp,
) -> Result<Vec<Screening>, StoreError> {
    Ok(all(conn.all(OF_FILE, args![child, reader, now]).await?))
}

/// The screenings attached to a concern that a reader may know of.
pub async fn of_concern(
    conn: &mut Conn<'_>,
    concern: ConcernId,
    reader: UserId,
    now: Timestamp,
) -> Result<Vec<Screening>, StoreError> {
    Ok(all(conn.all(OF_CONCERN, args![concern, reader, now]).await?))
}

/// Other screenings of the same child, by the file, that a reader may know of.
pub async fn same_child(
    conn: &mut Conn<'_>,
    id: ScreeningId,
    reader: UserId,
    now: Timestamp,
) -> Result<Vec<Screening>, StoreError> {
    Ok(all(conn.all(SAME_CHILD, args![id, reader, now]).await?))
}

/// Sets the level that actions follow and where the screening stands, unless somebody else did
/// since `version`.
pub async fn set_level(
    tx: &mut Tx,
    id: ScreeningId,
    version: i64,
    level: &str,
    status: &str,
) -> Result<(), StoreError> {
    let changed = tx.conn().exec(SET_LEVEL, args![id, version, level, status]).await?;
    if changed == 0 { Err(StoreError::Conflict) } else { Ok(()) }
}

/// Attaches it to the concern that was made from it.
pub async fn set_concern(
    tx: &mut Tx,
    id: ScreeningId,
    concern: ConcernId,
) -> Result<(), StoreError> {
    let changed = tx.conn().exec(SET_CONCERN, args![id, concern]).await?;
    if changed == 0 { Err(StoreError::Conflict) } else { Ok(()) }
}

/// From now on the hub may see it.
pub async fn tell_hub(tx: &mut Tx, id: ScreeningId) -> Result<bool, StoreError> {
    let now = tx.now();
    Ok(tx.conn().exec(TELL_HUB, args![id, now]).await? == 1)
}

/// Where it stands; `None` when there is none.
pub async fn status(conn: &mut Conn<'_>, id: ScreeningId) -> Result<Option<String>, StoreError> {
    Ok(conn.optional::<(String,)>(STATUS, args![id]).await?.map(|row| row.0))
}

/// The screening that a draft became.
pub async fn by_draft(
    conn: &mut Conn<'_>,
    draft: DraftId,
) -> Result<Option<Reference>, StoreError> {
    let row: Option<(String,)> = conn.optional(BY_DRAFT, args![draft]).await?;
    Ok(row.map(|(reference,)| Reference::from_stored(reference)))
}

/// The id of a reference. It opens nothing by itself.
pub async fn id_of(
    conn: &mut Conn<'_>,
    reference: &Reference,
) -> Result<Option<ScreeningId>, StoreError> {
    let row: Option<(Uuid,)> = conn.optional(ID_OF, args![reference.as_str()]).await?;
    Ok(row.map(|(id,)| id.into()))
}

/// The screenings attached to a concern, for what the program writes by itself.
pub async fn attached(
    conn: &mut Conn<'_>,
    concern: ConcernId,
) -> Result<Vec<Screening>, StoreError> {
    Ok(all(conn.all(ATTACHED, args![concern]).await?))
}

/// The files of its child: the one it was begun from, and those its concern was joined to.
pub async fn files(conn: &mut Conn<'_>, id: ScreeningId) -> Result<Vec<ChildId>, StoreError> {
    let rows: Vec<(Uuid,)> = conn.all(FILES, args![id]).await?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}
