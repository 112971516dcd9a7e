-- Settings of the partnership: one row a key, history in setting_history.
CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL
);

CREATE TABLE setting_history (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL
);

CREATE TABLE agency (
    id UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    suspended_at BIGINT
);

CREATE TABLE user_account (
    id UUID NOT NULL PRIMARY KEY,
    agency_id UUID NOT NULL REFERENCES agency(id),
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    job_title TEXT NOT NULL,
    standing TEXT NOT NULL,
    password_hash TEXT,
    totp_secret BYTEA,
    totp_last_step BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    left_at BIGINT
);
CREATE INDEX user_account_by_agency ON user_account(agency_id);

CREATE TABLE user_role (
    user_id UUID NOT NULL REFERENCES user_account(id),
    role TEXT NOT NULL,
    granted_at BIGINT NOT NULL,
    granted_by TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT,
    PRIMARY KEY (user_id, role, granted_at)
);

-- One-use links: to choose a password, or to set up the partnership.
CREATE TABLE invitation (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    user_id UUID REFERENCES user_account(id),
    purpose TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE TABLE session (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES user_account(id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX session_by_user ON session(user_id);

-- Failed sign-ins, by a keyed hash of the address typed, so that a list of them names nobody.
CREATE TABLE sign_in_failure (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_hash BYTEA NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX sign_in_failure_by_account ON sign_in_failure(account_hash, at);

-- Drafts are sealed as a whole: nobody but the holder of the code reads them.
CREATE TABLE draft (
    id UUID NOT NULL PRIMARY KEY,
    code_hash BYTEA NOT NULL UNIQUE,
    user_id UUID REFERENCES user_account(id),
    body BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    sent_as UUID
);
CREATE INDEX draft_by_expiry ON draft(expires_at);
CREATE INDEX draft_by_user ON draft(user_id);

CREATE TABLE concern (
    id UUID NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    send_key BYTEA NOT NULL UNIQUE,
    follow_hash BYTEA NOT NULL,
    received_at BIGINT NOT NULL,
    channel TEXT NOT NULL,
    submitted_by UUID REFERENCES user_account(id),
    agency_id UUID REFERENCES agency(id),
    entered_by UUID REFERENCES user_account(id),
    status TEXT NOT NULL,
    urgency TEXT,
    danger_now BIGINT NOT NULL,
    what TEXT NOT NULL,
    opinion TEXT,
    child_words TEXT,
    place TEXT,
    when_text TEXT,
    happened_on TEXT,
    others TEXT,
    origin TEXT,
    name_sharing TEXT NOT NULL,
    child_knows TEXT,
    parents_know TEXT,
    lexicon_version TEXT,
    restricted BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX concern_by_status ON concern(status, received_at);
CREATE INDEX concern_by_sender ON concern(submitted_by);
CREATE INDEX concern_by_agency ON concern(agency_id);

-- Who sent it: sealed under its own key, apart from the concern.
CREATE TABLE concern_source (
    concern_id UUID NOT NULL PRIMARY KEY REFERENCES concern(id),
    sealed BYTEA NOT NULL
);

CREATE TABLE child (
    id UUID NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    restricted BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE concern_child (
    id UUID NOT NULL PRIMARY KEY,
    concern_id UUID NOT NULL REFERENCES concern(id),
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    known_as TEXT,
    born TEXT,
    age TEXT,
    school TEXT,
    address TEXT,
    nhs_number TEXT,
    child_id UUID REFERENCES child(id)
);
CREATE INDEX concern_child_by_concern ON concern_child(concern_id);
CREATE INDEX concern_child_by_child ON concern_child(child_id);

-- Joining a child of a concern to a file, and parting them again: never overwritten.
CREATE TABLE concern_child_link (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    concern_child_id UUID NOT NULL REFERENCES concern_child(id),
    child_id UUID REFERENCES child(id),
    reason TEXT NOT NULL,
    by_user UUID NOT NULL,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE TABLE concern_entry (
    id UUID NOT NULL PRIMARY KEY,
    concern_id UUID NOT NULL REFERENCES concern(id),
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    by_user UUID,
    by_name TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX concern_entry_by_concern ON concern_entry(concern_id, at);

CREATE TABLE concern_urgency (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    concern_id UUID NOT NULL REFERENCES concern(id),
    urgency TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX concern_urgency_by_concern ON concern_urgency(concern_id);

CREATE TABLE concern_route (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    concern_id UUID NOT NULL REFERENCES concern(id),
    route TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX concern_route_by_concern ON concern_route(concern_id);

CREATE TABLE concern_sharing (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    concern_id UUID NOT NULL REFERENCES concern(id),
    basis TEXT NOT NULL,
    agreement TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX concern_sharing_by_concern ON concern_sharing(concern_id);

CREATE TABLE decision (
    id UUID NOT NULL PRIMARY KEY,
    concern_id UUID NOT NULL REFERENCES concern(id),
    concern_child_id UUID NOT NULL REFERENCES concern_child(id),
    outcome TEXT NOT NULL,
    need_level TEXT NOT NULL,
    reason TEXT NOT NULL,
    told TEXT NOT NULL,
    codes_version TEXT NOT NULL,
    by_user UUID NOT NULL,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX decision_by_concern ON decision(concern_id, at);

CREATE TABLE partner_check (
    id UUID NOT NULL PRIMARY KEY,
    concern_id UUID NOT NULL REFERENCES concern(id),
    concern_child_id UUID NOT NULL REFERENCES concern_child(id),
    agency_id UUID NOT NULL REFERENCES agency(id),
    question TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    answer TEXT,
    held TEXT,
    reason TEXT,
    answered_by TEXT,
    answered_at BIGINT,
    escalated_at BIGINT
);
CREATE INDEX partner_check_by_concern ON partner_check(concern_id);
CREATE INDEX partner_check_by_agency ON partner_check(agency_id, answered_at);

CREATE TABLE challenge (
    id UUID NOT NULL PRIMARY KEY,
    concern_id UUID NOT NULL REFERENCES concern(id),
    at BIGINT NOT NULL,
    by_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    answered_by TEXT,
    answered_at BIGINT,
    answer TEXT,
    changed BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX challenge_by_concern ON challenge(concern_id);

CREATE TABLE clock (
    id UUID NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    concern_id UUID REFERENCES concern(id),
    child_id UUID REFERENCES child(id),
    started_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    explained TEXT NOT NULL,
    met_at BIGINT,
    met_by TEXT,
    stopped_at BIGINT,
    stopped_by TEXT,
    stop_reason TEXT
);
CREATE INDEX clock_by_concern ON clock(concern_id);
CREATE INDEX clock_running ON clock(due_at) WHERE met_at IS NULL AND stopped_at IS NULL;

CREATE TABLE child_fact (
    id UUID NOT NULL PRIMARY KEY,
    child_id UUID NOT NULL REFERENCES child(id),
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    source TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    corrects UUID,
    reason TEXT
);
CREATE INDEX child_fact_by_child ON child_fact(child_id, recorded_at);

CREATE TABLE child_event (
    id UUID NOT NULL PRIMARY KEY,
    child_id UUID NOT NULL REFERENCES child(id),
    happened_on TEXT,
    sort_at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    fact TEXT NOT NULL,
    opinion TEXT,
    source TEXT NOT NULL,
    concern_id UUID REFERENCES concern(id),
    audience TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    corrects UUID,
    reason TEXT
);
CREATE INDEX child_event_by_child ON child_event(child_id, sort_at);

CREATE TABLE child_relation (
    id UUID NOT NULL PRIMARY KEY,
    child_id UUID NOT NULL REFERENCES child(id),
    name TEXT NOT NULL,
    relationship TEXT NOT NULL,
    parental_responsibility TEXT NOT NULL,
    contact TEXT,
    safe_to_contact TEXT NOT NULL,
    source TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    ended_at BIGINT,
    ended_reason TEXT
);
CREATE INDEX child_relation_by_child ON child_relation(child_id);

CREATE TABLE child_involvement (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    child_id UUID NOT NULL REFERENCES child(id),
    agency_id UUID NOT NULL REFERENCES agency(id),
    user_id UUID REFERENCES user_account(id),
    role TEXT NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT
);
CREATE INDEX child_involvement_by_child ON child_involvement(child_id);
CREATE INDEX child_involvement_by_user ON child_involvement(user_id);

-- Named people of a restricted file, people who must never see a file, emergency openings.
CREATE TABLE child_access (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    child_id UUID NOT NULL REFERENCES child(id),
    user_id UUID NOT NULL REFERENCES user_account(id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    expires_at BIGINT,
    ended_at BIGINT,
    reviewed_at BIGINT,
    reviewed_by TEXT,
    review TEXT
);
CREATE INDEX child_access_by_child ON child_access(child_id, user_id);

CREATE TABLE child_reason (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    child_id UUID NOT NULL REFERENCES child(id),
    user_id UUID NOT NULL REFERENCES user_account(id),
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX child_reason_by_child ON child_reason(child_id, user_id);

-- A new file that may be for a child whose file its creator may not see: a steward settles it.
CREATE TABLE reconciliation (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    new_child_id UUID NOT NULL REFERENCES child(id),
    old_child_id UUID NOT NULL REFERENCES child(id),
    why TEXT NOT NULL,
    at BIGINT NOT NULL,
    settled_at BIGINT,
    settled_by TEXT,
    verdict TEXT,
    reason TEXT
);

-- Search: each distinct word of a name once, with the keys that find it, and the children who
-- bear it.
CREATE TABLE name_token (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token TEXT NOT NULL UNIQUE
);
CREATE TABLE name_key (
    key TEXT NOT NULL,
    token_id BIGINT NOT NULL REFERENCES name_token(id),
    PRIMARY KEY (key, token_id)
);
CREATE TABLE child_token (
    token_id BIGINT NOT NULL REFERENCES name_token(id),
    child_id UUID NOT NULL REFERENCES child(id),
    PRIMARY KEY (token_id, child_id)
);
CREATE TABLE child_number (
    number TEXT NOT NULL,
    child_id UUID NOT NULL REFERENCES child(id),
    PRIMARY KEY (number, child_id)
);

-- Keys of a concern's children, people and addresses, to show earlier contacts beside it.
CREATE TABLE concern_key (
    key TEXT NOT NULL,
    concern_id UUID NOT NULL REFERENCES concern(id),
    words TEXT NOT NULL,
    PRIMARY KEY (key, concern_id)
);
CREATE INDEX concern_key_by_concern ON concern_key(concern_id);

CREATE TABLE notice (
    id UUID NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES user_account(id),
    at BIGINT NOT NULL,
    words TEXT NOT NULL,
    link TEXT,
    read_at BIGINT
);
CREATE INDEX notice_by_user ON notice(user_id, read_at);

CREATE TABLE job (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    subject UUID,
    due_at BIGINT NOT NULL,
    leased_until BIGINT,
    attempts BIGINT NOT NULL DEFAULT 0,
    done_at BIGINT,
    failed_at BIGINT,
    error TEXT
);
CREATE INDEX job_waiting ON job(due_at) WHERE done_at IS NULL AND failed_at IS NULL;

-- Who did what. The row commits with the change, or before the first byte of what was read; the
-- sequencer then gives it a place in the signed log.
CREATE TABLE audit_entry (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at BIGINT NOT NULL,
    actor_id UUID,
    actor_name TEXT NOT NULL,
    agency_id UUID,
    action TEXT NOT NULL,
    resource_kind TEXT NOT NULL,
    resource_id UUID,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL,
    request_id UUID,
    leaf BIGINT
);
CREATE INDEX audit_entry_unsequenced ON audit_entry(id) WHERE leaf IS NULL;
CREATE UNIQUE INDEX audit_entry_by_leaf ON audit_entry(leaf);
CREATE INDEX audit_entry_by_resource ON audit_entry(resource_kind, resource_id, at);
CREATE INDEX audit_entry_by_actor ON audit_entry(actor_id, at);

CREATE TABLE ledger_hash (
    position BIGINT NOT NULL PRIMARY KEY,
    hash BYTEA NOT NULL
);
CREATE TABLE ledger_checkpoint (
    size BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    note TEXT NOT NULL
);

-- Words of concerns, for search. The simple configuration: names and nicknames are not stemmed.
CREATE TABLE concern_words (
    concern_id UUID NOT NULL,
    body TEXT NOT NULL,
    words TSVECTOR GENERATED ALWAYS AS (to_tsvector('simple', body)) STORED
);
CREATE INDEX concern_words_by_word ON concern_words USING GIN (words);
CREATE INDEX concern_words_by_concern ON concern_words(concern_id);
