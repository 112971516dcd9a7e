-- Spreadsheets brought in as intelligence reports. The rows of one that is not brought in yet, and
-- those that could not be, are sealed; undoing a batch takes both away.
CREATE TABLE import_batch (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    by_user UUID NOT NULL REFERENCES user_account(id),
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    rejected_count BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    undone_at BIGINT,
    undone_by TEXT,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE import_row (
    batch_id UUID NOT NULL REFERENCES import_batch(id),
    row_number BIGINT NOT NULL,
    report_id UUID NOT NULL UNIQUE,
    PRIMARY KEY (batch_id, row_number)
);

-- How an agency names its columns.
CREATE TABLE import_heading (
    agency_id UUID NOT NULL REFERENCES agency(id),
    kind TEXT NOT NULL,
    heading TEXT NOT NULL,
    means TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (agency_id, kind, heading)
);
