//! The hub's queue: one row for each concern that waits for the hub, kept beside the concern, so
//! that the most urgent are found through an index however many wait. A row says nothing that the
//! concern, its clocks and its challenges do not say; whatever changes one of those calls
//! [`place`], and [`crate::integrity`] compares the two.

use tessera_core::{
    ids::{ConcernId, UserId},
    time::Timestamp,
};

use crate::{
    Conn, StoreError, Tx,
    concern::{
        list::{Line, line_columns, lines},
        rights::hub_may_see,
    },
    sql::{args, statements},
};

/// The row that concern `c` should have: red before amber before green before blue; what is not
/// graded yet counts as amber, and as red when the sender says that a child is in danger; then the
/// clock that runs out first, with the largest number where no clock runs.
macro_rules! place_of {
    () => {
        "SELECT c.id, COALESCE(c.urgency, 'none') AS urgency, \
         CAST(CASE WHEN c.urgency = 'red' OR (c.urgency IS NULL AND c.danger_now = 1) THEN 0 \
          WHEN c.urgency = 'green' THEN 2 WHEN c.urgency = 'blue' THEN 3 ELSE 1 END AS BIGINT) \
          AS turn, \
         COALESCE((SELECT MIN(k.due_at) FROM clock k WHERE k.concern_id = c.id \
          AND k.met_at IS NULL AND k.stopped_at IS NULL), 9223372036854775807) AS due_at, \
         c.received_at FROM concern c \
         WHERE (c.status IN ('received', 'being_assessed', 'more_wanted') OR EXISTS (SELECT 1 \
          FROM challenge h WHERE h.concern_id = c.id AND h.answered_at IS NULL)) "
    };
}

/// The concerns that may be hidden from person $2: those that any restricted file or any
/// exclusion touches. Few, whoever asks.
macro_rules! touched {
    () => {
        "(SELECT r.id FROM concern r WHERE r.restricted = 1 \
         UNION SELECT cc.concern_id FROM child f JOIN concern_child cc ON cc.child_id = f.id \
          WHERE f.restricted = 1 \
         UNION SELECT cc.concern_id FROM child_access x JOIN concern_child cc \
          ON cc.child_id = x.child_id WHERE x.user_id = $2 AND x.kind = 'excluded')"
    };
}

statements! {
    LEAVE = "DELETE FROM concern_queue WHERE concern_id = $1";
    ENTER = concat!("INSERT INTO concern_queue (concern_id, urgency, turn, due_at, received_at) ",
        place_of!(), "AND c.id = $1");
    CLEAR = "DELETE FROM concern_queue";
    FILL = concat!("INSERT INTO concern_queue (concern_id, urgency, turn, due_at, received_at) ",
        place_of!());
    QUEUE = concat!(line_columns!(), "FROM concern_queue q JOIN concern c ON c.id = q.concern_id \
        LEFT JOIN agency a ON a.id = c.agency_id WHERE ($1 = '' OR q.urgency = $1) AND ",
        hub_may_see!(), " ORDER BY q.turn, q.due_at, q.received_at LIMIT $4");
    // All that wait, less those that are hidden from the reader. What is touched and waits is
    // found first and held fast: it is little, and each of it costs a look at files far apart.
    COUNT = concat!("WITH touched AS MATERIALIZED (SELECT q.concern_id FROM concern_queue q \
        WHERE ($1 = '' OR q.urgency = $1) AND q.concern_id IN ", touched!(), ") \
        SELECT CAST((SELECT COUNT(*) FROM concern_queue q WHERE $1 = '' OR q.urgency = $1) - \
        (SELECT COUNT(*) FROM touched t JOIN concern c ON c.id = t.concern_id \
        WHERE NOT (", hub_may_see!(), ")) AS BIGINT)");
    MISPLACED = concat!("SELECT CAST((SELECT COUNT(*) FROM concern_queue) + \
        (SELECT COUNT(*) FROM (", place_of!(), ") w) - 2 * (SELECT COUNT(*) FROM concern_queue q \
        JOIN (", place_of!(), ") w ON w.id = q.concern_id AND w.urgency = q.urgency \
        AND w.turn = q.turn AND w.due_at = q.due_at AND w.received_at = q.received_at) AS BIGINT)");
}
pub(crate) use MISPLACED as MISPLACED_IN_QUEUE;

/// Gives a concern the place in the queue that it should have now, or none.
pub(crate) async fn place(tx: &mut Tx, id: ConcernId) -> Result<(), StoreError> {
    tx.conn().exec(LEAVE, args![id]).await?;
    tx.conn().exec(ENTER, args![id]).await.map(|_| ())
}

/// Gives every concern its place, after rows were written in bulk.
pub async fn place_all(tx: &mut Tx) -> Result<(), StoreError> {
    tx.conn().exec(CLEAR, args![]).await?;
    tx.conn().exec(FILL, args![]).await.map(|_| ())
}

/// The hub's queue, and how many there are in all. `urgency` is a code, `none` for not yet graded,
/// or empty for all.
pub async fn queue(
    conn: &mut Conn<'_>,
    reader: UserId,
    urgency: &str,
    now: Timestamp,
    limit: i64,
) -> Result<(Vec<Line>, i64), StoreError> {
    let found = lines(conn, QUEUE, args![urgency, reader, now, limit]).await?;
    let all = conn.count(COUNT, args![urgency, reader, now]).await?;
    Ok((found, all))
}
