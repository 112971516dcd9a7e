//! Lists of reports: the desk's queue, what somebody sent.

use tessera_core::{ids::UserId, time::Timestamp};

use crate::{
    Conn, Keys, StoreError,
    report::{
        read::{Piece, Row, piece_columns},
        rights::{may_see, submitter},
    },
    sql::{args, statements},
};

statements! {
    DESK = concat!(piece_columns!(), "WHERE ($1 = '' OR r.status = $1 OR ($1 = 'review' \
        AND r.review_at < $3)) AND r.retracted_at IS NULL AND ", may_see!(),
        " ORDER BY CASE WHEN r.status IN ('received', 'needs_more') THEN 0 ELSE 1 END, \
        CASE r.priority WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END, \
        r.received_at DESC LIMIT 100");
    DESK_COUNT = concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM report r WHERE ($1 = '' \
        OR r.status = $1 OR ($1 = 'review' AND r.review_at < $3)) AND r.retracted_at IS NULL AND ",
        may_see!());
    RECENT = concat!(piece_columns!(), "WHERE $1 = '' AND r.retracted_at IS NULL AND ", may_see!(),
        " ORDER BY r.received_at DESC LIMIT 3000");
    OWN = concat!(piece_columns!(), "WHERE r.submitter = $1 ORDER BY r.received_at DESC LIMIT 100");
}

/// Who reads a list, and how the list is filtered for them.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    /// The person.
    pub user: UserId,
    /// Whether they are of the police desk; the front door otherwise.
    pub police: bool,
    /// When.
    pub now: Timestamp,
}

/// The desk's queue: what is not assessed first, by priority, newest first; and how many in all.
/// `part` is a status, `review` for what is overdue, or empty for all.
pub async fn desk(
    conn: &mut Conn<'_>,
    keys: &Keys,
    reader: Reader,
    part: &str,
) -> Result<(Vec<Piece>, i64), StoreError> {
    let values = || args![part, reader.user, reader.now, reader.police];
    let rows: Vec<Row> = conn.all(DESK, values()).await?;
    let all = conn.count(DESK_COUNT, values()).await?;
    let pieces = rows.into_iter().map(|row| row.open(keys)).collect::<Result<_, _>>()?;
    Ok((pieces, all))
}

/// The newest reports that a reader may see, at most 3,000.
pub async fn recent(
    conn: &mut Conn<'_>,
    keys: &Keys,
    reader: Reader,
) -> Result<Vec<Piece>, StoreError> {
    let values = args!["", reader.user, reader.now, reader.police];
    let rows: Vec<Row> = conn.all(RECENT, values).await?;
    rows.into_iter().map(|row| row.open(keys)).collect()
}

/// What a person sent, newest first.
pub async fn own(conn: &mut Conn<'_>, keys: &Keys, user: UserId) -> Result<Vec<Piece>, StoreError> {
    let rows: Vec<Row> = conn.all(OWN, args![&submitter(keys, user)]).await?;
    rows.into_iter().map(|row| row.open(keys)).collect()
}
