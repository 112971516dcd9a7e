-- Documents that belong to a concern, as they came.
CREATE TABLE concern_document (
    id BLOB NOT NULL PRIMARY KEY,
    concern_id BLOB NOT NULL REFERENCES concern(id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    body BLOB NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    searchable INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    by_user BLOB NOT NULL,
    by_name TEXT NOT NULL
) STRICT;
CREATE INDEX concern_document_by_concern ON concern_document(concern_id);
