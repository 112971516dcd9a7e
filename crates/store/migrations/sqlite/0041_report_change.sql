-- Which reports changed, in order: whoever keeps something made of reports in memory reads on from
-- where it was. It says no more than that something changed.
CREATE TABLE report_change (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    report_id BLOB NOT NULL REFERENCES report(id)
) STRICT;
INSERT INTO report_change (report_id) SELECT id FROM report ORDER BY number;
CREATE INDEX child_excluded ON child_access(child_id) WHERE kind = 'excluded' AND ended_at IS NULL;
