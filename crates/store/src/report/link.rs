//! Decisions about who is who: kept for good, undone but never erased.

use tessera_core::{ids::ReportId, time::Timestamp};
use uuid::Uuid;

use crate::{
    Conn, Keys, StoreError, Tx,
    report::{
        insert::{open_part, seal_part},
        list::Reader,
        read::{Mention, MentionRow, open_mentions},
        rights::may_see,
    },
    sql::{args, instant, statements},
};

statements! {
    INSERT = "INSERT INTO mention_link (one, other, verdict, grade, sealed, by_name, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";
    UNDO = "UPDATE mention_link SET undone_at = $2, undone_by = $3 WHERE id = $1 \
        AND undone_at IS NULL";
    // Only decisions of which the reader may see both sides.
    ALL = concat!("SELECT l.id, l.one, l.other, l.verdict, l.grade, l.sealed, l.by_name, l.at, \
        l.undone_at, l.undone_by, r.id FROM mention_link l \
        JOIN report_mention m ON m.number = l.one JOIN report r ON r.id = m.report_id \
        WHERE $1 = '' AND ", may_see!(), " AND l.other IN (SELECT m.number FROM report_mention m \
        JOIN report r ON r.id = m.report_id JOIN mention_link b ON b.other = m.number WHERE ",
        may_see!(), ") ORDER BY l.id");
    MENTION = concat!("SELECT m.number, m.report_id, m.sealed FROM report_mention m \
        JOIN report r ON r.id = m.report_id WHERE m.number = $1 AND ", may_see!());
}

/// A decision about two mentions.
#[derive(Debug, Clone)]
pub struct Link {
    /// Its number.
    pub id: i64,
    /// The smaller mention.
    pub one: i64,
    /// The greater mention.
    pub other: i64,
    /// `same`, `not_same` or `not_sure`.
    pub verdict: String,
    /// The weaker of the two reports' intelligence grades, or one that a person assigned.
    pub grade: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// When and by whom it was undone.
    pub undone: Option<(Timestamp, String)>,
}

/// Everything ever decided that the reader may see, in order.
pub async fn all(
    conn: &mut Conn<'_>,
    keys: &Keys,
    reader: Reader,
) -> Result<Vec<Link>, StoreError> {
    type Row =
        (i64, i64, i64, String, String, Vec<u8>, String, i64, Option<i64>, Option<String>, Uuid);
    let rows: Vec<Row> = conn.all(ALL, args!["", reader.user, reader.now, reader.police]).await?;
    let link =
        |(id, one, other, verdict, grade, sealed, by, at, undone, undone_by, report): Row| {
            Ok(Link {
                id,
                one,
                other,
                verdict,
                grade,
                reason: open_part(keys, report, &sealed)?,
                by,
                at: instant(at),
                undone: undone.map(|at| (instant(at), undone_by.unwrap_or_default())),
            })
        };
    rows.into_iter().map(link).collect()
}

/// A mention, if the reader may see its report.
pub async fn mention(
    conn: &mut Conn<'_>,
    keys: &Keys,
    number: i64,
    reader: Reader,
) -> Result<Option<Mention>, StoreError> {
    let values = args![number, reader.user, reader.now, reader.police];
    let rows: Vec<MentionRow> = conn.all(MENTION, values).await?;
    Ok(open_mentions(keys, rows)?.into_iter().next())
}

/// A decision about to be kept.
pub struct NewLink<'a> {
    /// The smaller mention, and its report, under which the reason is sealed.
    pub one: (i64, ReportId),
    /// The greater mention.
    pub other: i64,
    /// `same`, `not_same` or `not_sure`.
    pub verdict: &'a str,
    /// Code of list `intelligence_grade`, or empty.
    pub grade: &'a str,
    /// Why.
    pub reason: &'a str,
    /// Who.
    pub by: &'a str,
}

/// Keeps a decision; its number.
pub async fn insert(tx: &mut Tx, new: &NewLink<'_>) -> Result<i64, StoreError> {
    let now = tx.now();
    let sealed = seal_part(tx, new.one.1, &new.reason)?;
    let values = args![new.one.0, new.other, new.verdict, new.grade, sealed, new.by, now];
    tx.conn().one::<(i64,)>(INSERT, values).await.map(|row| row.0)
}

/// Undoes a decision; whether it stood until now.
pub async fn undo(tx: &mut Tx, id: i64, by: &str) -> Result<bool, StoreError> {
    let now = tx.now();
    Ok(tx.conn().exec(UNDO, args![id, now, by]).await? > 0)
}
