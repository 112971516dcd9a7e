-- Intelligence reports. What was told, every value in it and who told it are sealed; keys that join
-- reports are keyed hashes. The serial number orders reports and mentions for the links.
CREATE TABLE report (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE,
    reference TEXT NOT NULL UNIQUE,
    send_key BLOB NOT NULL UNIQUE,
    submitter BLOB NOT NULL,
    agency_id BLOB REFERENCES agency(id),
    concern_id BLOB UNIQUE REFERENCES concern(id),
    received_at INTEGER NOT NULL,
    body BLOB NOT NULL,
    status TEXT NOT NULL,
    priority TEXT NOT NULL,
    source_grade TEXT,
    intelligence_grade TEXT,
    handling TEXT,
    existence_told INTEGER NOT NULL DEFAULT 0,
    review_at INTEGER,
    retracted_at INTEGER,
    lexicon_version TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX report_by_submitter ON report(submitter, received_at);
CREATE INDEX report_by_status ON report(status, received_at);

-- Who sent it: sealed under its own key, apart from the report. Nothing else says it.
CREATE TABLE report_source (
    report_id BLOB NOT NULL PRIMARY KEY REFERENCES report(id),
    sealed BLOB NOT NULL
) STRICT;

CREATE TABLE report_mention (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    report_id BLOB NOT NULL REFERENCES report(id),
    kind TEXT NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX report_mention_by_report ON report_mention(report_id);

CREATE TABLE report_key (
    key BLOB NOT NULL,
    mention INTEGER NOT NULL REFERENCES report_mention(number),
    report_id BLOB NOT NULL REFERENCES report(id),
    PRIMARY KEY (key, mention)
) STRICT;
CREATE INDEX report_key_by_report ON report_key(report_id);

-- What the desk decided about a report, and what its sender was told: never overwritten.
CREATE TABLE report_entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    report_id BLOB NOT NULL REFERENCES report(id),
    kind TEXT NOT NULL,
    sealed BLOB NOT NULL,
    by_name TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX report_entry_by_report ON report_entry(report_id, at);

-- Same, not the same, not sure: dated, reasoned, undone but never erased.
CREATE TABLE mention_link (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    one INTEGER NOT NULL REFERENCES report_mention(number),
    other INTEGER NOT NULL REFERENCES report_mention(number),
    verdict TEXT NOT NULL,
    grade TEXT NOT NULL,
    sealed BLOB NOT NULL,
    by_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    undone_at INTEGER,
    undone_by TEXT
) STRICT;
CREATE INDEX mention_link_by_one ON mention_link(one);
CREATE INDEX mention_link_by_other ON mention_link(other);

CREATE TABLE report_child (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    report_id BLOB NOT NULL REFERENCES report(id),
    child_id BLOB NOT NULL REFERENCES child(id),
    by_name TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX report_child_by_report ON report_child(report_id);
CREATE INDEX report_child_by_child ON report_child(child_id);

-- What others may read instead of the report: a record of its own.
CREATE TABLE report_sanitised (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    report_id BLOB NOT NULL REFERENCES report(id),
    sealed BLOB NOT NULL,
    by_name TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX report_sanitised_by_report ON report_sanitised(report_id);

CREATE TABLE report_share (
    id BLOB NOT NULL PRIMARY KEY,
    report_id BLOB NOT NULL REFERENCES report(id),
    sanitised INTEGER NOT NULL REFERENCES report_sanitised(id),
    user_id BLOB NOT NULL REFERENCES user_account(id),
    sealed BLOB NOT NULL,
    by_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    acknowledged_at INTEGER
) STRICT;
CREATE INDEX report_share_by_report ON report_share(report_id);
CREATE INDEX report_share_by_user ON report_share(user_id, at);

-- Knowing a source takes two people, a reason, and a notice.
CREATE TABLE source_request (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    report_id BLOB NOT NULL REFERENCES report(id),
    asked_by BLOB NOT NULL REFERENCES user_account(id),
    asked_name TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    answered_by BLOB REFERENCES user_account(id),
    answered_name TEXT,
    answered_at INTEGER,
    granted_until INTEGER
) STRICT;
CREATE INDEX source_request_by_report ON source_request(report_id);
