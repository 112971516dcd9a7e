-- Settings of the partnership: one row a key, history in setting_history.
CREATE TABLE setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by TEXT NOT NULL
) STRICT;

CREATE TABLE setting_history (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by TEXT NOT NULL
) STRICT;

CREATE TABLE agency (
    id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    suspended_at INTEGER
) STRICT;

CREATE TABLE user_account (
    id BLOB NOT NULL PRIMARY KEY,
    agency_id BLOB NOT NULL REFERENCES agency(id),
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE,
    job_title TEXT NOT NULL,
    standing TEXT NOT NULL,
    password_hash TEXT,
    totp_secret BLOB,
    totp_last_step INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    left_at INTEGER
) STRICT;
CREATE INDEX user_account_by_agency ON user_account(agency_id);

CREATE TABLE user_role (
    user_id BLOB NOT NULL REFERENCES user_account(id),
    role TEXT NOT NULL,
    granted_at INTEGER NOT NULL,
    granted_by TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    PRIMARY KEY (user_id, role, granted_at)
) STRICT;

-- One-use links: to choose a password, or to set up the partnership.
CREATE TABLE invitation (
    token_hash BLOB NOT NULL PRIMARY KEY,
    user_id BLOB REFERENCES user_account(id),
    purpose TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;

CREATE TABLE session (
    token_hash BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES user_account(id),
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE INDEX session_by_user ON session(user_id);

-- Failed sign-ins, by a keyed hash of the address typed, so that a list of them names nobody.
CREATE TABLE sign_in_failure (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_hash BLOB NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_failure_by_account ON sign_in_failure(account_hash, at);

-- Drafts are sealed as a whole: nobody but the holder of the code reads them.
CREATE TABLE draft (
    id BLOB NOT NULL PRIMARY KEY,
    code_hash BLOB NOT NULL UNIQUE,
    user_id BLOB REFERENCES user_account(id),
    body BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    sent_as BLOB
) STRICT;
CREATE INDEX draft_by_expiry ON draft(expires_at);
CREATE INDEX draft_by_user ON draft(user_id);

CREATE TABLE concern (
    id BLOB NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    send_key BLOB NOT NULL UNIQUE,
    follow_hash BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    channel TEXT NOT NULL,
    submitted_by BLOB REFERENCES user_account(id),
    agency_id BLOB REFERENCES agency(id),
    entered_by BLOB REFERENCES user_account(id),
    status TEXT NOT NULL,
    urgency TEXT,
    danger_now INTEGER NOT NULL,
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
    restricted INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX concern_by_status ON concern(status, received_at);
CREATE INDEX concern_by_sender ON concern(submitted_by);
CREATE INDEX concern_by_agency ON concern(agency_id);

-- Who sent it: sealed under its own key, apart from the concern.
CREATE TABLE concern_source (
    concern_id BLOB NOT NULL PRIMARY KEY REFERENCES concern(id),
    sealed BLOB NOT NULL
) STRICT;

CREATE TABLE child (
    id BLOB NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    restricted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE concern_child (
    id BLOB NOT NULL PRIMARY KEY,
    concern_id BLOB NOT NULL REFERENCES concern(id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    known_as TEXT,
    born TEXT,
    age TEXT,
    school TEXT,
    address TEXT,
    nhs_number TEXT,
    child_id BLOB REFERENCES child(id)
) STRICT;
CREATE INDEX concern_child_by_concern ON concern_child(concern_id);
CREATE INDEX concern_child_by_child ON concern_child(child_id);

-- Joining a child of a concern to a file, and parting them again: never overwritten.
CREATE TABLE concern_child_link (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    concern_child_id BLOB NOT NULL REFERENCES concern_child(id),
    child_id BLOB REFERENCES child(id),
    reason TEXT NOT NULL,
    by_user BLOB NOT NULL,
    by_name TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE concern_entry (
    id BLOB NOT NULL PRIMARY KEY,
    concern_id BLOB NOT NULL REFERENCES concern(id),
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    by_user BLOB,
    by_name TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX concern_entry_by_concern ON concern_entry(concern_id, at);

CREATE TABLE concern_urgency (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    concern_id BLOB NOT NULL REFERENCES concern(id),
    urgency TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX concern_urgency_by_concern ON concern_urgency(concern_id);

CREATE TABLE concern_route (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    concern_id BLOB NOT NULL REFERENCES concern(id),
    route TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX concern_route_by_concern ON concern_route(concern_id);

CREATE TABLE concern_sharing (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    concern_id BLOB NOT NULL REFERENCES concern(id),
    basis TEXT NOT NULL,
    agreement TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX concern_sharing_by_concern ON concern_sharing(concern_id);

CREATE TABLE decision (
    id BLOB NOT NULL PRIMARY KEY,
    concern_id BLOB NOT NULL REFERENCES concern(id),
    concern_child_id BLOB NOT NULL REFERENCES concern_child(id),
    outcome TEXT NOT NULL,
    need_level TEXT NOT NULL,
    reason TEXT NOT NULL,
    told TEXT NOT NULL,
    codes_version TEXT NOT NULL,
    by_user BLOB NOT NULL,
    by_name TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX decision_by_concern ON decision(concern_id, at);

CREATE TABLE partner_check (
    id BLOB NOT NULL PRIMARY KEY,
    concern_id BLOB NOT NULL REFERENCES concern(id),
    concern_child_id BLOB NOT NULL REFERENCES concern_child(id),
    agency_id BLOB NOT NULL REFERENCES agency(id),
    question TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    answer TEXT,
    held TEXT,
    reason TEXT,
    answered_by TEXT,
    answered_at INTEGER,
    escalated_at INTEGER
) STRICT;
CREATE INDEX partner_check_by_concern ON partner_check(concern_id);
CREATE INDEX partner_check_by_agency ON partner_check(agency_id, answered_at);

CREATE TABLE challenge (
    id BLOB NOT NULL PRIMARY KEY,
    concern_id BLOB NOT NULL REFERENCES concern(id),
    at INTEGER NOT NULL,
    by_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    answered_by TEXT,
    answered_at INTEGER,
    answer TEXT,
    changed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX challenge_by_concern ON challenge(concern_id);

CREATE TABLE clock (
    id BLOB NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    concern_id BLOB REFERENCES concern(id),
    child_id BLOB REFERENCES child(id),
    started_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    explained TEXT NOT NULL,
    met_at INTEGER,
    met_by TEXT,
    stopped_at INTEGER,
    stopped_by TEXT,
    stop_reason TEXT
) STRICT;
CREATE INDEX clock_by_concern ON clock(concern_id);
CREATE INDEX clock_running ON clock(due_at) WHERE met_at IS NULL AND stopped_at IS NULL;

CREATE TABLE child_fact (
    id BLOB NOT NULL PRIMARY KEY,
    child_id BLOB NOT NULL REFERENCES child(id),
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    source TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    corrects BLOB,
    reason TEXT
) STRICT;
CREATE INDEX child_fact_by_child ON child_fact(child_id, recorded_at);

CREATE TABLE child_event (
    id BLOB NOT NULL PRIMARY KEY,
    child_id BLOB NOT NULL REFERENCES child(id),
    happened_on TEXT,
    sort_at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    fact TEXT NOT NULL,
    opinion TEXT,
    source TEXT NOT NULL,
    concern_id BLOB REFERENCES concern(id),
    audience TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    corrects BLOB,
    reason TEXT
) STRICT;
CREATE INDEX child_event_by_child ON child_event(child_id, sort_at);

CREATE TABLE child_relation (
    id BLOB NOT NULL PRIMARY KEY,
    child_id BLOB NOT NULL REFERENCES child(id),
    name TEXT NOT NULL,
    relationship TEXT NOT NULL,
    parental_responsibility TEXT NOT NULL,
    contact TEXT,
    safe_to_contact TEXT NOT NULL,
    source TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT NOT NULL,
    ended_at INTEGER,
    ended_reason TEXT
) STRICT;
CREATE INDEX child_relation_by_child ON child_relation(child_id);

CREATE TABLE child_involvement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    child_id BLOB NOT NULL REFERENCES child(id),
    agency_id BLOB NOT NULL REFERENCES agency(id),
    user_id BLOB REFERENCES user_account(id),
    role TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER
) STRICT;
CREATE INDEX child_involvement_by_child ON child_involvement(child_id);
CREATE INDEX child_involvement_by_user ON child_involvement(user_id);

-- Named people of a restricted file, people who must never see a file, emergency openings.
CREATE TABLE child_access (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    child_id BLOB NOT NULL REFERENCES child(id),
    user_id BLOB NOT NULL REFERENCES user_account(id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    expires_at INTEGER,
    ended_at INTEGER,
    reviewed_at INTEGER,
    reviewed_by TEXT,
    review TEXT
) STRICT;
CREATE INDEX child_access_by_child ON child_access(child_id, user_id);

CREATE TABLE child_reason (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    child_id BLOB NOT NULL REFERENCES child(id),
    user_id BLOB NOT NULL REFERENCES user_account(id),
    reason TEXT NOT NULL,
    at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX child_reason_by_child ON child_reason(child_id, user_id);

-- A new file that may be for a child whose file its creator may not see: a steward settles it.
CREATE TABLE reconciliation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    new_child_id BLOB NOT NULL REFERENCES child(id),
    old_child_id BLOB NOT NULL REFERENCES child(id),
    why TEXT NOT NULL,
    at INTEGER NOT NULL,
    settled_at INTEGER,
    settled_by TEXT,
    verdict TEXT,
    reason TEXT
) STRICT;

-- Search: each distinct word of a name once, with the keys that find it, and the children who
-- bear it.
CREATE TABLE name_token (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    token TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE name_key (
    key TEXT NOT NULL,
    token_id INTEGER NOT NULL REFERENCES name_token(id),
    PRIMARY KEY (key, token_id)
) STRICT;
CREATE TABLE child_token (
    token_id INTEGER NOT NULL REFERENCES name_token(id),
    child_id BLOB NOT NULL REFERENCES child(id),
    PRIMARY KEY (token_id, child_id)
) STRICT;
CREATE TABLE child_number (
    number TEXT NOT NULL,
    child_id BLOB NOT NULL REFERENCES child(id),
    PRIMARY KEY (number, child_id)
) STRICT;

-- Keys of a concern's children, people and addresses, to show earlier contacts beside it.
CREATE TABLE concern_key (
    key TEXT NOT NULL,
    concern_id BLOB NOT NULL REFERENCES concern(id),
    words TEXT NOT NULL,
    PRIMARY KEY (key, concern_id)
) STRICT;
CREATE INDEX concern_key_by_concern ON concern_key(concern_id);

CREATE TABLE notice (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES user_account(id),
    at INTEGER NOT NULL,
    words TEXT NOT NULL,
    link TEXT,
    read_at INTEGER
) STRICT;
CREATE INDEX notice_by_user ON notice(user_id, read_at);

CREATE TABLE job (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    subject BLOB,
    due_at INTEGER NOT NULL,
    leased_until INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    done_at INTEGER,
    failed_at INTEGER,
    error TEXT
) STRICT;
CREATE INDEX job_waiting ON job(due_at) WHERE done_at IS NULL AND failed_at IS NULL;

-- Who did what. The row commits with the change, or before the first byte of what was read; the
-- sequencer then gives it a place in the signed log.
CREATE TABLE audit_entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor_id BLOB,
    actor_name TEXT NOT NULL,
    agency_id BLOB,
    action TEXT NOT NULL,
    resource_kind TEXT NOT NULL,
    resource_id BLOB,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL,
    request_id BLOB,
    leaf INTEGER
) STRICT;
CREATE INDEX audit_entry_unsequenced ON audit_entry(id) WHERE leaf IS NULL;
CREATE UNIQUE INDEX audit_entry_by_leaf ON audit_entry(leaf);
CREATE INDEX audit_entry_by_resource ON audit_entry(resource_kind, resource_id, at);
CREATE INDEX audit_entry_by_actor ON audit_entry(actor_id, at);

CREATE TABLE ledger_hash (
    position INTEGER NOT NULL PRIMARY KEY,
    hash BLOB NOT NULL
) STRICT;
CREATE TABLE ledger_checkpoint (
    size INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT;

-- Words of concerns, for search.
CREATE VIRTUAL TABLE concern_words USING fts5(
    concern_id UNINDEXED, body, tokenize = 'unicode61 remove_diacritics 2'
);
