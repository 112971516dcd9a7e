-- Documents that belong to a concern, as they came.
CREATE TABLE concern_document (
    id UUID NOT NULL PRIMARY KEY,
    concern_id UUID NOT NULL REFERENCES concern(id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    body BYTEA NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    searchable BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    by_user UUID NOT NULL,
    by_name TEXT NOT NULL
);
CREATE INDEX concern_document_by_concern ON concern_document(concern_id);
