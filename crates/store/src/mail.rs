//! Letters by e-mail, and who asked for them. Addresses are sealed; a keyed hash finds them again.

use tessera_core::{
    chance::Draw,
    ids::{MailId, SubscriptionId},
    time::{SignedDuration, Timestamp},
};
use uuid::Uuid;

use crate::{
    Conn, Db, Keys, StoreError, Tx,
    envelope::{Place, open, seal},
    sql::{args, instant, statements},
};

/// A wish that was not confirmed is forgotten after this long; the letter says so.
pub const CONFIRM_WITHIN: SignedDuration = SignedDuration::from_hours(24 * 7);

statements! {
    ASK = "INSERT INTO subscription (id, address_hash, address, topic, asked_at, language) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    STANDS = "SELECT CAST(COUNT(*) AS BIGINT) FROM subscription WHERE address_hash = $1 \
        AND topic = $2 AND ended_at IS NULL AND (confirmed_at IS NOT NULL OR asked_at > $3)";
    ASKED_LATELY = "SELECT CAST(COUNT(*) AS BIGINT) FROM subscription \
        WHERE address_hash = $1 AND asked_at > $2";
    FIND = "SELECT id, topic, asked_at, confirmed_at, ended_at FROM subscription WHERE id = $1";
    CONFIRM = "UPDATE subscription SET confirmed_at = $2 \
        WHERE id = $1 AND confirmed_at IS NULL AND ended_at IS NULL";
    END = "UPDATE subscription SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
    FOLLOWERS = "SELECT id, address_hash, address, topic, language FROM subscription \
        WHERE confirmed_at IS NOT NULL AND ended_at IS NULL ORDER BY id";
    SWEEP_ASKED = "DELETE FROM subscription WHERE confirmed_at IS NULL AND asked_at <= $1";
    SWEEP_ENDED = "DELETE FROM subscription WHERE ended_at IS NOT NULL AND ended_at <= $1";
    INSERT_MAIL = "INSERT INTO mail (id, sealed, purpose, made_at) VALUES ($1, $2, $3, $4)";
    MAIL = "SELECT sealed, sent_at FROM mail WHERE id = $1";
    SENT = "UPDATE mail SET sent_at = $2, sealed = NULL WHERE id = $1";
}

/// A wish to be told.
#[derive(Debug, Clone)]
pub struct Subscription {
    /// Its id.
    pub id: SubscriptionId,
    /// The topic; `all` for every one.
    pub topic: String,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// When the address's owner confirmed it.
    pub confirmed_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// Somebody to tell.
#[derive(Debug, Clone)]
pub struct Follower {
    /// By which wish.
    pub id: SubscriptionId,
    /// The same for every wish of one address.
    pub address_hash: Vec<u8>,
    /// The address.
    pub address: String,
    /// The topic.
    pub topic: String,
    /// The language in which they asked, BCP 47.
    pub language: String,
}

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Letter {
    /// To whom.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// Where its reader can stop such letters with one press, if they can.
    pub unsubscribe: Option<String>,
}

const fn address_place(row: Uuid) -> Place {
    Place { column: "subscription.address", row }
}

const fn letter_place(row: Uuid) -> Place {
    Place { column: "mail.sealed", row }
}

fn address_hash(keys: &Keys, address: &str) -> [u8; 32] {
    keys.blind("subscription address", address.to_lowercase().as_bytes())
}

/// Whether an address has asked for a topic already, and how often it asked for any since an instant.
pub async fn standing(
    tx: &mut Tx,
    address: &str,
    topic: &str,
    since: Timestamp,
) -> Result<(bool, i64), StoreError> {
    let hash = address_hash(&tx.keys(), address);
    let fresh = tx.now() - CONFIRM_WITHIN;
    let stands = tx.conn().count(STANDS, args![&hash, topic, fresh]).await?;
    let lately = tx.conn().count(ASKED_LATELY, args![&hash, since]).await?;
    Ok((stands > 0, lately))
}

/// Keeps a wish, not yet confirmed.
pub async fn ask(
    tx: &mut Tx,
    id: SubscriptionId,
    address: &str,
    topic: &str,
    language: &str,
) -> Result<(), StoreError> {
    let (now, keys) = (tx.now(), tx.keys());
    let key = keys.derive("subscription");
    let sealed = seal(&key, address_place(id.0), address.as_bytes(), tx.chance())?;
    let hash = address_hash(&keys, address);
    tx.conn().exec(ASK, args![id, &hash, sealed, topic, now, language]).await.map(|_| ())
}

/// One wish.
pub async fn find(
    conn: &mut Conn<'_>,
    id: SubscriptionId,
) -> Result<Option<Subscription>, StoreError> {
    type Row = (Uuid, String, i64, Option<i64>, Option<i64>);
    let row: Option<Row> = conn.optional(FIND, args![id]).await?;
    Ok(row.map(|(id, topic, asked_at, confirmed_at, ended_at)| Subscription {
        id: id.into(),
        topic,
        asked_at: instant(asked_at),
        confirmed_at: confirmed_at.map(instant),
        ended_at: ended_at.map(instant),
    }))
}

/// Confirms a wish; once more changes nothing.
pub async fn confirm(tx: &mut Tx, id: SubscriptionId) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(CONFIRM, args![id, now]).await.map(|_| ())
}

