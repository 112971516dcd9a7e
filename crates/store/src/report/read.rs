//! Reading one report with all that belongs to it, but for who sent it.

use tessera_core::{
    ids::ReportId,
    reference::Reference,
    report::{RawMention, Report, ReportStatus},
    time::Timestamp,
};
use uuid::Uuid;

use crate::{
    Conn, Keys, StoreError,
    envelope::open,
    report::insert::{body_place, open_part},
    sql::{args, instant, statements},
};

/// The columns of a [`Piece`], over `report r`.
macro_rules! piece_columns {
    () => {
        "SELECT r.number, r.id, r.reference, r.received_at, r.body, r.status, r.priority, \
         r.source_grade, r.intelligence_grade, r.handling, r.existence_told, r.review_at, \
         r.retracted_at, r.version, a.name AS agency_name, c.reference AS concern_reference \
         FROM report r LEFT JOIN agency a ON a.id = r.agency_id \
         LEFT JOIN concern c ON c.id = r.concern_id "
    };
}
pub(crate) use piece_columns;

statements! {
    BY_ID = concat!(piece_columns!(), "WHERE r.id = $1");
    MENTIONS = "SELECT number, report_id, sealed FROM report_mention WHERE report_id = $1 \
        ORDER BY number";
    ENTRIES = "SELECT kind, report_id, sealed, by_name, at FROM report_entry WHERE report_id = $1 \
        ORDER BY id";
}

/// A report as the desk and its pictures need it.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Its place in the order of all reports.
    pub number: i64,
    /// Its id.
    pub id: ReportId,
    /// Its reference.
    pub reference: Reference,
    /// When it came.
    pub received_at: Timestamp,
    /// What was told, without its mentions.
    pub report: Report,
    /// Where it stands.
    pub status: ReportStatus,
    /// `high`, `medium` or `low`.
    pub priority: String,
    /// Code of list `source_grade`, once assigned.
    pub source_grade: Option<String>,
    /// Code of list `intelligence_grade`, once assigned.
    pub intelligence_grade: Option<String>,
    /// Code of list `handling`, once assigned.
    pub handling: Option<String>,
    /// Those who may not see it may be told that the desk holds something.
    pub existence_told: bool,
    /// When it is to be looked at again.
    pub review_at: Option<Timestamp>,
    /// When it was taken back.
    pub retracted_at: Option<Timestamp>,
    /// Counts changes.
    pub version: i64,
    /// Who holds it; none when the source is protected.
    pub agency: Option<String>,
    /// The concern it was made from.
    pub concern: Option<Reference>,
}

impl Piece {
    /// The grade in one line: `2B, handling P`.
    #[must_use]
    pub fn grade(&self) -> Option<String> {
        let (source, intelligence) =
            (self.source_grade.as_ref()?, self.intelligence_grade.as_ref()?);
        let handling = self.handling.as_deref().unwrap_or("?");
        Some(format!("{source}{intelligence}, handling {handling}"))
    }

    /// The day it is about, as far as known; the day it came otherwise.
    #[must_use]
    pub fn day(&self) -> tessera_core::time::Date {
        let came = tessera_core::time::day_in_london(self.received_at);
        self.report.happened_on.map_or(came, tessera_core::partial_date::PartialDate::earliest)
    }
}

#[derive(sqlx::FromRow)]
pub(crate) struct Row {
    number: i64,
    id: Uuid,
    reference: String,
    received_at: i64,
    body: Vec<u8>,
    status: String,
    priority: String,
    source_grade: Option<String>,
    intelligence_grade: Option<String>,
    handling: Option<String>,
    existence_told: i64,
    review_at: Option<i64>,
    retracted_at: Option<i64>,
    version: i64,
    agency_name: Option<String>,
    concern_reference: Option<String>,
}

impl Row {
    pub(crate) fn open(self, keys: &Keys) -> Result<Piece, StoreError> {
        let plain = open(&keys.derive("report"), body_place(self.id), &self.body)?;
        let report = serde_json::from_slice(&plain).map_err(|_| StoreError::Sealed)?;
        Ok(Piece {
            number: self.number,
            id: self.id.into(),
            reference: Reference::from_stored(self.reference),
            received_at: instant(self.received_at),
            report,
            status: ReportStatus::from_id(&self.status),
            priority: self.priority,
            source_grade: self.source_grade,
            intelligence_grade: self.intelligence_grade,
            handling: self.handling,
            existence_told: self.existence_told != 0,
            review_at: self.review_at.map(instant),
            retracted_at: self.retracted_at.map(instant),
            version: self.version,
            agency: self.agency_name,
            concern: self.concern_reference.map(Reference::from_stored),
        })
    }
}

/// One mention as it stands in its report.
#[derive(Debug, Clone)]
pub struct Mention {
    /// Its number.
    pub number: i64,
    /// Its report.
    pub report: ReportId,
    /// What it says.
    pub said: RawMention,
}

/// A report.
pub async fn piece(conn: &mut Conn<'_>, keys: &Keys, id: ReportId) -> Result<Piece, StoreError> {
    conn.one::<Row>(BY_ID, args![id]).await?.open(keys)
}

pub(crate) type MentionRow = (i64, Uuid, Vec<u8>);

pub(crate) fn open_mentions(
    keys: &Keys,
    rows: Vec<MentionRow>,
) -> Result<Vec<Mention>, StoreError> {
    let mention = |(number, report, sealed): MentionRow| {
        let said = open_part(keys, report, &sealed)?;
        Ok(Mention { number, report: report.into(), said })
    };
    rows.into_iter().map(mention).collect()
}

/// The mentions of a report, in order.
pub async fn mentions(
    conn: &mut Conn<'_>,
    keys: &Keys,
    id: ReportId,
) -> Result<Vec<Mention>, StoreError> {
    open_mentions(keys, conn.all(MENTIONS, args![id]).await?)
}

/// What happened to a report: additions of its sender, what they were told, grades, retraction.
#[derive(Debug, Clone)]
pub struct ReportEntry {
    /// `added`, `told`, `grade`, `retracted`, `note`.
    pub kind: String,
    /// In words.
    pub words: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// The entries of a report, oldest first.
pub async fn entries(
    conn: &mut Conn<'_>,
    keys: &Keys,
    id: ReportId,
) -> Result<Vec<ReportEntry>, StoreError> {
    type Row = (String, Uuid, Vec<u8>, String, i64);
    let rows: Vec<Row> = conn.all(ENTRIES, args![id]).await?;
    let entry = |(kind, report, sealed, by, at): Row| {
        Ok(ReportEntry { kind, words: open_part(keys, report, &sealed)?, by, at: instant(at) })
    };
    rows.into_iter().map(entry).collect()
}
