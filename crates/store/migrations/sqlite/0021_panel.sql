-- What was decided about a child who was put forward for the panel. Putting forward is the route
-- `panel` of the concern; a later decision stands beside the earlier one.
CREATE TABLE panel_decision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    concern_child_id BLOB NOT NULL REFERENCES concern_child(id),
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_user BLOB NOT NULL REFERENCES user_account(id),
    by_name TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX panel_decision_by_child ON panel_decision(concern_child_id);
