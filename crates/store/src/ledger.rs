//! The sequencer: takes audit rows, in the order they were committed, into the signed Merkle log;
//! and the check that rows and log agree.

use serde_json::json;
use tessera_core::time::SignedDuration;
use tessera_ledger::{
    Checked, Checkpoint, Fault, Hash, LogCheck, LogKey, MemoryHashes, Signer, Tree, canonical,
    indexes_of_entry, leaf_hash, stored_index,
};
use uuid::Uuid;

use crate::{
    Conn, Db, Dialect, Keys, StoreError, Tx,
    sql::{args, statements},
};

/// The log's name, signed into every checkpoint.
pub const ORIGIN: &str = "tessera.audit.log";
/// Rows taken into the log at once.
const BATCH: i64 = 2000;

statements! {
    UNSEQUENCED = "SELECT id, at, actor_id, actor_name, agency_id, action, resource_kind, \
        resource_id, outcome, detail, request_id FROM audit_entry WHERE leaf IS NULL \
        ORDER BY id LIMIT $1";
    SEQUENCED = "SELECT id, at, actor_id, actor_name, agency_id, action, resource_kind, \
        resource_id, outcome, detail, request_id FROM audit_entry WHERE leaf >= $1 \
        ORDER BY leaf LIMIT $2";
    GIVE_LEAF = "UPDATE audit_entry SET leaf = $2 WHERE id = $1";
    KEEP_HASH = "INSERT INTO ledger_hash (position, hash) VALUES ($1, $2)";
    HASH = "SELECT hash FROM ledger_hash WHERE position = $1";
    HASHES = "SELECT position, hash FROM ledger_hash WHERE position >= $1 AND position < $2 \
        ORDER BY position";
    SIZE = "SELECT CAST(COALESCE(MAX(size), 0) AS BIGINT) FROM ledger_checkpoint";
    THIN_OUT = "DELETE FROM ledger_checkpoint WHERE at >= $1";
    KEEP_CHECKPOINT = "INSERT INTO ledger_checkpoint (size, at, note) VALUES ($1, $2, $3)";
    NEWEST = "SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1";
    CHECKPOINTS = "SELECT note FROM ledger_checkpoint ORDER BY size";
    TAIL = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit_entry WHERE leaf IS NULL";
    UNSIGNED = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit_entry WHERE leaf >= ( \
        SELECT COALESCE(MAX(size), 0) FROM ledger_checkpoint)";
    // Only one server of a PostgreSQL installation sequences at a time.
    LOCK_PG = "SELECT CAST(CASE WHEN pg_try_advisory_xact_lock(7426002) THEN 1 ELSE 0 END AS BIGINT)";
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    at: i64,
    actor_id: Option<Uuid>,
    actor_name: String,
    agency_id: Option<Uuid>,
    action: String,
    resource_kind: String,
    resource_id: Option<Uuid>,
    outcome: String,
    detail: String,
    request_id: Option<Uuid>,
}

impl Row {
    /// The bytes that stand in the log: everything of the row that must never change.
    fn bytes(&self) -> Result<Vec<u8>, StoreError> {
        let text = |id: Option<Uuid>| id.map(|id| id.to_string());
        let value = json!({
            "row": self.id,
            "at": self.at,
            "actor": text(self.actor_id),
            "actor_name": self.actor_name,
            "agency": text(self.agency_id),
            "action": self.action,
            "kind": self.resource_kind,
            "record": text(self.resource_id),
            "outcome": self.outcome,
            "detail": self.detail,
            "request": text(self.request_id),
        });
        canonical::to_bytes(&value).map_err(fault)
    }
}

#[allow(clippy::needless_pass_by_value)] // the shape `map_err` wants
fn fault(error: tessera_ledger::Error) -> StoreError {
    StoreError::Ledger(error.to_string())
}

fn signer(keys: &Keys) -> Result<Signer, StoreError> {
    Signer::from_seed(ORIGIN, keys.log_seed()).map_err(fault)
}

/// The public key that checks the log's signatures, as partners keep it.
pub fn public_key(keys: &Keys) -> Result<LogKey, StoreError> {
    signer(keys)?.public().map_err(fault)
}

