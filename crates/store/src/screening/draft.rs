//! Drafts of screenings, sealed as a whole. Only the holder of the code finds one.

use tessera_core::{
    ids::{AgencyId, ChildId, ConcernId, DraftId, InstrumentId, LinkId, UserId},
    reference::{Code, Reference},
    time::{SignedDuration, Timestamp},
};
use uuid::Uuid;

use crate::{
    Db, Keys, StoreError, Tx,
    envelope::{Place, open, seal},
    sql::{args, instant, statements},
};

/// A draft that is not sent is deleted after this long; the page says so.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);

statements! {
    INSERT = "INSERT INTO screening_draft (id, code_hash, user_id, agency_id, link_id, child_id, \
        concern_id, instrument_id, body, created_at, changed_at, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11)";
    UPDATE = "UPDATE screening_draft SET body = $2, changed_at = $3, expires_at = $4 \
        WHERE id = $1 AND sent_as IS NULL";
    FIND = "SELECT id, user_id, agency_id, link_id, child_id, concern_id, instrument_id, body, \
        changed_at, expires_at, sent_as FROM screening_draft WHERE code_hash = $1 \
        AND expires_at > $2";
    SENT = "UPDATE screening_draft SET sent_as = $2, body = $3 WHERE id = $1 AND sent_as IS NULL";
    DELETE = "DELETE FROM screening_draft WHERE id = $1 AND sent_as IS NULL";
    SWEEP = "DELETE FROM screening_draft WHERE expires_at <= $1";
}

/// Where a draft belongs; set when it is begun and never changed.
#[derive(Debug, Clone, Copy)]
pub struct Belongs {
    /// The signed-in person who began it.
    pub user: Option<UserId>,
    /// The agency that checks it.
    pub agency: AgencyId,
    /// The link by which somebody without an account came.
    pub link: Option<LinkId>,
    /// The child's file it was begun from.
    pub child: Option<ChildId>,
    /// The concern it was begun from.
    pub concern: Option<ConcernId>,
    /// The instrument.
    pub instrument: InstrumentId,
}

/// A draft as kept.
pub struct Draft {
    /// Its id.
    pub id: DraftId,
    /// Where it belongs.
    pub belongs: Belongs,
    /// What was answered, as JSON; empty once sent.
    pub body: Vec<u8>,
    /// When it was last kept.
    pub changed_at: Timestamp,
    /// When it is deleted.
    pub expires_at: Timestamp,
    /// The screening it became.
    pub sent_as: Option<Reference>,
}

const fn place(row: Uuid) -> Place {
    Place { column: "screening_draft.body", row }
}

fn code_hash(keys: &Keys, code: &Code) -> [u8; 32] {
    keys.blind("screening code", code.secret().as_bytes())
}

/// Keeps a new draft.
pub async fn insert(
    tx: &mut Tx,
    id: DraftId,
    code: &Code,
    belongs: &Belongs,
    body: &[u8],
) -> Result<(), StoreError> {
    let (now, keys) = (tx.now(), tx.keys());
    let sealed = seal(&keys.derive("screening draft"), place(id.0), body, tx.chance())?;
    let values = args![
        id,
        &code_hash(&keys, code),
        belongs.user,
        belongs.agency,
        belongs.link,
        belongs.child,
        belongs.concern,
        belongs.instrument,
        sealed,
        now,
        now + KEPT,
    ];
    tx.conn().exec(INSERT, values).await.map(|_| ())
}

/// Changes a draft that was not yet sent.
pub async fn update(tx: &mut Tx, id: DraftId, body: &[u8]) -> Result<(), StoreError> {
    let now = tx.now();
    let sealed = seal(&tx.keys().derive("screening draft"), place(id.0), body, tx.chance())?;
    let changed = tx.conn().exec(UPDATE, args![id, sealed, now, now + KEPT]).await?;
    if changed == 0 { Err(StoreError::Conflict) } else { Ok(()) }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    user_id: Option<Uuid>,
    agency_id: Uuid,
    link_id: Option<Uuid>,
    child_id: Option<Uuid>,
    concern_id: Option<Uuid>,
    instrument_id: Uuid,
    body: Vec<u8>,
    changed_at: i64,
    expires_at: i64,
    sent_as: Option<String>,
}

/// The draft of a code.
pub async fn find(db: &Db, code: &Code) -> Result<Option<Draft>, StoreError> {
    let hash = code_hash(db.keys(), code);
    let row: Option<Row> = db.read().await?.conn().optional(FIND, args![&hash, db.now()]).await?;
    let Some(row) = row else { return Ok(None) };
    let body = open(&db.keys().derive("screening draft"), place(row.id), &row.body)?;
    Ok(Some(Draft {
        id: row.id.into(),
        belongs: Belongs {
            user: row.user_id.map(UserId),
            agency: row.agency_id.into(),
            link: row.link_id.map(LinkId),
            child: row.child_id.map(ChildId),
            concern: row.concern_id.map(ConcernId),
            instrument: row.instrument_id.into(),
        },
        body,
        changed_at: instant(row.changed_at),
        expires_at: instant(row.expires_at),
        sent_as: row.sent_as.map(Reference::from_stored),
    }))
}

/// Marks a draft as sent and forgets what was answered; the screening has it now. `false` when it
/// was sent already.
pub async fn mark_sent(tx: &mut Tx, id: DraftId, as_: &Reference) -> Result<bool, StoreError> {
    let empty = seal(&tx.keys().derive("screening draft"), place(id.0), b"{}", tx.chance())?;
    Ok(tx.conn().exec(SENT, args![id, as_.as_str(), empty]).await? == 1)
}

/// Deletes a draft at its writer's wish.
pub async fn delete(tx: &mut Tx, id: DraftId) -> Result<(), StoreError> {
    tx.conn().exec(DELETE, args![id]).await.map(|_| ())
}

/// Deletes every draft whose time is up; how many.
pub async fn sweep(tx: &mut Tx) -> Result<u64, StoreError> {
    let now = tx.now();
    tx.conn().exec(SWEEP, args![now]).await
}
