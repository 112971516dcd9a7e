-- Who wants to be told by e-mail of new guidance on a topic. The address is sealed; its keyed hash finds
-- it again.
CREATE TABLE subscription (
    id UUID NOT NULL PRIMARY KEY,
    address_hash BYTEA NOT NULL,
    address BYTEA NOT NULL,
    topic TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    ended_at BIGINT
);
CREATE INDEX subscription_by_topic ON subscription(topic) WHERE confirmed_at IS NOT NULL AND ended_at IS NULL;
CREATE INDEX subscription_by_address ON subscription(address_hash);

-- Letters. Address and words are sealed until they are sent, then gone.
CREATE TABLE mail (
    id UUID NOT NULL PRIMARY KEY,
    sealed BYTEA,
    purpose TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    sent_at BIGINT
);
