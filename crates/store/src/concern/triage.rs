//! What officers and senders add to a concern. Nothing here changes an earlier word.

use tessera_core::{
    concern::{EntryKind, Status},
    ids::{ChallengeId, ChildId, ConcernChildId, ConcernId, DecisionId, EntryId, UserId},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{
    Conn, StoreError, Tx,
    concern::queue::place,
    sql::{args, statements},
};

statements! {
    ADD_ENTRY = "INSERT INTO concern_entry (id, concern_id, kind, at, by_user, by_name, body) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    SET_STATUS = "UPDATE concern SET status = $2, version = version + 1 WHERE id = $1";
    ANSWERED = "UPDATE concern SET status = 'being_assessed', version = version + 1 \
        WHERE id = $1 AND status = 'more_wanted'";
    WITHDRAWN = "UPDATE concern SET status = 'withdrawn', version = version + 1 \
        WHERE id = $1 AND status IN ('received', 'being_assessed', 'more_wanted')";
    BEGIN_WORK = "UPDATE concern SET status = 'being_assessed', version = version + 1 \
        WHERE id = $1 AND status = 'received'";
    CHECK_VERSION = "UPDATE concern SET version = version + 1 WHERE id = $1 AND version = $2";
    SET_URGENCY = "UPDATE concern SET urgency = $2 WHERE id = $1";
    ADD_URGENCY = "INSERT INTO concern_urgency (concern_id, urgency, reason, by_name, at) \
        VALUES ($1, $2, $3, $4, $5)";
    ADD_ROUTE = "INSERT INTO concern_route (concern_id, route, reason, by_name, at) \
        VALUES ($1, $2, $3, $4, $5)";
    ADD_SHARING = "INSERT INTO concern_sharing (concern_id, basis, agreement, reason, by_name, at) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    ADD_DECISION = "INSERT INTO decision (id, concern_id, concern_child_id, outcome, need_level, \
        reason, told, codes_version, by_user, by_name, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    UNDECIDED = "SELECT CAST(COUNT(*) AS BIGINT) FROM concern_child cc WHERE cc.concern_id = $1 \
        AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.concern_child_id = cc.id)";
    LINK = "UPDATE concern_child SET child_id = $2 WHERE id = $1";
    REMEMBER_LINK = "INSERT INTO concern_child_link (concern_child_id, child_id, reason, by_user, \
        by_name, at) VALUES ($1, $2, $3, $4, $5, $6)";
    ADD_CHALLENGE = "INSERT INTO challenge (id, concern_id, at, by_name, reason, due_at) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    ANSWER_CHALLENGE = "UPDATE challenge SET answered_by = $2, answered_at = $3, answer = $4, \
        changed = $5 WHERE id = $1 AND concern_id = $6 AND answered_at IS NULL";
    OPEN_CHALLENGES = "SELECT CAST(COUNT(*) AS BIGINT) FROM challenge WHERE concern_id = $1 \
        AND answered_at IS NULL";
    START_CLOCK = "INSERT INTO clock (id, rule, concern_id, child_id, started_at, due_at, explained) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    MEET_CLOCK = "UPDATE clock SET met_at = $3, met_by = $4 WHERE concern_id = $1 AND rule = $2 \
        AND met_at IS NULL AND stopped_at IS NULL";
    STOP_CLOCK = "UPDATE clock SET stopped_at = $3, stopped_by = $4, stop_reason = $5 \
        WHERE concern_id = $1 AND rule = $2 AND met_at IS NULL AND stopped_at IS NULL";
    SENDER = "SELECT submitted_by FROM concern WHERE id = $1";
    REFERENCE = "SELECT reference FROM concern WHERE id = $1";
}

/// A later entry about to be added.
pub struct NewEntry<'a> {
    /// Its id.
    pub id: EntryId,
    /// The concern.
    pub concern: ConcernId,
    /// What it is.
    pub kind: EntryKind,
    /// Who writes.
    pub by: Option<UserId>,
    /// Their name.
    pub by_name: &'a str,
    /// The words.
    pub body: &'a str,
}

/// Adds an entry.
pub async fn add_entry(tx: &mut Tx, new: &NewEntry<'_>) -> Result<(), StoreError> {
    let now = tx.now();
    let values = args![new.id, new.concern, new.kind.id(), now, new.by, new.by_name, new.body];
    tx.conn().exec(ADD_ENTRY, values).await.map(|_| ())
}

/// Sets where the concern stands.
pub async fn set_status(tx: &mut Tx, id: ConcernId, status: Status) -> Result<(), StoreError> {
    tx.conn().exec(SET_STATUS, args![id, status.id()]).await?;
    place(tx, id).await
}

/// The sender answered: an open question is open no longer; whether there was one.
pub async fn answered(tx: &mut Tx, id: ConcernId) -> Result<bool, StoreError> {
    let was_open = tx.conn().exec(ANSWERED, args![id]).await? == 1;
    place(tx, id).await?;
    Ok(was_open)
}

/// The sender took it back: work on it ends, if it had not ended with a decision.
pub async fn withdrawn(tx: &mut Tx, id: ConcernId) -> Result<(), StoreError> {
    tx.conn().exec(WITHDRAWN, args![id]).await?;
    place(tx, id).await
}

/// The first act of an officer makes a received concern one that is being assessed.
pub async fn begin_work(tx: &mut Tx, id: ConcernId) -> Result<(), StoreError> {
    tx.conn().exec(BEGIN_WORK, args![id]).await?;
    place(tx, id).await
}

/// Refuses to go on when somebody else changed the concern since the page was opened.
pub async fn expect_version(tx: &mut Tx, id: ConcernId, version: i64) -> Result<(), StoreError> {
    let changed = tx.conn().exec(CHECK_VERSION, args![id, version]).await?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

/// Sets the urgency; the earlier ones stay on record.
pub async fn set_urgency(
    tx: &mut Tx,
    id: ConcernId,
    urgency: &str,
    reason: &str,
    by: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(SET_URGENCY, args![id, urgency]).await?;
    tx.conn().exec(ADD_URGENCY, args![id, urgency, reason, by, now]).await?;
    place(tx, id).await
}

/// Takes one more route.
pub async fn add_route(
    tx: &mut Tx,
    id: ConcernId,
    route: &str,
    reason: &str,
    by: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(ADD_ROUTE, args![id, route, reason, by, now]).await.map(|_| ())
}

/// Records how sharing is justified.
pub async fn add_sharing(
    tx: &mut Tx,
    id: ConcernId,
    basis: &str,
    agreement: &str,
    reason: &str,
    by: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    let values = args![id, basis, agreement, reason, by, now];
    tx.conn().exec(ADD_SHARING, values).await.map(|_| ())
}

/// A decision about to be recorded.
pub struct NewDecision<'a> {
    /// Its id.
    pub id: DecisionId,
    /// The concern.
    pub concern: ConcernId,
    /// The child.
    pub child: ConcernChildId,
    /// Code of list `outcome`.
    pub outcome: &'a str,
    /// Code of list `need_level`.
    pub need_level: &'a str,
    /// Why.
    pub reason: &'a str,
    /// What the sender is told.
    pub told: &'a str,
    /// The version of the code lists.
    pub codes_version: &'a str,
    /// Who decides.
    pub by: UserId,
    /// Their name.
    pub by_name: &'a str,
}

/// Records a decision.
pub async fn add_decision(tx: &mut Tx, new: &NewDecision<'_>) -> Result<(), StoreError> {
    let now = tx.now();
    let values = args![
        new.id,
        new.concern,
        new.child,
        new.outcome,
        new.need_level,
        new.reason,
        new.told,
        new.codes_version,
        new.by,
        new.by_name,
        now,
    ];
    tx.conn().exec(ADD_DECISION, values).await.map(|_| ())
}

/// How many children of a concern have no decision yet.
pub async fn undecided(tx: &mut Tx, id: ConcernId) -> Result<i64, StoreError> {
    tx.conn().count(UNDECIDED, args![id]).await
}

/// Joins a child of a concern to a file, or parts them (`None`); the earlier link stays on record.
pub async fn link_child(
    tx: &mut Tx,
    concern_child: ConcernChildId,
    child: Option<ChildId>,
    reason: &str,
    by: UserId,
    by_name: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(LINK, args![concern_child, child]).await?;
    let values = args![concern_child, child, reason, by, by_name, now];
    tx.conn().exec(REMEMBER_LINK, values).await.map(|_| ())
}

/// Records a challenge.
pub async fn add_challenge(
    tx: &mut Tx,
    id: ChallengeId,
    concern: ConcernId,
    by: &str,
    reason: &str,
    due_at: Timestamp,
) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(ADD_CHALLENGE, args![id, concern, now, by, reason, due_at]).await?;
    place(tx, concern).await
}

