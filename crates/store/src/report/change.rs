//! Which reports changed, and what an index of reports in memory must know of them: what they say,
//! who may find them, and which of them not everybody of a desk may see.

use tessera_core::ids::ReportId;
use uuid::Uuid;

use crate::{
    Conn, Keys, StoreError, Tx,
    report::{
        list::Reader,
        read::{Mention, MentionRow, Piece, Row, mentions, open_mentions, piece_columns},
        rights::may_see,
    },
    sql::{args, statements},
};

/// Reports that somebody of a desk may not see although the desk may: those of restricted files and
/// concerns, and those of children whom somebody must never see.
macro_rules! not_for_all {
    () => {
        "(SELECT c.id FROM concern o CROSS JOIN report c \
             WHERE o.restricted = 1 AND c.concern_id = o.id \
         UNION SELECT rc.report_id FROM child f CROSS JOIN report_child rc \
             WHERE f.restricted = 1 AND rc.child_id = f.id \
         UNION SELECT c.id FROM child f CROSS JOIN concern_child cc CROSS JOIN report c \
             WHERE f.restricted = 1 AND cc.child_id = f.id AND c.concern_id = cc.concern_id \
         UNION SELECT rc.report_id FROM child_access x CROSS JOIN report_child rc \
             WHERE x.kind = 'excluded' AND x.ended_at IS NULL AND rc.child_id = x.child_id \
         UNION SELECT c.id FROM child_access x CROSS JOIN concern_child cc CROSS JOIN report c \
             WHERE x.kind = 'excluded' AND x.ended_at IS NULL AND cc.child_id = x.child_id \
             AND c.concern_id = cc.concern_id)"
    };
}

statements! {
    NOTE = "INSERT INTO report_change (report_id) VALUES ($1)";
    NEWEST = "SELECT CAST(COALESCE(MAX(seq), 0) AS BIGINT) FROM report_change";
    SINCE = "SELECT seq, report_id FROM report_change WHERE seq > $1 ORDER BY seq";
    PAGE = concat!(piece_columns!(), "WHERE r.number > $1 ORDER BY r.number LIMIT 500");
    PAGE_MENTIONS = "SELECT m.number, m.report_id, m.sealed FROM report r \
        CROSS JOIN report_mention m WHERE r.number > $1 AND r.number <= $2 \
        AND m.report_id = r.id ORDER BY m.number";
    NOT_FOR_ALL = concat!("SELECT r.id, CAST(CASE WHEN ", may_see!(), " THEN 1 ELSE 0 END AS BIGINT) \
        FROM report r WHERE $1 = '' AND r.id IN ", not_for_all!());
    SEEN = concat!(piece_columns!(), "WHERE r.id = $1 AND r.retracted_at IS NULL \
        AND (r.intelligence_grade IS NULL OR r.intelligence_grade <> 'E') AND ", may_see!());
}

/// Writes down that a report changed; commits with the change.
pub(crate) async fn note(tx: &mut Tx, report: ReportId) -> Result<(), StoreError> {
    tx.conn().exec(NOTE, args![report]).await.map(|_| ())
}

/// The number of the newest change.
pub async fn newest(conn: &mut Conn<'_>) -> Result<i64, StoreError> {
    conn.count(NEWEST, vec![]).await
}

/// The changes after a number, in order.
pub async fn since(conn: &mut Conn<'_>, seq: i64) -> Result<Vec<(i64, ReportId)>, StoreError> {
    let rows: Vec<(i64, Uuid)> = conn.all(SINCE, args![seq]).await?;
    Ok(rows.into_iter().map(|(seq, id)| (seq, id.into())).collect())
}

/// Reports with their mentions, in the order in which they came: some hundred after a number, or
/// none where there is no more.
pub async fn page(
    conn: &mut Conn<'_>,
    keys: &Keys,
    after: i64,
) -> Result<Vec<(Piece, Vec<Mention>)>, StoreError> {
    let rows: Vec<Row> = conn.all(PAGE, args![after]).await?;
    let pieces = rows.into_iter().map(|row| row.open(keys)).collect::<Result<Vec<_>, _>>()?;
    let Some(last) = pieces.last().map(|piece| piece.number) else { return Ok(Vec::new()) };
    let rows: Vec<MentionRow> = conn.all(PAGE_MENTIONS, args![after, last]).await?;
    let mut of: std::collections::BTreeMap<ReportId, Vec<Mention>> =
        std::collections::BTreeMap::new();
    for mention in open_mentions(keys, rows)? {
        of.entry(mention.report).or_default().push(mention);
    }
    let with = |piece: Piece| {
        let mentions = of.remove(&piece.id).unwrap_or_default();
        (piece, mentions)
    };
    Ok(pieces.into_iter().map(with).collect())
}

/// The reports that not everybody of a desk may see, each with whether this reader may.
pub async fn not_for_all(
    conn: &mut Conn<'_>,
    reader: Reader,
) -> Result<Vec<(ReportId, bool)>, StoreError> {
    let values = args!["", reader.user, reader.now, reader.police];
    let rows: Vec<(Uuid, i64)> = conn.all(NOT_FOR_ALL, values).await?;
    Ok(rows.into_iter().map(|(id, seen)| (id.into(), seen != 0)).collect())
}

/// A report with its mentions that takes part in matching and that this reader may see.
pub async fn seen(
    conn: &mut Conn<'_>,
    keys: &Keys,
    id: ReportId,
    reader: Reader,
) -> Result<Option<(Piece, Vec<Mention>)>, StoreError> {
    let values = args![id, reader.user, reader.now, reader.police];
    let Some(row) = conn.optional::<Row>(SEEN, values).await? else { return Ok(None) };
    let piece = row.open(keys)?;
    Ok(Some((piece, mentions(conn, keys, id).await?)))
}