/// Takes waiting rows into the log and signs it; how many were taken.
pub async fn sequence(db: &Db) -> Result<usize, StoreError> {
    if db.read().await?.conn().count(TAIL, vec![]).await? == 0 {
        return Ok(0);
    }
    db.write_unaudited(|tx| Box::pin(sequence_in(tx))).await
}

async fn sequence_in(tx: &mut Tx) -> Result<usize, StoreError> {
    if tx.conn().dialect() == Dialect::Pg && tx.conn().count(LOCK_PG, vec![]).await? == 0 {
        return Ok(0);
    }
    let rows: Vec<Row> = tx.conn().all(UNSEQUENCED, args![BATCH]).await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let mut tree = load_tree(&mut tx.conn()).await?;
    for row in &rows {
        let leaf = i64::try_from(tree.size()).unwrap_or(i64::MAX);
        for stored in tree.append(leaf_hash(&row.bytes()?)).map_err(fault)? {
            let position = i64::try_from(stored.index).unwrap_or(i64::MAX);
            let hash = stored.hash.as_bytes().to_vec();
            tx.conn().exec(KEEP_HASH, args![position, hash]).await?;
        }
        tx.conn().exec(GIVE_LEAF, args![row.id, leaf]).await?;
    }
    let note = signer(&tx.keys())?.sign(&tree.checkpoint(ORIGIN)).map_err(fault)?;
    let (size, now) = (i64::try_from(tree.size()).unwrap_or(i64::MAX), tx.now());
    // One a minute is kept: each costs a signature check later, and only the newest is needed.
    let minute = now - SignedDuration::from_micros(now.as_microsecond().rem_euclid(60_000_000));
    tx.conn().exec(THIN_OUT, args![minute]).await?;
    tx.conn().exec(KEEP_CHECKPOINT, args![size, now, note]).await?;
    Ok(rows.len())
}

async fn load_tree(conn: &mut Conn<'_>) -> Result<Tree, StoreError> {
    let size = u64::try_from(conn.count(SIZE, vec![]).await?).unwrap_or(0);
    let mut hashes = MemoryHashes::new();
    for index in Tree::edge_indexes(size).map_err(fault)? {
        let position = i64::try_from(index).unwrap_or(i64::MAX);
        let (bytes,): (Vec<u8>,) = conn.one(HASH, args![position]).await?;
        hashes.insert(index, hash_of(&bytes)?);
    }
    Tree::new(size, &hashes).map_err(fault)
}

fn hash_of(bytes: &[u8]) -> Result<Hash, StoreError> {
    Hash::from_slice(bytes).ok_or_else(|| StoreError::Ledger("a stored hash is damaged".into()))
}

/// What checking the log found.
#[derive(Debug)]
pub struct Verified {
    /// What is in the log and signed.
    pub checked: Checked,
    /// Rows committed and not yet in the log: the unsigned tail, at most a second old while the
    /// server runs.
    pub tail: i64,
    /// Time of the newest checkpoint is not trusted; its text is shown instead.
    pub newest: Option<String>,
}

/// Why the log could not be confirmed.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The database could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Rows and log disagree.
    #[error("{0}")]
    Fault(#[from] Fault),
    /// Rows stand in the log that no checkpoint covers. Rows are taken in and signed in one
    /// transaction, so somebody else put them there, or took checkpoints away.
    #[error("{0} entries are in the log but were never signed")]
    Unsigned(i64),
}

