-- Intelligence reports. What was told, every value in it and who told it are sealed; keys that join
-- reports are keyed hashes. The serial number orders reports and mentions for the links.
CREATE TABLE report (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id UUID NOT NULL UNIQUE,
    reference TEXT NOT NULL UNIQUE,
    send_key BYTEA NOT NULL UNIQUE,
    submitter BYTEA NOT NULL,
    agency_id UUID REFERENCES agency(id),
    concern_id UUID UNIQUE REFERENCES concern(id),
    received_at BIGINT NOT NULL,
    body BYTEA NOT NULL,
    status TEXT NOT NULL,
    priority TEXT NOT NULL,
    source_grade TEXT,
    intelligence_grade TEXT,
    handling TEXT,
    existence_told BIGINT NOT NULL DEFAULT 0,
    review_at BIGINT,
    retracted_at BIGINT,
    lexicon_version TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX report_by_submitter ON report(submitter, received_at);
CREATE INDEX report_by_status ON report(status, received_at);

-- Who sent it: sealed under its own key, apart from the report. Nothing else says it.
CREATE TABLE report_source (
    report_id UUID NOT NULL PRIMARY KEY REFERENCES report(id),
    sealed BYTEA NOT NULL
);

CREATE TABLE report_mention (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    report_id UUID NOT NULL REFERENCES report(id),
    kind TEXT NOT NULL,
    sealed BYTEA NOT NULL
);
CREATE INDEX report_mention_by_report ON report_mention(report_id);

CREATE TABLE report_key (
    key BYTEA NOT NULL,
    mention BIGINT NOT NULL REFERENCES report_mention(number),
    report_id UUID NOT NULL REFERENCES report(id),
    PRIMARY KEY (key, mention)
);
CREATE INDEX report_key_by_report ON report_key(report_id);

-- What the desk decided about a report, and what its sender was told: never overwritten.
CREATE TABLE report_entry (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    report_id UUID NOT NULL REFERENCES report(id),
    kind TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX report_entry_by_report ON report_entry(report_id, at);

-- Same, not the same, not sure: dated, reasoned, undone but never erased.
CREATE TABLE mention_link (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    one BIGINT NOT NULL REFERENCES report_mention(number),
    other BIGINT NOT NULL REFERENCES report_mention(number),
    verdict TEXT NOT NULL,
    grade TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    undone_at BIGINT,
    undone_by TEXT
);
CREATE INDEX mention_link_by_one ON mention_link(one);
CREATE INDEX mention_link_by_other ON mention_link(other);

CREATE TABLE report_child (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    report_id UUID NOT NULL REFERENCES report(id),
    child_id UUID NOT NULL REFERENCES child(id),
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX report_child_by_report ON report_child(report_id);
CREATE INDEX report_child_by_child ON report_child(child_id);

-- What others may read instead of the report: a record of its own.
CREATE TABLE report_sanitised (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    report_id UUID NOT NULL REFERENCES report(id),
    sealed BYTEA NOT NULL,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX report_sanitised_by_report ON report_sanitised(report_id);

CREATE TABLE report_share (
    id UUID NOT NULL PRIMARY KEY,
    report_id UUID NOT NULL REFERENCES report(id),
    sanitised BIGINT NOT NULL REFERENCES report_sanitised(id),
    user_id UUID NOT NULL REFERENCES user_account(id),
    sealed BYTEA NOT NULL,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    acknowledged_at BIGINT
);
CREATE INDEX report_share_by_report ON report_share(report_id);
CREATE INDEX report_share_by_user ON report_share(user_id, at);

-- Knowing a source takes two people, a reason, and a notice.
CREATE TABLE source_request (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    report_id UUID NOT NULL REFERENCES report(id),
    asked_by UUID NOT NULL REFERENCES user_account(id),
    asked_name TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    answered_by UUID REFERENCES user_account(id),
    answered_name TEXT,
    answered_at BIGINT,
    granted_until BIGINT
);
CREATE INDEX source_request_by_report ON source_request(report_id);
