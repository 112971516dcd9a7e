//! Sessions: the hash of a 256-bit token, with an idle and an absolute limit, ended at once when
//! the person or the agency loses access.

use tessera_core::{
    ids::{AgencyId, UserId},
    time::{SignedDuration, Timestamp},
    user::Role,
};
use uuid::Uuid;

use crate::{
    Db, StoreError, Tx,
    sql::{args, instant, statements},
};

/// A session ends when nothing is asked for this long.
pub const IDLE: SignedDuration = SignedDuration::from_mins(15);
/// A session ends after this long whatever happens.
pub const ABSOLUTE: SignedDuration = SignedDuration::from_hours(12);
/// How stale the time of last use may grow, so that not every request writes.
const SEEN_EVERY: SignedDuration = SignedDuration::from_secs(60);

statements! {
    INSERT = "INSERT INTO session (token_hash, user_id, created_at, seen_at, expires_at) \
        VALUES ($1, $2, $3, $3, $4)";
    FIND = "SELECT s.user_id, u.agency_id, u.name, a.name, s.seen_at \
        FROM session s JOIN user_account u ON u.id = s.user_id JOIN agency a ON a.id = u.agency_id \
        WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND s.seen_at > $3 \
        AND u.standing = 'active' AND a.suspended_at IS NULL";
    SEEN = "UPDATE session SET seen_at = $2 WHERE token_hash = $1";
    END = "UPDATE session SET ended_at = $2 WHERE token_hash = $1 AND ended_at IS NULL";
    END_ALL = "UPDATE session SET ended_at = $2 WHERE user_id = $1 AND ended_at IS NULL";
}

/// A live session.
#[derive(Debug, Clone)]
pub struct Session {
    /// Whose.
    pub user: UserId,
    /// Their agency.
    pub agency: AgencyId,
    /// Their name.
    pub name: String,
    /// Their agency's name.
    pub agency_name: String,
    /// The roles that hold now.
    pub roles: Vec<Role>,
}

fn hash(keys: &crate::Keys, token: &[u8; 32]) -> [u8; 32] {
    keys.blind("session", token)
}

/// Begins a session.
pub async fn begin(tx: &mut Tx, token: &[u8; 32], user: UserId) -> Result<(), StoreError> {
    let now = tx.now();
    let hash = hash(&tx.keys(), token);
    tx.conn().exec(INSERT, args![&hash, user, now, now + ABSOLUTE]).await.map(|_| ())
}

/// The live session of a token. Reads the account each time, so a leaver is out at once.
pub async fn find(db: &Db, token: &[u8; 32]) -> Result<Option<Session>, StoreError> {
    type Row = (Uuid, Uuid, String, String, i64);
    let (hash, now) = (hash(db.keys(), token), db.now());
    let mut read = db.read().await?;
    let row: Option<Row> = read.conn().optional(FIND, args![&hash, now, now - IDLE]).await?;
    let Some((user, agency, name, agency_name, seen)) = row else { return Ok(None) };
    let roles = crate::user::roles(&mut read.conn(), user.into(), now).await?;
    drop(read);
    if instant(seen) + SEEN_EVERY < now {
        touch(db, hash, now).await?;
    }
    Ok(Some(Session { user: user.into(), agency: agency.into(), name, agency_name, roles }))
}

async fn touch(db: &Db, hash: [u8; 32], now: Timestamp) -> Result<(), StoreError> {
    db.write_unaudited(move |tx| {
        Box::pin(async move { tx.conn().exec(SEEN, args![&hash, now]).await.map(|_| ()) })
    })
    .await
}

/// Ends a session.
pub async fn end(tx: &mut Tx, token: &[u8; 32]) -> Result<(), StoreError> {
    let now = tx.now();
    let hash = hash(&tx.keys(), token);
    tx.conn().exec(END, args![&hash, now]).await.map(|_| ())
}

/// Ends every session of a person.
pub async fn end_all(tx: &mut Tx, user: UserId) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(END_ALL, args![user, now]).await.map(|_| ())
}
