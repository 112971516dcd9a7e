-- Spreadsheets brought in as intelligence reports. The rows of one that is not brought in yet, and
-- those that could not be, are sealed; undoing a batch takes both away.
CREATE TABLE import_batch (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    by_user BLOB NOT NULL REFERENCES user_account(id),
    by_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    row_count INTEGER NOT NULL,
    rejected_count INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    sealed BLOB NOT NULL,
    undone_at INTEGER,
    undone_by TEXT,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE import_row (
    batch_id BLOB NOT NULL REFERENCES import_batch(id),
    row_number INTEGER NOT NULL,
    report_id BLOB NOT NULL UNIQUE,
    PRIMARY KEY (batch_id, row_number)
) STRICT;

-- How an agency names its columns.
CREATE TABLE import_heading (
    agency_id BLOB NOT NULL REFERENCES agency(id),
    kind TEXT NOT NULL,
    heading TEXT NOT NULL,
    means TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (agency_id, kind, heading)
) STRICT;
