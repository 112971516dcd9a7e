//! One-use links for somebody without an account.

use tessera_core::{
    ids::{AgencyId, LinkId, UserId},
    reference::Code,
    time::Timestamp,
};
use uuid::Uuid;

use crate::{
    Conn, Db, Keys, StoreError, Tx,
    envelope::{Place, open, seal},
    sql::{args, instant, statements},
};

statements! {
    INSERT = "INSERT INTO screening_link (id, token_hash, made_for, agency_id, made_by, \
        made_by_name, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    FIND = "SELECT l.id, l.made_for, l.agency_id, a.name, l.made_by_name, l.expires_at, l.code \
        FROM screening_link l JOIN agency a ON a.id = l.agency_id WHERE l.token_hash = $1 \
        AND l.expires_at > $2 AND l.used_at IS NULL AND l.ended_at IS NULL";
    BEGUN = "UPDATE screening_link SET code = $2 WHERE id = $1 AND code IS NULL \
        AND used_at IS NULL AND ended_at IS NULL";
    USED = "UPDATE screening_link SET used_at = $2 WHERE id = $1 AND used_at IS NULL";
    END = "UPDATE screening_link SET ended_at = $3 WHERE id = $1 AND made_by = $2 \
        AND used_at IS NULL AND ended_at IS NULL";
    OF_MAKER = "SELECT id, made_for, created_at, expires_at, \
        CAST(CASE WHEN code IS NULL THEN 0 ELSE 1 END AS BIGINT), used_at, ended_at \
        FROM screening_link WHERE made_by = $1 ORDER BY created_at DESC LIMIT 50";
}

/// A link that can be used.
pub struct Open {
    /// Its id.
    pub id: LinkId,
    /// For whom it was made, as its maker calls them.
    pub made_for: String,
    /// The agency that checks what comes.
    pub agency: AgencyId,
    /// Its name.
    pub agency_name: String,
    /// Who made it.
    pub made_by: String,
    /// Until when it can be used.
    pub expires_at: Timestamp,
    /// The code of the draft it began.
    pub code: Option<Code>,
}

/// A link as its maker sees it.
pub struct Made {
    /// Its id.
    pub id: LinkId,
    /// For whom.
    pub made_for: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it can be used.
    pub expires_at: Timestamp,
    /// A draft was begun by it.
    pub begun: bool,
    /// When the screening was sent.
    pub used_at: Option<Timestamp>,
    /// When its maker ended it.
    pub ended_at: Option<Timestamp>,
}

/// A link about to be made.
pub struct NewLink<'a> {
    /// Its id.
    pub id: LinkId,
    /// What is in its address.
    pub token: &'a [u8; 32],
    /// For whom.
    pub made_for: &'a str,
    /// The agency that checks what comes.
    pub agency: AgencyId,
    /// Who makes it.
    pub by: UserId,
    /// Their name.
    pub by_name: &'a str,
    /// Until when.
    pub until: Timestamp,
}

fn token_hash(keys: &Keys, token: &[u8; 32]) -> [u8; 32] {
    keys.blind("screening link", token)
}

const fn place(row: Uuid) -> Place {
    Place { column: "screening_link.code", row }
}

/// Makes a link.
pub async fn insert(tx: &mut Tx, new: &NewLink<'_>) -> Result<(), StoreError> {
    let (now, hash) = (tx.now(), token_hash(&tx.keys(), new.token));
    let values =
        args![new.id, &hash, new.made_for, new.agency, new.by, new.by_name, now, new.until];
    tx.conn().exec(INSERT, values).await.map(|_| ())
}

/// The link of a token, while it can be used.
pub async fn find(db: &Db, token: &[u8; 32]) -> Result<Option<Open>, StoreError> {
    type Row = (Uuid, String, Uuid, String, String, i64, Option<Vec<u8>>);
    let hash = token_hash(db.keys(), token);
    let row: Option<Row> = db.read().await?.conn().optional(FIND, args![&hash, db.now()]).await?;
    let Some((id, made_for, agency, agency_name, made_by, expires, sealed)) = row else {
        return Ok(None);
    };
    let key = db.keys().derive("screening link");
    let code = sealed.map(|sealed| open(&key, place(id), &sealed)).transpose()?;
    let code = code.and_then(|code| Code::typed(&String::from_utf8_lossy(&code)));
    Ok(Some(Open {
        id: id.into(),
        made_for,
        agency: agency.into(),
        agency_name,
        made_by,
        expires_at: instant(expires),
        code,
    }))
}

/// Keeps the code of the draft that the link began; `false` when it began one already.
pub async fn begun(tx: &mut Tx, id: LinkId, code: &Code) -> Result<bool, StoreError> {
    let key = tx.keys().derive("screening link");
    let sealed = seal(&key, place(id.0), code.secret().as_bytes(), tx.chance())?;
    Ok(tx.conn().exec(BEGUN, args![id, sealed]).await? == 1)
}

/// The screening was sent: the link is spent.
pub async fn used(tx: &mut Tx, id: LinkId) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(USED, args![id, now]).await.map(|_| ())
}

/// Its maker ends it; `false` when it is not theirs or cannot be used any more.
pub async fn end(tx: &mut Tx, id: LinkId, by: UserId) -> Result<bool, StoreError> {
    let now = tx.now();
    Ok(tx.conn().exec(END, args![id, by, now]).await? == 1)
}

/// The links somebody made, newest first.
pub async fn of_maker(conn: &mut Conn<'_>, by: UserId) -> Result<Vec<Made>, StoreError> {
    type Row = (Uuid, String, i64, i64, i64, Option<i64>, Option<i64>);
    let rows: Vec<Row> = conn.all(OF_MAKER, args![by]).await?;
    let made = |(id, made_for, created, expires, begun, used, ended): Row| Made {
        id: id.into(),
        made_for,
        created_at: instant(created),
        expires_at: instant(expires),
        begun: begun != 0,
        used_at: used.map(instant),
        ended_at: ended.map(instant),
    };
    Ok(rows.into_iter().map(made).collect())
}