/// Checks every row against the log, the log against every signed checkpoint, and against
/// checkpoints that partners kept (`witnessed`: signed notes).
pub async fn verify(db: &Db, witnessed: &[String]) -> Result<Verified, VerifyError> {
    let mut read = db.read().await?;
    let mut conn = read.conn();
    let key = public_key(db.keys())?;
    let own: Vec<(String,)> = conn.all(CHECKPOINTS, vec![]).await?;
    let newest = own.last().map(|(note,)| note.clone());
    let open = |note: &String| key.open(note.as_bytes()).map_err(Fault::Unreadable);
    let checkpoints: Vec<Checkpoint> =
        own.iter().map(|(note,)| note).chain(witnessed).map(open).collect::<Result<_, _>>()?;
    // Rows that are taken in while this runs are left to the next check.
    let signed = checkpoints.get(..own.len()).unwrap_or_default().iter().map(|one| one.size).max();
    let mut check = LogCheck::new(&checkpoints)?;
    while check.size() < signed.unwrap_or(0) {
        let left = signed.unwrap_or(0) - check.size();
        if !check_rows(&mut conn, &mut check, left).await? {
            break;
        }
    }
    let checked = check.finish()?;
    let unsigned = conn.count(UNSIGNED, vec![]).await?;
    if unsigned > 0 {
        return Err(VerifyError::Unsigned(unsigned));
    }
    let tail = conn.count(TAIL, vec![]).await?;
    Ok(Verified { checked, tail, newest })
}

/// Checks the next rows, at most `left`; `false` when there are none.
async fn check_rows(
    conn: &mut Conn<'_>,
    check: &mut LogCheck,
    left: u64,
) -> Result<bool, VerifyError> {
    let from = i64::try_from(check.size()).unwrap_or(i64::MAX);
    let limit = i64::try_from(left).map_or(BATCH, |left| left.min(BATCH));
    let rows: Vec<Row> = conn.all(SEQUENCED, args![from, limit]).await?;
    let kept = kept_hashes(conn, check.size(), rows.len() as u64).await?;
    let mut kept = kept.as_slice();
    for row in &rows {
        let end = indexes_of_entry(check.size()).end;
        let (mine, rest) = kept.split_at(kept.partition_point(|hash| hash.index < end));
        check.entry_with_hashes(&row.bytes()?, mine)?;
        kept = rest;
    }
    Ok(!rows.is_empty())
}

async fn kept_hashes(
    conn: &mut Conn<'_>,
    from: u64,
    count: u64,
) -> Result<Vec<tessera_ledger::StoredHash>, StoreError> {
    let low = i64::try_from(stored_index(0, from)).unwrap_or(i64::MAX);
    let high = i64::try_from(stored_index(0, from + count)).unwrap_or(i64::MAX);
    let rows: Vec<(i64, Vec<u8>)> = conn.all(HASHES, args![low, high]).await?;
    rows.into_iter()
        .map(|(position, hash)| {
            Ok(tessera_ledger::StoredHash {
                index: u64::try_from(position).unwrap_or(0),
                hash: hash_of(&hash)?,
            })
        })
        .collect()
}

/// The newest signed checkpoint, to be kept by a partner.
pub async fn newest_checkpoint(db: &Db) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = db.read().await?.conn().optional(NEWEST, vec![]).await?;
    Ok(row.map(|(note,)| note))
}

/// The entries of the log as bytes, from a leaf on, for an export that others can check.
pub async fn entries(
    conn: &mut Conn<'_>,
    from: i64,
    limit: i64,
) -> Result<Vec<Vec<u8>>, StoreError> {
    let rows: Vec<Row> = conn.all(SEQUENCED, args![from, limit]).await?;
    rows.iter().map(Row::bytes).collect()
}

/// Stored hashes by their places in the log, for an export.
pub async fn hashes(conn: &mut Conn<'_>, places: &[u64]) -> Result<MemoryHashes, StoreError> {
    let mut found = MemoryHashes::new();
    let (Some(low), Some(high)) = (places.iter().min(), places.iter().max()) else {
        return Ok(found);
    };
    // Leaves lie together, with few other hashes between them; the hashes of a higher level do not.
    if high - low <= 2 * places.len() as u64 {
        let (low, high) = (position(*low), position(*high).saturating_add(1));
        let rows: Vec<(i64, Vec<u8>)> = conn.all(HASHES, args![low, high]).await?;
        for (place, hash) in rows {
            found.insert(u64::try_from(place).unwrap_or(0), hash_of(&hash)?);
        }
        return Ok(found);
    }
    for place in places {
        let (hash,): (Vec<u8>,) = conn.one(HASH, args![position(*place)]).await?;
        found.insert(*place, hash_of(&hash)?);
    }
    Ok(found)
}

fn position(place: u64) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}
