-- Every version of every file of the guidance, as a release brought it or as the partnership wrote it.
-- A text is never changed; what became of it is (state, and who decided when with what reason).
CREATE TABLE guidance_version (
    id UUID NOT NULL PRIMARY KEY,
    path TEXT NOT NULL,
    number BIGINT NOT NULL,
    origin TEXT NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    hash BYTEA NOT NULL,
    in_force_from TEXT,
    written_by UUID REFERENCES user_account(id),
    written_by_name TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    note TEXT,
    sent_at BIGINT,
    decided_by_name TEXT,
    decided_at BIGINT,
    reason TEXT,
    published_at BIGINT,
    UNIQUE (path, number)
);
CREATE INDEX guidance_version_by_state ON guidance_version(state, published_at);

-- When a person last said that they have seen what changed.
CREATE TABLE guidance_look (
    user_id UUID NOT NULL PRIMARY KEY REFERENCES user_account(id),
    looked_at BIGINT NOT NULL
);

-- Who confirmed that they read which version of which policy, from which agency.
CREATE TABLE policy_receipt (
    user_id UUID NOT NULL REFERENCES user_account(id),
    version_id UUID NOT NULL REFERENCES guidance_version(id),
    agency_id UUID NOT NULL REFERENCES agency(id),
    read_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, version_id)
);
CREATE INDEX policy_receipt_by_version ON policy_receipt(version_id);

CREATE TABLE policy_reminder (
    version_id UUID NOT NULL REFERENCES guidance_version(id),
    agency_id UUID REFERENCES agency(id),
    at BIGINT NOT NULL,
    by_name TEXT NOT NULL,
    people BIGINT NOT NULL
);
CREATE INDEX policy_reminder_by_version ON policy_reminder(version_id);

-- Which version of which help stood beside a question when it was answered.
CREATE TABLE concern_help (
    concern_id UUID NOT NULL REFERENCES concern(id),
    question TEXT NOT NULL,
    version_id UUID NOT NULL REFERENCES guidance_version(id),
    heading TEXT NOT NULL,
    PRIMARY KEY (concern_id, question)
);
