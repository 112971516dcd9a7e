//! What the words of a record were checked with, committed with the record itself.

use tessera_core::{chance::Draw, ids::AgencyId, time::Timestamp};
use uuid::Uuid;

use crate::{
    Conn, StoreError, Tx,
    sql::{args, statements},
};

statements! {
    INSERT = "INSERT INTO words_checked (id, record_kind, record_id, at, agency_id, \
        lexicon_version, flagged) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    FOUND = "INSERT INTO words_found (checked_id, entry, times) VALUES ($1, $2, $3)";
    OF_RECORD = "SELECT record_kind, lexicon_version, flagged FROM words_checked \
        WHERE record_id = $1 ORDER BY at, record_kind";
    BY_AGENCY = "SELECT agency_id, CAST(COUNT(*) AS BIGINT), CAST(SUM(flagged) AS BIGINT) \
        FROM words_checked WHERE at >= $1 AND at < $2 AND agency_id IS NOT NULL \
        GROUP BY agency_id";
    BY_ENTRY = "SELECT f.entry, CAST(COUNT(*) AS BIGINT) FROM words_found f \
        JOIN words_checked c ON c.id = f.checked_id WHERE c.at >= $1 AND c.at < $2 \
        GROUP BY f.entry ORDER BY 2 DESC, 1";
    // Who may write records: the size of a team.
    MEMBERS = "SELECT agency_id, CAST(COUNT(*) AS BIGINT) FROM user_account \
        WHERE standing = 'active' GROUP BY agency_id";
}

/// The outcome of checking the words of one record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// The agency of the person who wrote.
    pub agency: Option<AgencyId>,
    /// The version of the lexicon.
    pub version: String,
    /// Ids of the entries that stand in the words as saved, each with how often.
    pub found: Vec<(String, i64)>,
}

impl Checked {
    /// Stores it beside the record, in the record's own transaction.
    pub async fn store(
        &self,
        tx: &mut Tx,
        kind: &str,
        record: impl Into<Uuid>,
    ) -> Result<(), StoreError> {
        let now = tx.now();
        let id: Uuid = tx.chance().id(now);
        let (record, flagged): (Uuid, _) = (record.into(), !self.found.is_empty());
        let row = args![id, kind, record, now, self.agency, &self.version, flagged];
        tx.conn().exec(INSERT, row).await?;
        for (entry, times) in &self.found {
            tx.conn().exec(FOUND, args![id, entry, *times]).await?;
        }
        Ok(())
    }
}

/// What the parts of a record were checked with: kind, version, whether anything was found.
pub async fn of_record(
    conn: &mut Conn<'_>,
    record: impl Into<Uuid>,
) -> Result<Vec<(String, String, bool)>, StoreError> {
    let record: Uuid = record.into();
    let rows: Vec<(String, String, i64)> = conn.all(OF_RECORD, args![record]).await?;
    Ok(rows.into_iter().map(|(kind, version, flagged)| (kind, version, flagged != 0)).collect())
}

/// How many texts an agency saved in a stretch of time, and how many of them held listed words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The agency.
    pub agency: AgencyId,
    /// Texts saved.
    pub texts: i64,
    /// Those with at least one listed term.
    pub flagged: i64,
}

/// The counts of each agency from `from` until before `to`.
pub async fn by_agency(
    conn: &mut Conn<'_>,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Counted>, StoreError> {
    let rows: Vec<(Uuid, i64, i64)> = conn.all(BY_AGENCY, args![from, to]).await?;
    let counted =
        |(agency, texts, flagged): (Uuid, _, _)| Counted { agency: agency.into(), texts, flagged };
    Ok(rows.into_iter().map(counted).collect())
}

/// How many texts held each entry, most first.
pub async fn by_entry(
    conn: &mut Conn<'_>,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<(String, i64)>, StoreError> {
    conn.all(BY_ENTRY, args![from, to]).await
}

/// How many people of each agency have an account that works.
pub async fn members(conn: &mut Conn<'_>) -> Result<Vec<(AgencyId, i64)>, StoreError> {
    let rows: Vec<(Uuid, i64)> = conn.all(MEMBERS, vec![]).await?;
    Ok(rows.into_iter().map(|(agency, people)| (agency.into(), people)).collect())
}
