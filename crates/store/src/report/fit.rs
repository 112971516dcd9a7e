//! How many reports share a key with one that its reader may not see and may know of. Keys are keyed
//! hashes: they say nothing to whoever copies the database.

use tessera_core::ids::ReportId;

use crate::{
    Conn, StoreError,
    report::{
        list::Reader,
        rights::{children, may_see},
    },
    sql::{args, statements},
};

statements! {
    HIDDEN = concat!("SELECT CAST(COUNT(DISTINCT r.id) AS BIGINT) FROM report_key mine \
        JOIN report_key k ON k.key = mine.key AND k.report_id <> mine.report_id \
        JOIN report r ON r.id = k.report_id WHERE mine.report_id = $1 AND r.existence_told = 1 \
        AND r.retracted_at IS NULL AND NOT (", may_see!(), ") \
        AND NOT EXISTS (SELECT 1 FROM child x WHERE x.id IN ", children!(), ")");
}

/// How many reports share a key with this one that the reader may not see but may know of.
pub async fn held_by_others(
    conn: &mut Conn<'_>,
    report: ReportId,
    reader: Reader,
) -> Result<i64, StoreError> {
    conn.count(HIDDEN, args![report, reader.user, reader.now, reader.police]).await
}
