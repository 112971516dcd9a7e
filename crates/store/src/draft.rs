//! Drafts of concerns, sealed as a whole. Only the holder of the code finds one.

use tessera_core::{
    ids::{ConcernId, DraftId, UserId},
    reference::Code,
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
    INSERT = "INSERT INTO draft (id, code_hash, user_id, body, created_at, changed_at, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $5, $6)";
    UPDATE = "UPDATE draft SET body = $2, changed_at = $3, expires_at = $4 \
        WHERE id = $1 AND sent_as IS NULL";
    FIND = "SELECT id, body, expires_at, sent_as FROM draft WHERE code_hash = $1 AND expires_at > $2";
    SENT = "UPDATE draft SET sent_as = $2, body = $3 WHERE id = $1 AND sent_as IS NULL";
    DELETE = "DELETE FROM draft WHERE id = $1";
    SWEEP = "DELETE FROM draft WHERE expires_at <= $1";
}

/// A draft as kept.
pub struct Draft {
    /// Its id.
    pub id: DraftId,
    /// What was typed, as JSON; empty once sent.
    pub body: Vec<u8>,
    /// When it is deleted.
    pub expires_at: Timestamp,
    /// The concern it became.
    pub sent_as: Option<ConcernId>,
}

const fn place(row: Uuid) -> Place {
    Place { column: "draft.body", row }
}

fn code_hash(keys: &Keys, code: &Code) -> [u8; 32] {
    keys.blind("draft code", code.secret().as_bytes())
}

/// Keeps a new draft.
pub async fn insert(
    tx: &mut Tx,
    id: DraftId,
    code: &Code,
    user: Option<UserId>,
    body: &[u8],
) -> Result<(), StoreError> {
    let (now, keys) = (tx.now(), tx.keys());
    let sealed = seal(&keys.derive("draft"), place(id.0), body, tx.chance())?;
    let hash = code_hash(&keys, code);
    tx.conn().exec(INSERT, args![id, &hash, user, sealed, now, now + KEPT]).await.map(|_| ())
}

/// Changes a draft that was not yet sent.
pub async fn update(tx: &mut Tx, id: DraftId, body: &[u8]) -> Result<(), StoreError> {
    let now = tx.now();
    let sealed = seal(&tx.keys().derive("draft"), place(id.0), body, tx.chance())?;
    let changed = tx.conn().exec(UPDATE, args![id, sealed, now, now + KEPT]).await?;
    if changed == 0 { Err(StoreError::Conflict) } else { Ok(()) }
}

/// The draft of a code.
pub async fn find(db: &Db, code: &Code) -> Result<Option<Draft>, StoreError> {
    type Row = (Uuid, Vec<u8>, i64, Option<Uuid>);
    let hash = code_hash(db.keys(), code);
    let row: Option<Row> = db.read().await?.conn().optional(FIND, args![&hash, db.now()]).await?;
    let Some((id, sealed, expires_at, sent_as)) = row else { return Ok(None) };
    let body = open(&db.keys().derive("draft"), place(id), &sealed)?;
    Ok(Some(Draft {
        id: id.into(),
        body,
        expires_at: instant(expires_at),
        sent_as: sent_as.map(ConcernId),
    }))
}

/// Marks a draft as sent and forgets what was typed; the concern has it now.
pub async fn mark_sent(tx: &mut Tx, id: DraftId, concern: ConcernId) -> Result<(), StoreError> {
    let empty = seal(&tx.keys().derive("draft"), place(id.0), b"{}", tx.chance())?;
    tx.conn().exec(SENT, args![id, concern, empty]).await.map(|_| ())
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
