//! Which mentions of other reports share a key with a report's, among those a reader may see. Keys
//! are keyed hashes; a key that more than 40 mentions share finds nothing, because it says too little.

use std::collections::BTreeMap;

use tessera_core::ids::ReportId;
use uuid::Uuid;

use crate::{
    Conn, Keys, StoreError,
    report::{
        list::Reader,
        read::{Mention, MentionRow, Piece, Row, open_mentions, piece_columns},
        rights::{children, may_see},
    },
    sql::{args, statements},
};

/// What makes report `r` one that may be suggested beside report $1.
macro_rules! shares_a_key {
    () => {
        concat!(
            "r.id IN (SELECT k.report_id FROM report_key mine JOIN report_key k \
             ON k.key = mine.key AND k.report_id <> mine.report_id WHERE mine.report_id = $1 \
             AND (SELECT COUNT(*) FROM (SELECT 1 FROM report_key n WHERE n.key = mine.key \
             LIMIT 41) common) <= 40) AND r.retracted_at IS NULL \
             AND (r.intelligence_grade IS NULL OR r.intelligence_grade <> 'E') AND ",
            crate::report::rights::may_see!()
        )
    };
}

statements! {
    PIECES = concat!(piece_columns!(), "WHERE ", shares_a_key!(), " ORDER BY r.number DESC LIMIT 200");
    MENTIONS = concat!("SELECT m.number, m.report_id, m.sealed FROM report_mention m \
        JOIN report r ON r.id = m.report_id WHERE ", shares_a_key!(),
        " ORDER BY m.number DESC LIMIT 4000");
    COUNTS = concat!("SELECT k.key, CAST(COUNT(DISTINCT k.report_id) AS BIGINT) \
        FROM report_key mine JOIN report_key k ON k.key = mine.key \
        JOIN report r ON r.id = k.report_id WHERE mine.report_id = $1 \
        AND (SELECT COUNT(*) FROM (SELECT 1 FROM report_key n WHERE n.key = mine.key LIMIT 41) \
        common) <= 40 AND ", may_see!(), " GROUP BY k.key");
    ALL = "SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM report";
    HIDDEN = concat!("SELECT CAST(COUNT(DISTINCT r.id) AS BIGINT) FROM report_key mine \
        JOIN report_key k ON k.key = mine.key AND k.report_id <> mine.report_id \
        JOIN report r ON r.id = k.report_id WHERE mine.report_id = $1 AND r.existence_told = 1 \
        AND r.retracted_at IS NULL AND NOT (", may_see!(), ") \
        AND NOT EXISTS (SELECT 1 FROM child x WHERE x.id IN ", children!(), ")");
    HUBS = "SELECT DISTINCT mine.mention, mine.report_id FROM report_key mine \
        WHERE mine.report_id = $1 AND (SELECT COUNT(*) FROM (SELECT 1 FROM report_key n \
        WHERE n.key = mine.key LIMIT 41) common) > 40";
}

/// Everything that may fit beside a report.
pub struct Neighbours {
    /// The other reports.
    pub pieces: Vec<Piece>,
    /// Their mentions.
    pub mentions: Vec<Mention>,
    /// In how many reports that the reader may see each key of this report stands; keys that are too
    /// common to join anything are not counted.
    pub counts: BTreeMap<[u8; 32], i64>,
    /// How many reports there are, counting those taken back.
    pub all: i64,
}

/// The neighbours of a report, as far as this reader may see them.
pub async fn neighbours(
    conn: &mut Conn<'_>,
    keys: &Keys,
    report: ReportId,
    reader: Reader,
) -> Result<Neighbours, StoreError> {
    let values = || args![report, reader.user, reader.now, reader.police];
    let rows: Vec<Row> = conn.all(PIECES, values()).await?;
    let pieces = rows.into_iter().map(|row| row.open(keys)).collect::<Result<Vec<_>, _>>()?;
    let rows: Vec<MentionRow> = conn.all(MENTIONS, values()).await?;
    let mentions = open_mentions(keys, rows)?;
    let rows: Vec<(Vec<u8>, i64)> = conn.all(COUNTS, values()).await?;
    let count = |(key, n): (Vec<u8>, i64)| <[u8; 32]>::try_from(key).ok().map(|key| (key, n));
    let counts = rows.into_iter().filter_map(count).collect();
    let all = conn.count(ALL, vec![]).await?;
    Ok(Neighbours { pieces, mentions, counts, all })
}

/// How many reports share a key with this one that the reader may not see but may know of.
pub async fn held_by_others(
    conn: &mut Conn<'_>,
    report: ReportId,
    reader: Reader,
) -> Result<i64, StoreError> {
    conn.count(HIDDEN, args![report, reader.user, reader.now, reader.police]).await
}

/// The mentions of a report with a key that is too common to join anything.
pub async fn hubs(conn: &mut Conn<'_>, report: ReportId) -> Result<Vec<i64>, StoreError> {
    let rows: Vec<(i64, Uuid)> = conn.all(HUBS, args![report]).await?;
    Ok(rows.into_iter().map(|(mention, _)| mention).collect())
}
