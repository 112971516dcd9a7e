//! Documents that belong to a concern: kept as they came, with a hash, beside the words that could
//! be read out of them. They are never shown inside a page.

use tessera_core::{
    document::Document,
    ids::{ConcernId, DocumentId, UserId},
};
use uuid::Uuid;

use crate::{
    Conn, StoreError, Tx,
    sql::{args, instant, statements},
};

statements! {
    ADD = "INSERT INTO concern_document (id, concern_id, name, kind, body, size, sha256, searchable, \
        added_at, by_user, by_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    OF_CONCERN = "SELECT id, name, kind, size, sha256, searchable, added_at, by_name \
        FROM concern_document WHERE concern_id = $1 ORDER BY added_at, id";
    BODY = "SELECT name, body FROM concern_document WHERE id = $1 AND concern_id = $2";
}

/// A document about to be kept.
pub struct NewDocument {
    /// Its id.
    pub id: DocumentId,
    /// The concern.
    pub concern: ConcernId,
    /// The name of its file.
    pub name: String,
    /// The ending of the name, in lower case.
    pub kind: String,
    /// Its bytes.
    pub body: Vec<u8>,
    /// Their SHA-256 (FIPS 180-4), in hexadecimal digits.
    pub sha256: String,
    /// Whether words were read out of it for search.
    pub searchable: bool,
    /// Who adds it.
    pub by: UserId,
    /// Their name.
    pub by_name: String,
}

/// Keeps a document.
pub async fn add(tx: &mut Tx, new: NewDocument) -> Result<(), StoreError> {
    let now = tx.now();
    let size = i64::try_from(new.body.len()).unwrap_or(i64::MAX);
    let values = args![
        new.id,
        new.concern,
        &new.name,
        &new.kind,
        new.body,
        size,
        &new.sha256,
        new.searchable,
        now,
        new.by,
        &new.by_name,
    ];
    tx.conn().exec(ADD, values).await.map(|_| ())
}

type Row = (Uuid, String, String, i64, String, i64, i64, String);

/// The documents of a concern, oldest first, without their bytes.
pub(crate) async fn of_concern(
    conn: &mut Conn<'_>,
    id: ConcernId,
) -> Result<Vec<Document>, StoreError> {
    let rows: Vec<Row> = conn.all(OF_CONCERN, args![id]).await?;
    let document = |(id, name, kind, size, sha256, searchable, at, by): Row| Document {
        id: id.into(),
        name,
        kind,
        size,
        sha256,
        searchable: searchable != 0,
        added_at: instant(at),
        by,
    };
    Ok(rows.into_iter().map(document).collect())
}

/// The name and bytes of a document of this concern.
pub async fn body(
    conn: &mut Conn<'_>,
    concern: ConcernId,
    id: DocumentId,
) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    conn.optional(BODY, args![id, concern]).await
}
