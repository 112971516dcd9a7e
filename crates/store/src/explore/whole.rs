//! Every report that a reader may see and that takes part in the picture: neither taken back nor
//! suspected to be false.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Conn, Keys, StoreError,
    report::{
        list::Reader,
        read::{Mention, MentionRow, Piece, Row, open_mentions, piece_columns},
        rights::may_see,
    },
    sql::{args, statements},
};

/// The most reports of the picture; the newest are taken.
pub const MOST: usize = 6_000;

macro_rules! takes_part {
    () => {
        concat!(
            "$1 = '' AND r.retracted_at IS NULL \
             AND (r.intelligence_grade IS NULL OR r.intelligence_grade <> 'E') AND ",
            crate::report::rights::may_see!()
        )
    };
}

statements! {
    PIECES = concat!(piece_columns!(), "WHERE ", takes_part!(),
        " ORDER BY r.number DESC LIMIT 6001");
    MENTIONS = concat!("SELECT m.number, m.report_id, m.sealed FROM report_mention m \
        JOIN report r ON r.id = m.report_id WHERE ", takes_part!(),
        " ORDER BY m.number DESC LIMIT 60000");
    SEEN = concat!("SELECT r.number, r.reference, CAST(CASE WHEN r.retracted_at IS NULL \
        AND (r.intelligence_grade IS NULL OR r.intelligence_grade <> 'E') THEN 1 ELSE 0 END AS BIGINT) \
        FROM report r WHERE $1 = '' AND ", may_see!(), " ORDER BY r.number");
    NEWEST = "SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM report";
    NEWEST_ENTRY = "SELECT CAST(COALESCE(MAX(id), 0) AS BIGINT) FROM report_entry";
    NEWEST_LINK = "SELECT CAST(COALESCE(MAX(id), 0) AS BIGINT) FROM mention_link";
}

/// The reports with their mentions, oldest first.
pub struct Whole {
    /// The reports.
    pub pieces: Vec<Piece>,
    /// What they mention.
    pub mentions: Vec<Mention>,
    /// There are more than [`MOST`].
    pub cut_off: bool,
}

/// Everything that a reader may see.
pub async fn whole(conn: &mut Conn<'_>, keys: &Keys, reader: Reader) -> Result<Whole, StoreError> {
    let values = || args!["", reader.user, reader.now, reader.police];
    let rows: Vec<Row> = conn.all(PIECES, values()).await?;
    let cut_off = rows.len() > MOST;
    let mut pieces =
        rows.into_iter().take(MOST).map(|row| row.open(keys)).collect::<Result<Vec<_>, _>>()?;
    pieces.reverse();
    let known: BTreeSet<_> = pieces.iter().map(|piece| piece.id).collect();
    let rows: Vec<MentionRow> = conn.all(MENTIONS, values()).await?;
    let mut mentions = open_mentions(keys, rows)?;
    mentions.retain(|mention| known.contains(&mention.report));
    mentions.reverse();
    Ok(Whole { pieces, mentions, cut_off })
}

/// The reports that a reader may see, by number: the reference of each, and whether it still takes
/// part in the picture.
pub async fn seen(
    conn: &mut Conn<'_>,
    reader: Reader,
) -> Result<BTreeMap<i64, (String, bool)>, StoreError> {
    let values = args!["", reader.user, reader.now, reader.police];
    let rows: Vec<(i64, String, i64)> = conn.all(SEEN, values).await?;
    Ok(rows.into_iter().map(|(n, reference, stands)| (n, (reference, stands != 0))).collect())
}

/// Changes whenever a report, a decision, a grade or a retraction was added.
pub async fn state(conn: &mut Conn<'_>) -> Result<String, StoreError> {
    let report = conn.count(NEWEST, vec![]).await?;
    let entry = conn.count(NEWEST_ENTRY, vec![]).await?;
    let link = conn.count(NEWEST_LINK, vec![]).await?;
    Ok(format!("{report}/{entry}/{link}"))
}
