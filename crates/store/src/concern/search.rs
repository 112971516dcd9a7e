//! Searching the words of concerns, and finding earlier concerns that share a key with one. Both
//! keep what the reader may not see out of results and counts.

use tessera_core::{
    ids::{ConcernId, UserId},
    reference::Reference,
    time::Timestamp,
};
use uuid::Uuid;

use crate::{
    Conn, Dialect, StoreError,
    concern::{
        list::{Line, Row, line},
        rights::hub_may_see,
    },
    sql::{args, instant, statements},
};

statements! {
    WORDS_LITE = concat!(line!(), "WHERE c.id IN (SELECT concern_id FROM concern_words \
        WHERE concern_words MATCH $1) AND ", hub_may_see!(),
        " ORDER BY c.received_at DESC LIMIT $4");
    WORDS_PG = concat!(line!(), "WHERE c.id IN (SELECT concern_id FROM concern_words \
        WHERE words @@ to_tsquery('simple', $1)) AND ", hub_may_see!(),
        " ORDER BY c.received_at DESC LIMIT $4");
    EARLIER = concat!("SELECT c.id, c.reference, c.received_at, c.status, k.words, c.what \
        FROM concern_key m JOIN concern_key k ON k.key = m.key AND k.concern_id <> m.concern_id \
        JOIN concern c ON c.id = k.concern_id WHERE m.concern_id = $1 AND ", hub_may_see!(),
        " AND (SELECT COUNT(*) FROM (SELECT 1 FROM concern_key n WHERE n.key = m.key LIMIT 26) \
        common) <= 25 ORDER BY c.received_at DESC LIMIT $4");
    OF_CHILD = concat!("SELECT DISTINCT c.id, c.reference, c.received_at, c.status, \
        'the same child''s file' AS words, c.what FROM concern_child mine \
        JOIN concern_child other ON other.child_id = mine.child_id \
        AND other.concern_id <> mine.concern_id JOIN concern c ON c.id = other.concern_id \
        WHERE mine.concern_id = $1 AND ", hub_may_see!(), " ORDER BY c.received_at DESC LIMIT $4");
}

/// Concerns whose words contain all the given words; each word may be the beginning of one.
pub async fn words(
    conn: &mut Conn<'_>,
    text: &str,
    reader: UserId,
    now: Timestamp,
) -> Result<Vec<Line>, StoreError> {
    let Some(query) = query(text, conn.dialect()) else { return Ok(Vec::new()) };
    let sql = match conn.dialect() {
        Dialect::Lite => WORDS_LITE,
        Dialect::Pg => WORDS_PG,
    };
    let rows: Vec<Row> = conn.all(sql, args![query, reader, now, 100_i64]).await?;
    Ok(rows.into_iter().map(Line::from).collect())
}

/// The words of a search box as a query of the engine: only letters and digits reach it, so nothing
/// typed can be read as an operator.
fn query(text: &str, dialect: Dialect) -> Option<String> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(12)
        .map(|word| match dialect {
            Dialect::Lite => format!("\"{word}\"*"),
            Dialect::Pg => format!("'{word}':*"),
        })
        .collect();
    let and = if dialect == Dialect::Lite { " AND " } else { " & " };
    (!words.is_empty()).then(|| words.join(and))
}

/// An earlier concern that may belong beside another one.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// The concern.
    pub id: ConcernId,
    /// Its reference.
    pub reference: Reference,
    /// When it came.
    pub received_at: Timestamp,
    /// Where it stands.
    pub status: String,
    /// Its words; the page shows the beginning.
    pub what: String,
    /// Everything they share, in words.
    pub reasons: Vec<String>,
}

/// Other concerns about the same child, number, vehicle, address or name, newest first, each with
/// what it shares. A key that more than 25 concerns share says too little to be shown.
pub async fn earlier(
    conn: &mut Conn<'_>,
    concern: ConcernId,
    reader: UserId,
    now: Timestamp,
) -> Result<Vec<Earlier>, StoreError> {
    type Row = (Uuid, String, i64, String, String, String);
    let mut found: Vec<Earlier> = Vec::new();
    for sql in [OF_CHILD, EARLIER] {
        let rows: Vec<Row> = conn.all(sql, args![concern, reader, now, 100_i64]).await?;
        for (id, reference, at, status, words, what) in rows {
            if let Some(known) = found.iter_mut().find(|e| e.id.0 == id) {
                known.reasons.push(words);
                continue;
            }
            found.push(Earlier {
                id: id.into(),
                reference: Reference::from_stored(reference),
                received_at: instant(at),
                status,
                what,
                reasons: vec![words],
            });
        }
    }
    found.sort_by_key(|e| (std::cmp::Reverse(e.reasons.len()), std::cmp::Reverse(e.received_at)));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_never_read_as_an_operator() {
        assert_eq!(query("white van", Dialect::Lite).unwrap(), "\"white\"* AND \"van\"*");
        assert_eq!(query("a') | 'b", Dialect::Pg).unwrap(), "'a':* & 'b':*");
        assert_eq!(query("\" OR *", Dialect::Lite).unwrap(), "\"OR\"*");
        assert_eq!(query("?!", Dialect::Pg), None);
    }
}
