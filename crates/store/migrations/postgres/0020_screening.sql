-- Versions of screening instruments: those that ship and those that a partnership wrote. A
-- screening keeps the version it was made with, so that it is always shown in its own words.
CREATE TABLE instrument (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    version TEXT NOT NULL,
    body TEXT NOT NULL,
    status TEXT NOT NULL,
    revision BIGINT NOT NULL DEFAULT 1,
    written_by UUID REFERENCES user_account(id),
    written_by_name TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    decided_by_name TEXT,
    decided_at BIGINT,
    reason TEXT,
    UNIQUE (code, version)
);

-- Every text that was saved of a version, so that nothing is overwritten.
CREATE TABLE instrument_save (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    instrument_id UUID NOT NULL REFERENCES instrument(id),
    body TEXT NOT NULL,
    at BIGINT NOT NULL,
    by_name TEXT NOT NULL
);
CREATE INDEX instrument_save_by_instrument ON instrument_save(instrument_id);

-- One-use links for somebody without an account. The token is kept as a hash; the code of the draft
-- it began is sealed, so that whoever holds the link can go on.
CREATE TABLE screening_link (
    id UUID NOT NULL PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    made_for TEXT NOT NULL,
    agency_id UUID NOT NULL REFERENCES agency(id),
    made_by UUID NOT NULL REFERENCES user_account(id),
    made_by_name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    code BYTEA,
    used_at BIGINT,
    ended_at BIGINT
);
CREATE INDEX screening_link_by_maker ON screening_link(made_by);

-- Drafts are sealed as a whole, like those of concerns.
CREATE TABLE screening_draft (
    id UUID NOT NULL PRIMARY KEY,
    code_hash BYTEA NOT NULL UNIQUE,
    user_id UUID REFERENCES user_account(id),
    agency_id UUID NOT NULL REFERENCES agency(id),
    link_id UUID REFERENCES screening_link(id),
    child_id UUID REFERENCES child(id),
    concern_id UUID REFERENCES concern(id),
    instrument_id UUID NOT NULL REFERENCES instrument(id),
    body BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    sent_as TEXT
);
CREATE INDEX screening_draft_by_expiry ON screening_draft(expires_at);

CREATE TABLE screening (
    id UUID NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    draft_id UUID NOT NULL UNIQUE,
    instrument_id UUID NOT NULL REFERENCES instrument(id),
    submitted_at BIGINT NOT NULL,
    screened_on TEXT NOT NULL,
    submitted_by UUID REFERENCES user_account(id),
    sent_by_name TEXT NOT NULL,
    agency_id UUID NOT NULL REFERENCES agency(id),
    link_id UUID REFERENCES screening_link(id),
    child_id UUID REFERENCES child(id),
    concern_id UUID REFERENCES concern(id),
    child_name TEXT NOT NULL,
    danger BIGINT NOT NULL,
    computed_level TEXT NOT NULL,
    level TEXT NOT NULL,
    status TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    hub_told_at BIGINT,
    body TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX screening_by_agency ON screening(agency_id, status);
CREATE INDEX screening_by_sender ON screening(submitted_by);
CREATE INDEX screening_by_child ON screening(child_id);
CREATE INDEX screening_by_concern ON screening(concern_id);

-- Decisions about the level. A lower one holds only once a second person has agreed.
CREATE TABLE screening_level (
    id UUID NOT NULL PRIMARY KEY,
    screening_id UUID NOT NULL REFERENCES screening(id),
    level TEXT NOT NULL,
    reason TEXT NOT NULL,
    factors TEXT NOT NULL,
    change_mind TEXT NOT NULL,
    by_user UUID NOT NULL REFERENCES user_account(id),
    by_name TEXT NOT NULL,
    by_role TEXT NOT NULL,
    at BIGINT NOT NULL,
    needs_second BIGINT NOT NULL,
    second_user UUID REFERENCES user_account(id),
    second_name TEXT,
    second_at BIGINT
);
CREATE INDEX screening_level_by_screening ON screening_level(screening_id);
