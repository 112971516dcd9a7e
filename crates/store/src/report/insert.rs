//! Receiving a report: its sealed words, its mentions with their keyed hashes, its sealed sender.

use serde::{Deserialize, Serialize};
use tessera_core::{
    ids::{AgencyId, ConcernId, ReportId, UserId},
    reference::Reference,
    report::{RawMention, Report},
};
use uuid::Uuid;

use crate::{
    Conn, Keys, StoreError, Tx,
    envelope::{Place, open, seal},
    report::{change, rights::submitter},
    sql::{args, statements},
};

statements! {
    INSERT = "INSERT INTO report (id, reference, send_key, submitter, agency_id, concern_id, \
        received_at, body, status, priority, lexicon_version) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'received', $9, $10)";
    SOURCE = "INSERT INTO report_source (report_id, sealed) VALUES ($1, $2)";
    MENTION = "INSERT INTO report_mention (report_id, kind, sealed) VALUES ($1, $2, $3) \
        RETURNING number";
    KEY = "INSERT INTO report_key (key, mention, report_id) VALUES ($1, $2, $3) \
        ON CONFLICT (key, mention) DO NOTHING";
    BY_SEND_KEY = "SELECT id, reference FROM report WHERE send_key = $1";
    BY_CONCERN = "SELECT id, reference FROM report WHERE concern_id = $1";
}

/// Who sent a report.
#[derive(Clone, Serialize, Deserialize)]
pub struct Source {
    /// Their account.
    pub user: Uuid,
    /// Their name.
    pub name: String,
    /// Their agency.
    pub agency: String,
}

/// A report about to be received.
pub struct NewReport {
    /// Its id.
    pub id: ReportId,
    /// Its reference.
    pub reference: Reference,
    /// The same for every attempt to send the same thing.
    pub send_key: [u8; 32],
    /// The sender's account: stored only as a keyed hash.
    pub user: UserId,
    /// Who that is: stored only under the key of sources.
    pub source: Source,
    /// Their agency, unless it must not be known.
    pub agency: Option<AgencyId>,
    /// The concern it was made from.
    pub concern: Option<ConcernId>,
    /// `high`, `medium` or `low`.
    pub priority: &'static str,
    /// What was said.
    pub report: Report,
    /// For each mention the texts of its keys, stored only as keyed hashes.
    pub keys: Vec<Vec<String>>,
    /// The version of the language lexicon it was checked with.
    pub lexicon_version: String,
}

/// Where the words of a report are sealed.
pub(crate) const fn body_place(row: Uuid) -> Place {
    Place { column: "report.body", row }
}

/// Where the sender of a report is sealed.
pub(crate) const fn source_place(row: Uuid) -> Place {
    Place { column: "report_source.sealed", row }
}

/// Where other things of a report are sealed.
pub(crate) const fn part_place(row: Uuid) -> Place {
    Place { column: "report part", row }
}

/// Seals a part of a report.
pub(crate) fn seal_part<T: Serialize>(
    tx: &Tx,
    report: ReportId,
    part: &T,
) -> Result<Vec<u8>, StoreError> {
    let plain = serde_json::to_vec(part).map_err(|_| StoreError::Sealed)?;
    seal(&tx.keys().derive("report"), part_place(report.0), &plain, tx.chance())
}

/// Opens a part of a report.
pub(crate) fn open_part<T: serde::de::DeserializeOwned>(
    keys: &Keys,
    report: Uuid,
    sealed: &[u8],
) -> Result<T, StoreError> {
    let plain = open(&keys.derive("report"), part_place(report), sealed)?;
    serde_json::from_slice(&plain).map_err(|_| StoreError::Sealed)
}

/// The keyed hash under which a key of a mention is stored.
#[must_use]
pub fn hashed(keys: &Keys, text: &str) -> [u8; 32] {
    keys.blind("report key", text.as_bytes())
}

/// The report that an earlier attempt to send the same thing made.
pub async fn sent_before(
    conn: &mut Conn<'_>,
    send_key: &[u8; 32],
) -> Result<Option<(ReportId, Reference)>, StoreError> {
    let row: Option<(Uuid, String)> = conn.optional(BY_SEND_KEY, args![send_key]).await?;
    Ok(row.map(|(id, reference)| (id.into(), Reference::from_stored(reference))))
}

/// The report that was made from a concern.
pub async fn of_concern(
    conn: &mut Conn<'_>,
    concern: ConcernId,
) -> Result<Option<(ReportId, Reference)>, StoreError> {
    let row: Option<(Uuid, String)> = conn.optional(BY_CONCERN, args![concern]).await?;
    Ok(row.map(|(id, reference)| (id.into(), Reference::from_stored(reference))))
}

/// Stores a report with all that belongs to it.
pub async fn insert(tx: &mut Tx, new: &NewReport) -> Result<(), StoreError> {
    let (now, keys) = (tx.now(), tx.keys());
    let plain = serde_json::to_vec(&new.report).map_err(|_| StoreError::Sealed)?;
    let body = seal(&keys.derive("report"), body_place(new.id.0), &plain, tx.chance())?;
    let values = args![
        new.id,
        new.reference.as_str(),
        &new.send_key,
        &submitter(&keys, new.user),
        new.agency,
        new.concern,
        now,
        body,
        new.priority,
        &new.lexicon_version,
    ];
    tx.conn().exec(INSERT, values).await?;
    let who = serde_json::to_vec(&new.source).map_err(|_| StoreError::Sealed)?;
    let who = seal(&keys.sources, source_place(new.id.0), &who, tx.chance())?;
    tx.conn().exec(SOURCE, args![new.id, who]).await?;
    for (mention, texts) in new.report.mentions.iter().zip(&new.keys) {
        store_mention(tx, new.id, mention, texts).await?;
    }
    change::note(tx, new.id).await
}

/// Adds a mention to a report that is there, with its keys.
pub async fn add_mention(
    tx: &mut Tx,
    report: ReportId,
    mention: &RawMention,
    texts: &[String],
) -> Result<(), StoreError> {
    store_mention(tx, report, mention, texts).await?;
    change::note(tx, report).await
}

async fn store_mention(
    tx: &mut Tx,
    report: ReportId,
    mention: &RawMention,
    texts: &[String],
) -> Result<(), StoreError> {
    let keys = tx.keys();
    let sealed = seal_part(tx, report, mention)?;
    let (number,): (i64,) = tx.conn().one(MENTION, args![report, &mention.kind, sealed]).await?;
    for text in texts {
        tx.conn().exec(KEY, args![&hashed(&keys, text), number, report]).await?;
    }
    Ok(())
}
