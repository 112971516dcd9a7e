-- Which reports changed, in order: whoever keeps something made of reports in memory reads on from
-- where it was. It says no more than that something changed.
CREATE TABLE report_change (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    report_id UUID NOT NULL REFERENCES report(id)
);
INSERT INTO report_change (report_id) SELECT id FROM report ORDER BY number;
CREATE INDEX child_excluded ON child_access(child_id) WHERE kind = 'excluded' AND ended_at IS NULL;
