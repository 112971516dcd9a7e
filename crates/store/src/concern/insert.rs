//! Receiving a concern: its words, its children, its sealed sender.

use tessera_core::{
    concern::{Channel, Draft, Reporter},
    ids::{AgencyId, ConcernChildId, ConcernId, GuidanceId, UserId},
    reference::{Code, Reference},
};
use uuid::Uuid;

use crate::{
    Conn, Db, Keys, StoreError, Tx,
    envelope::{Place, open, seal},
    sql::{args, statements},
};

statements! {
    INSERT = "INSERT INTO concern (id, reference, send_key, follow_hash, received_at, channel, \
        submitted_by, agency_id, entered_by, status, danger_now, what, opinion, child_words, place, \
        when_text, happened_on, others, origin, name_sharing, child_knows, parents_know, \
        lexicon_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'received', $10, $11, $12, \
        $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)";
    INSERT_CHILD = "INSERT INTO concern_child (id, concern_id, position, name, known_as, born, age, \
        school, address, nhs_number) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    INSERT_SOURCE = "INSERT INTO concern_source (concern_id, sealed) VALUES ($1, $2)";
    SOURCE = "SELECT sealed FROM concern_source WHERE concern_id = $1";
    WORDS = "INSERT INTO concern_words (concern_id, body) VALUES ($1, $2)";
    KEY = "INSERT INTO concern_key (key, concern_id, words) VALUES ($1, $2, $3) \
        ON CONFLICT (key, concern_id) DO NOTHING";
    BY_SEND_KEY = "SELECT id, reference FROM concern WHERE send_key = $1";
}

/// A concern about to be received.
#[derive(Clone)]
pub struct NewConcern {
    /// Its id.
    pub id: ConcernId,
    /// Its reference.
    pub reference: Reference,
    /// The same for every attempt to send the same thing.
    pub send_key: [u8; 32],
    /// The code that follows it up.
    pub follow: Code,
    /// How it came.
    pub channel: Channel,
    /// The signed-in sender.
    pub submitted_by: Option<UserId>,
    /// Their agency.
    pub agency: Option<AgencyId>,
    /// The officer who typed it in for someone.
    pub entered_by: Option<UserId>,
    /// What was said.
    pub draft: Draft,
    /// An id for each child of the draft, in order.
    pub children: Vec<ConcernChildId>,
    /// Keys that join it to others, each with its reason in words.
    pub keys: Vec<(String, String)>,
    /// What search finds it by: its words, lower case and without accents.
    pub words: String,
    /// The version of the language lexicon it was checked with.
    pub lexicon_version: Option<String>,
    /// Which version of which help stood beside a question: question, version, heading.
    pub help: Vec<(String, GuidanceId, String)>,
}

const fn source_place(row: Uuid) -> Place {
    Place { column: "concern_source.sealed", row }
}

fn follow_hash(keys: &Keys, follow: &Code) -> [u8; 32] {
    keys.blind("follow-up code", follow.secret().as_bytes())
}

/// The concern that an earlier attempt to send the same thing made.
pub async fn sent_before(
    conn: &mut Conn<'_>,
    send_key: &[u8; 32],
) -> Result<Option<(ConcernId, Reference)>, StoreError> {
    let row: Option<(Uuid, String)> = conn.optional(BY_SEND_KEY, args![send_key]).await?;
    Ok(row.map(|(id, reference)| (id.into(), Reference::from_stored(reference))))
}

/// Stores a concern with all that belongs to it.
pub async fn insert(tx: &mut Tx, new: &NewConcern) -> Result<(), StoreError> {
    let (now, keys) = (tx.now(), tx.keys());
    let d = &new.draft;
    let values = args![
        new.id,
        new.reference.as_str(),
        &new.send_key,
        &follow_hash(&keys, &new.follow),
        now,
        new.channel.id(),
        new.submitted_by,
        new.agency,
        new.entered_by,
        d.danger_now,
        &d.what,
        d.opinion.clone(),
        d.child_words.clone(),
        d.place.clone(),
        d.when_text.clone(),
        d.happened_on.map(String::from),
        d.others.clone(),
        d.origin.clone(),
        d.name_sharing.id(),
        d.child_knows.clone(),
        d.parents_know.clone(),
        new.lexicon_version.clone(),
    ];
    tx.conn().exec(INSERT, values).await?;
    insert_children(tx, new).await?;
    if let Some(reporter) = &d.reporter {
        insert_source(tx, new.id, reporter.reveal()).await?;
    }
    for (question, version, heading) in &new.help {
        crate::guidance::reader::show_help(tx, new.id, question, *version, heading).await?;
    }
    for (key, words) in &new.keys {
        tx.conn().exec(KEY, args![key, new.id, words]).await?;
    }
    tx.conn().exec(WORDS, args![new.id, &new.words]).await.map(|_| ())
}

async fn insert_children(tx: &mut Tx, new: &NewConcern) -> Result<(), StoreError> {
    for (n, (child, id)) in new.draft.children.iter().zip(&new.children).enumerate() {
        let values = args![
            *id,
            new.id,
            i64::try_from(n).unwrap_or(0),
            &child.name,
            child.known_as.clone(),
            child.born.map(String::from),
            child.age.clone(),
            child.school.clone(),
            child.address.clone(),
            child.nhs_number.clone(),
        ];
        tx.conn().exec(INSERT_CHILD, values).await?;
    }
    Ok(())
}

async fn insert_source(tx: &mut Tx, id: ConcernId, who: &Reporter) -> Result<(), StoreError> {
    let plain = serde_json::to_vec(who).map_err(|_| StoreError::Sealed)?;
    let sealed = seal(&tx.keys().sources, source_place(id.0), &plain, tx.chance())?;
    tx.conn().exec(INSERT_SOURCE, args![id, sealed]).await.map(|_| ())
}

/// Who sent it, unsealed. The caller holds a permit for it and has written that down.
pub async fn source(db: &Db, id: ConcernId) -> Result<Option<Reporter>, StoreError> {
    let row: Option<(Vec<u8>,)> = db.read().await?.conn().optional(SOURCE, args![id]).await?;
    let Some((sealed,)) = row else { return Ok(None) };
    let plain = open(&db.keys().sources, source_place(id.0), &sealed)?;
    serde_json::from_slice(&plain).map(Some).map_err(|_| StoreError::Sealed)
}

/// Adds words of a later entry, lower case and without accents, to what search finds.
pub async fn add_words(tx: &mut Tx, id: ConcernId, words: &str) -> Result<(), StoreError> {
    tx.conn().exec(WORDS, args![id, words]).await.map(|_| ())
}

/// The hash a follow-up code is looked up by.
pub(crate) fn hash_of_code(keys: &Keys, follow: &Code) -> [u8; 32] {
    follow_hash(keys, follow)
}