/// How many challenges wait for an answer.
pub async fn open_challenges(conn: &mut Conn<'_>, id: ConcernId) -> Result<i64, StoreError> {
    conn.count(OPEN_CHALLENGES, args![id]).await
}

/// Answers a challenge, once.
pub async fn answer_challenge(
    tx: &mut Tx,
    concern: ConcernId,
    id: ChallengeId,
    answer: &str,
    changed: bool,
    by: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    let values = args![id, by, now, answer, changed, concern];
    let done = tx.conn().exec(ANSWER_CHALLENGE, values).await?;
    if done == 1 { place(tx, concern).await } else { Err(StoreError::Conflict) }
}

/// Starts a clock of a concern.
pub async fn start_clock(
    tx: &mut Tx,
    concern: ConcernId,
    rule: &str,
    started_at: Timestamp,
    due_at: Timestamp,
    explained: &str,
) -> Result<(), StoreError> {
    use tessera_core::chance::Draw;
    let id: tessera_core::ids::ClockId = tx.chance().id(tx.now());
    let values = args![id, rule, concern, None::<Uuid>, started_at, due_at, explained];
    tx.conn().exec(START_CLOCK, values).await?;
    place(tx, concern).await
}

/// The event that a clock waited for has come.
pub async fn meet_clock(
    tx: &mut Tx,
    concern: ConcernId,
    rule: &str,
    by: &str,
) -> Result<(), StoreError> {
    let now = tx.now();
    tx.conn().exec(MEET_CLOCK, args![concern, rule, now, by]).await?;
    place(tx, concern).await
}

/// A named person stops a clock, with a reason; whether one was running.
pub async fn stop_clock(
    tx: &mut Tx,
    concern: ConcernId,
    rule: &str,
    by: &str,
    reason: &str,
) -> Result<bool, StoreError> {
    let now = tx.now();
    let stopped = tx.conn().exec(STOP_CLOCK, args![concern, rule, now, by, reason]).await? > 0;
    place(tx, concern).await?;
    Ok(stopped)
}

/// The signed-in person who sent a concern.
pub async fn sender(conn: &mut Conn<'_>, id: ConcernId) -> Result<Option<UserId>, StoreError> {
    let (user,): (Option<Uuid>,) = conn.one(SENDER, args![id]).await?;
    Ok(user.map(UserId))
}

/// The reference of a concern.
pub async fn reference(conn: &mut Conn<'_>, id: ConcernId) -> Result<String, StoreError> {
    conn.one::<(String,)>(REFERENCE, args![id]).await.map(|row| row.0)
}
