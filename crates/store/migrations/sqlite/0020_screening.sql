-- Versions of screening instruments: those that ship and those that a partnership wrote. A
-- screening keeps the version it was made with, so that it is always shown in its own words.
CREATE TABLE instrument (
    id BLOB NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    version TEXT NOT NULL,
    body TEXT NOT NULL,
    status TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    written_by BLOB REFERENCES user_account(id),
    written_by_name TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    decided_by_name TEXT,
    decided_at INTEGER,
    reason TEXT,
    UNIQUE (code, version)
) STRICT;

-- Every text that was saved of a version, so that nothing is overwritten.
CREATE TABLE instrument_save (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    instrument_id BLOB NOT NULL REFERENCES instrument(id),
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    by_name TEXT NOT NULL
) STRICT;
CREATE INDEX instrument_save_by_instrument ON instrument_save(instrument_id);

-- One-use links for somebody without an account. The token is kept as a hash; the code of the draft
-- it began is sealed, so that whoever holds the link can go on.
CREATE TABLE screening_link (
    id BLOB NOT NULL PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    made_for TEXT NOT NULL,
    agency_id BLOB NOT NULL REFERENCES agency(id),
    made_by BLOB NOT NULL REFERENCES user_account(id),
    made_by_name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    code BLOB,
    used_at INTEGER,
    ended_at INTEGER
) STRICT;
CREATE INDEX screening_link_by_maker ON screening_link(made_by);

-- Drafts are sealed as a whole, like those of concerns.
CREATE TABLE screening_draft (
    id BLOB NOT NULL PRIMARY KEY,
    code_hash BLOB NOT NULL UNIQUE,
    user_id BLOB REFERENCES user_account(id),
    agency_id BLOB NOT NULL REFERENCES agency(id),
    link_id BLOB REFERENCES screening_link(id),
    child_id BLOB REFERENCES child(id),
    concern_id BLOB REFERENCES concern(id),
    instrument_id BLOB NOT NULL REFERENCES instrument(id),
    body BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    sent_as TEXT
) STRICT;
CREATE INDEX screening_draft_by_expiry ON screening_draft(expires_at);

CREATE TABLE screening (
    id BLOB NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    draft_id BLOB NOT NULL UNIQUE,
    instrument_id BLOB NOT NULL REFERENCES instrument(id),
    submitted_at INTEGER NOT NULL,
    screened_on TEXT NOT NULL,
    submitted_by BLOB REFERENCES user_account(id),
    sent_by_name TEXT NOT NULL,
    agency_id BLOB NOT NULL REFERENCES agency(id),
    link_id BLOB REFERENCES screening_link(id),
    child_id BLOB REFERENCES child(id),
    concern_id BLOB REFERENCES concern(id),
    child_name TEXT NOT NULL,
    danger INTEGER NOT NULL,
    computed_level TEXT NOT NULL,
    level TEXT NOT NULL,
    status TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    hub_told_at INTEGER,
    body TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX screening_by_agency ON screening(agency_id, status);
CREATE INDEX screening_by_sender ON screening(submitted_by);
CREATE INDEX screening_by_child ON screening(child_id);
CREATE INDEX screening_by_concern ON screening(concern_id);

-- Decisions about the level. A lower one holds only once a second person has agreed.
CREATE TABLE screening_level (
    id BLOB NOT NULL PRIMARY KEY,
    screening_id BLOB NOT NULL REFERENCES screening(id),
    level TEXT NOT NULL,
    reason TEXT NOT NULL,
    factors TEXT NOT NULL,
    change_mind TEXT NOT NULL,
    by_user BLOB NOT NULL REFERENCES user_account(id),
    by_name TEXT NOT NULL,
    by_role TEXT NOT NULL,
    at INTEGER NOT NULL,
    needs_second INTEGER NOT NULL,
    second_user BLOB REFERENCES user_account(id),
    second_name TEXT,
    second_at INTEGER
) STRICT;
CREATE INDEX screening_level_by_screening ON screening_level(screening_id);
