-- What people watch, searches they keep, and the rule they want to be told about. What it is called
-- and what it matched so far are sealed.
CREATE TABLE watch (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES user_account(id),
    kind TEXT NOT NULL,
    sealed BLOB NOT NULL,
    cadence TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    looked TEXT NOT NULL,
    waiting INTEGER NOT NULL DEFAULT 0,
    told_at INTEGER,
    ended_at INTEGER
) STRICT;
CREATE INDEX watch_by_user ON watch(user_id, made_at);

-- A network that may meet the definition of group-based exploitation: put to a named person, who
-- decides once, with a reason.
CREATE TABLE candidate (
    id BLOB NOT NULL PRIMARY KEY,
    sealed BLOB NOT NULL,
    put_to BLOB NOT NULL REFERENCES user_account(id),
    put_to_name TEXT NOT NULL,
    put_by TEXT NOT NULL,
    put_at INTEGER NOT NULL,
    definition TEXT NOT NULL,
    verdict TEXT,
    reason BLOB,
    decided_by TEXT,
    decided_at INTEGER
) STRICT;
CREATE INDEX candidate_by_put_at ON candidate(put_at);

-- What a meeting sees: made for those named, erased when its time has run out.
CREATE TABLE snapshot (
    id BLOB NOT NULL PRIMARY KEY,
    sealed BLOB,
    made_by BLOB NOT NULL REFERENCES user_account(id),
    made_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX snapshot_by_expires_at ON snapshot(expires_at);

CREATE TABLE snapshot_attendee (
    snapshot_id BLOB NOT NULL REFERENCES snapshot(id),
    user_id BLOB NOT NULL REFERENCES user_account(id),
    PRIMARY KEY (snapshot_id, user_id)
) STRICT;
