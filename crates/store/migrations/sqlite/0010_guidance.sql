-- Every version of every file of the guidance, as a release brought it or as the partnership wrote it.
-- A text is never changed; what became of it is (state, and who decided when with what reason).
CREATE TABLE guidance_version (
    id BLOB NOT NULL PRIMARY KEY,
    path TEXT NOT NULL,
    number INTEGER NOT NULL,
    origin TEXT NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    hash BLOB NOT NULL,
    in_force_from TEXT,
    written_by BLOB REFERENCES user_account(id),
    written_by_name TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    note TEXT,
    sent_at INTEGER,
    decided_by_name TEXT,
    decided_at INTEGER,
    reason TEXT,
    published_at INTEGER,
    UNIQUE (path, number)
) STRICT;
CREATE INDEX guidance_version_by_state ON guidance_version(state, published_at);

-- When a person last said that they have seen what changed.
CREATE TABLE guidance_look (
    user_id BLOB NOT NULL PRIMARY KEY REFERENCES user_account(id),
    looked_at INTEGER NOT NULL
) STRICT;

-- Who confirmed that they read which version of which policy, from which agency.
CREATE TABLE policy_receipt (
    user_id BLOB NOT NULL REFERENCES user_account(id),
    version_id BLOB NOT NULL REFERENCES guidance_version(id),
    agency_id BLOB NOT NULL REFERENCES agency(id),
    read_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, version_id)
) STRICT;
CREATE INDEX policy_receipt_by_version ON policy_receipt(version_id);

CREATE TABLE policy_reminder (
    version_id BLOB NOT NULL REFERENCES guidance_version(id),
    agency_id BLOB REFERENCES agency(id),
    at INTEGER NOT NULL,
    by_name TEXT NOT NULL,
    people INTEGER NOT NULL
) STRICT;
CREATE INDEX policy_reminder_by_version ON policy_reminder(version_id);

-- Which version of which help stood beside a question when it was answered.
CREATE TABLE concern_help (
    concern_id BLOB NOT NULL REFERENCES concern(id),
    question TEXT NOT NULL,
    version_id BLOB NOT NULL REFERENCES guidance_version(id),
    heading TEXT NOT NULL,
    PRIMARY KEY (concern_id, question)
) STRICT;
