-- What the intelligence desk wants to know, which reports answer it, and when a report came to stand
-- where its sender is told it stands.
CREATE TABLE requirement (
    id BLOB NOT NULL PRIMARY KEY,
    sealed BLOB NOT NULL,
    audience TEXT NOT NULL,
    by_user BLOB NOT NULL REFERENCES user_account(id),
    by_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    closed_at INTEGER,
    closed_by TEXT
) STRICT;

CREATE TABLE requirement_report (
    requirement_id BLOB NOT NULL REFERENCES requirement(id),
    report_id BLOB NOT NULL REFERENCES report(id),
    by_name TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (requirement_id, report_id)
) STRICT;
CREATE INDEX requirement_report_by_report ON requirement_report(report_id);

CREATE TABLE report_status_change (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    report_id BLOB NOT NULL REFERENCES report(id),
    status TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX report_status_change_by_report ON report_status_change(report_id);

-- A report of a batch that was undone is gone, and whoever keeps reports in memory must hear of it.
CREATE TABLE report_change_kept (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    report_id BLOB NOT NULL
) STRICT;
INSERT INTO report_change_kept (seq, report_id) SELECT seq, report_id FROM report_change ORDER BY seq;
DROP TABLE report_change;
ALTER TABLE report_change_kept RENAME TO report_change;
