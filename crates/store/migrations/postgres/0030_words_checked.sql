-- Which version of the lexicon the words of a record were checked with, and which of its entries
-- they held when they were saved. No person stands here: only the agency of the one who wrote.
CREATE TABLE words_checked (
    id UUID NOT NULL PRIMARY KEY,
    record_kind TEXT NOT NULL,
    record_id UUID NOT NULL,
    at BIGINT NOT NULL,
    agency_id UUID REFERENCES agency(id),
    lexicon_version TEXT NOT NULL,
    flagged BIGINT NOT NULL
);
CREATE INDEX words_checked_by_time ON words_checked(at);
CREATE INDEX words_checked_by_record ON words_checked(record_id);

CREATE TABLE words_found (
    checked_id UUID NOT NULL REFERENCES words_checked(id),
    entry TEXT NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (checked_id, entry)
);
