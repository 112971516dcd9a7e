//! Snapshots for a meeting: who attends, until when, and what they see.

use serde::{Deserialize, Serialize};
use tessera_core::{
    chance::Draw,
    ids::{SnapshotId, UserId},
    time::Timestamp,
};
use tessera_policy::rules::explore::SnapshotFacts;
use uuid::Uuid;

use crate::{
    Conn, Keys, StoreError, Tx,
    explore::{open_json, seal_json},
    sql::{args, instant, statements},
};

statements! {
    INSERT = "INSERT INTO snapshot (id, sealed, made_by, made_name, at, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    ATTENDEE = "INSERT INTO snapshot_attendee (snapshot_id, user_id) VALUES ($1, $2) \
        ON CONFLICT (snapshot_id, user_id) DO NOTHING";
    OF_USER = "SELECT s.id, s.sealed, s.made_by, s.made_name, s.at, s.expires_at FROM snapshot s \
        WHERE s.expires_at > $2 AND s.sealed IS NOT NULL AND (s.made_by = $1 OR EXISTS (SELECT 1 \
        FROM snapshot_attendee t WHERE t.snapshot_id = s.id AND t.user_id = $1)) \
        ORDER BY s.at DESC LIMIT 100";
    FACTS = "SELECT CAST(COUNT(*) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN s.made_by = $2 \
        OR EXISTS (SELECT 1 FROM snapshot_attendee t WHERE t.snapshot_id = s.id AND t.user_id = $2) \
        THEN 1 ELSE 0 END), 0) AS BIGINT) FROM snapshot s WHERE s.id = $1 AND s.expires_at > $3 \
        AND s.sealed IS NOT NULL";
    ERASE = "UPDATE snapshot SET sealed = NULL WHERE expires_at <= $1 AND sealed IS NOT NULL";
}

/// A report as a meeting sees it.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct ShownReport {
    /// Its number, by which it is looked up again at each look.
    pub number: i64,
    /// Its reference; nobody outside the desk and the front door is shown it.
    pub reference: String,
    /// The day, in words.
    pub day: String,
    /// Who holds it.
    pub from: String,
    /// Its grade, in words.
    pub grade: String,
    /// What the meeting may read of it.
    pub words: String,
}

/// A person or thing as a meeting sees it.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct ShownThing {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// The numbers of its reports, each with whether a person decided that it stands there.
    pub reports: Vec<(i64, bool)>,
}

/// What a meeting sees.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Shown {
    /// What the meeting is called.
    pub title: String,
    /// Why it must see this.
    pub purpose: String,
    /// Who attends, by name.
    pub attendees: Vec<String>,
    /// Somebody attends who is not of the desk or the front door.
    pub outsiders: bool,
    /// How many reports were left out.
    pub left_out: usize,
    /// The reports, by day.
    pub reports: Vec<ShownReport>,
    /// What they share.
    pub things: Vec<ShownThing>,
}

/// A snapshot.
#[derive(Clone)]
pub struct Snapshot {
    /// Its id.
    pub id: SnapshotId,
    /// What the meeting sees.
    pub shown: Shown,
    /// Who made it.
    pub made_by: UserId,
    /// Their name.
    pub made_name: String,
    /// When.
    pub at: Timestamp,
    /// From when on nobody sees it.
    pub expires_at: Timestamp,
}

/// Keeps a snapshot for those who attend; its id.
pub async fn insert(
    tx: &mut Tx,
    shown: &Shown,
    by: (UserId, &str),
    attendees: &[UserId],
    expires_at: Timestamp,
) -> Result<SnapshotId, StoreError> {
    let now = tx.now();
    let id: SnapshotId = tx.chance().id(now);
    let sealed = seal_json(tx, id.0, shown)?;
    tx.conn().exec(INSERT, args![id, sealed, by.0, by.1, now, expires_at]).await?;
    for user in attendees {
        tx.conn().exec(ATTENDEE, args![id, *user]).await?;
    }
    Ok(id)
}

/// What the rules must know of a snapshot and a person.
pub async fn facts(
    conn: &mut Conn<'_>,
    id: SnapshotId,
    user: Option<UserId>,
    now: Timestamp,
) -> Result<SnapshotFacts, StoreError> {
    let (exists, attends): (i64, i64) = conn.one(FACTS, args![id, user, now]).await?;
    Ok(SnapshotFacts { exists: exists > 0, attends: attends > 0 })
}

/// The snapshots that a person made or attends, whose time has not run out; newest first.
pub async fn of_user(
    conn: &mut Conn<'_>,
    keys: &Keys,
    user: UserId,
    now: Timestamp,
) -> Result<Vec<Snapshot>, StoreError> {
    type Row = (Uuid, Option<Vec<u8>>, Uuid, String, i64, i64);
    let rows: Vec<Row> = conn.all(OF_USER, args![user, now]).await?;
    let snapshot = |(id, sealed, made_by, made_name, at, expires_at): Row| {
        Ok(Snapshot {
            id: id.into(),
            shown: open_json(keys, id, &sealed.unwrap_or_default())?,
            made_by: made_by.into(),
            made_name,
            at: instant(at),
            expires_at: instant(expires_at),
        })
    };
    rows.into_iter().map(snapshot).collect()
}

/// Erases what snapshots showed whose time has run out; how many.
pub async fn erase(tx: &mut Tx) -> Result<u64, StoreError> {
    let now = tx.now();
    tx.conn().exec(ERASE, args![now]).await
}
