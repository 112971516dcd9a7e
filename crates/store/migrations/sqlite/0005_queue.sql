-- One row for each concern that waits for the hub, so that the most urgent are found through an
-- index. `due_at` holds the largest number where no clock runs.
CREATE TABLE concern_queue (
    concern_id BLOB NOT NULL PRIMARY KEY REFERENCES concern(id),
    urgency TEXT NOT NULL,
    turn INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX concern_queue_by_turn ON concern_queue(turn, due_at, received_at);
CREATE INDEX concern_queue_by_urgency ON concern_queue(urgency, turn, due_at, received_at);
CREATE INDEX concern_restricted ON concern(id) WHERE restricted = 1;
CREATE INDEX child_restricted ON child(id) WHERE restricted = 1;
CREATE INDEX child_access_by_user ON child_access(user_id, kind);
INSERT INTO concern_queue (concern_id, urgency, turn, due_at, received_at)
SELECT c.id, COALESCE(c.urgency, 'none'),
    CASE WHEN c.urgency = 'red' OR (c.urgency IS NULL AND c.danger_now = 1) THEN 0
        WHEN c.urgency = 'green' THEN 2 WHEN c.urgency = 'blue' THEN 3 ELSE 1 END,
    COALESCE((SELECT MIN(k.due_at) FROM clock k WHERE k.concern_id = c.id AND k.met_at IS NULL
        AND k.stopped_at IS NULL), 9223372036854775807),
    c.received_at
FROM concern c
WHERE c.status IN ('received', 'being_assessed', 'more_wanted')
    OR EXISTS (SELECT 1 FROM challenge h WHERE h.concern_id = c.id AND h.answered_at IS NULL);
