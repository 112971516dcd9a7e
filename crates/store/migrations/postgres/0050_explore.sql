-- What people watch, searches they keep, and the rule they want to be told about. What it is called
-- and what it matched so far are sealed.
CREATE TABLE watch (
    id UUID NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES user_account(id),
    kind TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    cadence TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    looked TEXT NOT NULL,
    waiting BIGINT NOT NULL DEFAULT 0,
    told_at BIGINT,
    ended_at BIGINT
);
CREATE INDEX watch_by_user ON watch(user_id, made_at);

-- A network that may meet the definition of group-based exploitation: put to a named person, who
-- decides once, with a reason.
CREATE TABLE candidate (
    id UUID NOT NULL PRIMARY KEY,
    sealed BYTEA NOT NULL,
    put_to UUID NOT NULL REFERENCES user_account(id),
    put_to_name TEXT NOT NULL,
    put_by TEXT NOT NULL,
    put_at BIGINT NOT NULL,
    definition TEXT NOT NULL,
    verdict TEXT,
    reason BYTEA,
    decided_by TEXT,
    decided_at BIGINT
);
CREATE INDEX candidate_by_put_at ON candidate(put_at);

-- What a meeting sees: made for those named, erased when its time has run out.
CREATE TABLE snapshot (
    id UUID NOT NULL PRIMARY KEY,
    sealed BYTEA,
    made_by UUID NOT NULL REFERENCES user_account(id),
    made_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX snapshot_by_expires_at ON snapshot(expires_at);

CREATE TABLE snapshot_attendee (
    snapshot_id UUID NOT NULL REFERENCES snapshot(id),
    user_id UUID NOT NULL REFERENCES user_account(id),
    PRIMARY KEY (snapshot_id, user_id)
);
