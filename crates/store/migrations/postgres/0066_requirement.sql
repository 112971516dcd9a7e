-- What the intelligence desk wants to know, which reports answer it, and when a report came to stand
-- where its sender is told it stands.
CREATE TABLE requirement (
    id UUID NOT NULL PRIMARY KEY,
    sealed BYTEA NOT NULL,
    audience TEXT NOT NULL,
    by_user UUID NOT NULL REFERENCES user_account(id),
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    closed_at BIGINT,
    closed_by TEXT
);

CREATE TABLE requirement_report (
    requirement_id UUID NOT NULL REFERENCES requirement(id),
    report_id UUID NOT NULL REFERENCES report(id),
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (requirement_id, report_id)
);
CREATE INDEX requirement_report_by_report ON requirement_report(report_id);

CREATE TABLE report_status_change (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    report_id UUID NOT NULL REFERENCES report(id),
    status TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX report_status_change_by_report ON report_status_change(report_id);

-- A report of a batch that was undone is gone, and whoever keeps reports in memory must hear of it.
ALTER TABLE report_change DROP CONSTRAINT report_change_report_id_fkey;
