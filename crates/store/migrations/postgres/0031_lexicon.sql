-- The partnership's own changes to the lexicon: proposed by one person, settled by another, never
-- overwritten. `body` is the entry as JSON; a change that retires an entry has none.
CREATE TABLE lexicon_change (
    id UUID NOT NULL PRIMARY KEY,
    entry TEXT NOT NULL,
    body TEXT,
    reason TEXT NOT NULL,
    base_version TEXT NOT NULL,
    proposed_at BIGINT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposer UUID NOT NULL,
    settled_at BIGINT,
    settled_by TEXT,
    verdict TEXT,
    verdict_reason TEXT,
    release BIGINT UNIQUE
);
CREATE INDEX lexicon_change_by_time ON lexicon_change(proposed_at);

-- Invented or anonymised sentences on which a change is tried before it is published: one a line.
CREATE TABLE practice_text (
    id UUID NOT NULL PRIMARY KEY,
    added_at BIGINT NOT NULL,
    added_by TEXT NOT NULL,
    origin TEXT NOT NULL,
    body TEXT NOT NULL
);
