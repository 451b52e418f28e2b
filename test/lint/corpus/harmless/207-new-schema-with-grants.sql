-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE SCHEMA IF NOT EXISTS reporting;

CREATE TABLE reporting.exports (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    requested_by text NOT NULL,
    finished_at timestamptz
);

GRANT USAGE ON SCHEMA reporting TO report_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA reporting TO report_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA reporting GRANT SELECT ON TABLES TO report_reader;