/// Ends a wish; once more changes nothing.
pub async fn end(tx: &mut Tx, id: SubscriptionId) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(END, args![id, now]).await.map(|_| ())
}

/// Everybody who confirmed a wish that stands.
pub async fn followers(db: &Db) -> Result<Vec<Follower>, StoreError> {
    type Row = (Uuid, Vec<u8>, Vec<u8>, String, String);
    let rows: Vec<Row> = db.read().await?.conn().all(FOLLOWERS, vec![]).await?;
    let key = db.keys().derive("subscription");
    let follower = |(id, address_hash, sealed, topic, language): Row| {
        let address = String::from_utf8(open(&key, address_place(id), &sealed)?);
        let address = address.map_err(|_| StoreError::Sealed)?;
        Ok(Follower { id: id.into(), address_hash, address, topic, language })
    };
    rows.into_iter().map(follower).collect()
}

/// Forgets wishes that nobody confirmed in time, and those that ended as long ago; how many.
pub async fn sweep(tx: &mut Tx) -> Result<u64, StoreError> {
    let old = tx.now() - CONFIRM_WITHIN;
    let asked = tx.conn().exec(SWEEP_ASKED, args![old]).await?;
    Ok(asked + tx.conn().exec(SWEEP_ENDED, args![old]).await?)
}

/// Keeps a letter to be sent.
pub async fn write(tx: &mut Tx, letter: &Letter, purpose: &str) -> Result<MailId, StoreError> {
    let now = tx.now();
    let id: MailId = tx.chance().id(now);
    let bytes = serde_json::to_vec(letter).map_err(|_| StoreError::Sealed)?;
    let sealed = seal(&tx.keys().derive("mail"), letter_place(id.0), &bytes, tx.chance())?;
    tx.conn().exec(INSERT_MAIL, args![id, sealed, purpose, now]).await?;
    Ok(id)
}

/// A letter that was not sent yet.
pub async fn unsent(db: &Db, id: MailId) -> Result<Option<Letter>, StoreError> {
    let row: Option<(Option<Vec<u8>>, Option<i64>)> =
        db.read().await?.conn().optional(MAIL, args![id]).await?;
    let Some((Some(sealed), None)) = row else { return Ok(None) };
    let bytes = open(&db.keys().derive("mail"), letter_place(id.0), &sealed)?;
    serde_json::from_slice(&bytes).map(Some).map_err(|_| StoreError::Sealed)
}

/// Marks a letter as sent and forgets what it said.
pub async fn mark_sent(tx: &mut Tx, id: MailId) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(SENT, args![id, now]).await.map(|_| ())
}
