-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'metrics_reader') THEN
        CREATE ROLE metrics_reader NOLOGIN;
    END IF;
END
$$;
GRANT pg_monitor TO metrics_reader;
