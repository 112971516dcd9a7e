-- Who wants to be told by e-mail of new guidance on a topic. The address is sealed; its keyed hash finds
-- it again.
CREATE TABLE subscription (
    id BLOB NOT NULL PRIMARY KEY,
    address_hash BLOB NOT NULL,
    address BLOB NOT NULL,
    topic TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    ended_at INTEGER
) STRICT;
CREATE INDEX subscription_by_topic ON subscription(topic) WHERE confirmed_at IS NOT NULL AND ended_at IS NULL;
CREATE INDEX subscription_by_address ON subscription(address_hash);

-- Letters. Address and words are sealed until they are sent, then gone.
CREATE TABLE mail (
    id BLOB NOT NULL PRIMARY KEY,
    sealed BLOB,
    purpose TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    sent_at INTEGER
) STRICT;
