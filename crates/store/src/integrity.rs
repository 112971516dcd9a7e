//! Whether what must always hold together does: the engine's own checks, and that every received
//! concern is whole and has exactly one audit entry.

use crate::{
    Db, Dialect, StoreError,
    concern::queue::MISPLACED_IN_QUEUE,
    sql::{Conn, args, statements},
};

statements! {
    // A second attempt to send the same thing is logged too, and says so.
    UNLOGGED = "SELECT CAST(COUNT(*) AS BIGINT) FROM concern c WHERE NOT EXISTS ( \
        SELECT 1 FROM audit_entry e WHERE e.resource_kind = 'concern' AND e.resource_id = c.id \
        AND e.action IN ('concern.submit', 'concern.enter') AND e.outcome = 'done')";
    LOGGED_TWICE = "SELECT CAST(COUNT(*) AS BIGINT) FROM ( \
        SELECT e.resource_id FROM audit_entry e WHERE e.resource_kind = 'concern' \
        AND e.action IN ('concern.submit', 'concern.enter') AND e.outcome = 'done' \
        AND e.detail NOT LIKE '%\"again\"%' GROUP BY e.resource_id HAVING COUNT(*) > 1) twice";
    LOGGED_FOR_NOTHING = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit_entry e \
        WHERE e.resource_kind = 'concern' AND e.action IN ('concern.submit', 'concern.enter') \
        AND e.outcome = 'done' AND e.detail NOT LIKE '%\"again\"%' \
        AND NOT EXISTS (SELECT 1 FROM concern c WHERE c.id = e.resource_id)";
    WITHOUT_CLOCK = "SELECT CAST(COUNT(*) AS BIGINT) FROM concern c \
        WHERE NOT EXISTS (SELECT 1 FROM clock k WHERE k.concern_id = c.id)";
    WITHOUT_CHILD = "SELECT CAST(COUNT(*) AS BIGINT) FROM concern c \
        WHERE NOT EXISTS (SELECT 1 FROM concern_child k WHERE k.concern_id = c.id)";
    WITHOUT_WORDS = "SELECT CAST(COUNT(*) AS BIGINT) FROM concern c \
        WHERE c.id NOT IN (SELECT w.concern_id FROM concern_words w)";
    SENT_AS_NOTHING = "SELECT CAST(COUNT(*) AS BIGINT) FROM draft d WHERE d.sent_as IS NOT NULL \
        AND NOT EXISTS (SELECT 1 FROM concern c WHERE c.id = d.sent_as)";
    CONCERNS = "SELECT CAST(COUNT(*) AS BIGINT) FROM concern";
    PAGES_LITE = "SELECT integrity_check FROM pragma_integrity_check";
    SEALS_LITE = "PRAGMA cipher_integrity_check";
    REFERENCES_LITE = "SELECT CAST(COUNT(*) AS BIGINT) FROM pragma_foreign_key_check";
}

/// What must be nowhere, in words, and how it is counted.
const RULES: &[(&str, &str)] = &[
    ("concerns without an audit entry", UNLOGGED),
    ("concerns received once and logged twice", LOGGED_TWICE),
    ("audit entries of concerns that are not there", LOGGED_FOR_NOTHING),
    ("concerns without a clock", WITHOUT_CLOCK),
    ("concerns without a child", WITHOUT_CHILD),
    ("concerns that search cannot find", WITHOUT_WORDS),
    ("places in the queue that are not as the concern says", MISPLACED_IN_QUEUE),
    ("drafts sent as a concern that is not there", SENT_AS_NOTHING),
];

/// What an examination found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// Concerns looked at.
    pub concerns: i64,
    /// What does not hold, in words that name nobody; empty when all is well.
    pub problems: Vec<String>,
}

/// Examines the whole database. It reads every page of an SQLite file, so it takes as long as that.
pub async fn examine(db: &Db) -> Result<Examined, StoreError> {
    let mut read = db.read().await?;
    let mut conn = read.conn();
    let mut problems = Vec::new();
    if conn.dialect() == Dialect::Lite {
        problems.extend(file_problems(&mut conn).await?);
    }
    for (what, sql) in RULES {
        let found = conn.count(sql, vec![]).await?;
        if found > 0 {
            problems.push(format!("{found} {what}"));
        }
    }
    let concerns = conn.count(CONCERNS, args![]).await?;
    Ok(Examined { concerns, problems })
}

async fn file_problems(conn: &mut Conn<'_>) -> Result<Vec<String>, StoreError> {
    let mut problems = Vec::new();
    let pages: Vec<(String,)> = conn.all(PAGES_LITE, vec![]).await?;
    problems.extend(pages.into_iter().map(|(said,)| said).filter(|said| said != "ok"));
    let seals: Vec<(String,)> = conn.all(SEALS_LITE, vec![]).await?;
    problems.extend(seals.into_iter().map(|(said,)| said));
    let loose = conn.count(REFERENCES_LITE, vec![]).await?;
    if loose > 0 {
        problems.push(format!("{loose} references to rows that are not there"));
    }
    Ok(problems)
}
