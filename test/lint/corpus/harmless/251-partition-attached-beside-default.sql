-- corpus: tool=sql; postgres=16; history=queue; direction=up; rows jobs_archive=15000000 jobs_default=300000 jobs_2025_01=9000000
-- ---
SET lock_timeout = '2s';
CREATE UNIQUE INDEX CONCURRENTLY jobs_archive_pkey ON jobs_archive (id, run_at);
ALTER TABLE jobs_archive ADD CONSTRAINT jobs_archive_pkey PRIMARY KEY USING INDEX jobs_archive_pkey;
CREATE INDEX CONCURRENTLY jobs_archive_queue_state_idx ON jobs_archive (queue, state);

ALTER TABLE jobs_archive ADD CONSTRAINT jobs_archive_range
    CHECK (run_at >= '2024-01-01 00:00+00' AND run_at < '2025-01-01 00:00+00') NOT VALID;
ALTER TABLE jobs_archive VALIDATE CONSTRAINT jobs_archive_range;
ALTER TABLE jobs_default ADD CONSTRAINT jobs_default_not_2024
    CHECK (NOT (run_at >= '2024-01-01 00:00+00' AND run_at < '2025-01-01 00:00+00')) NOT VALID;
ALTER TABLE jobs_default VALIDATE CONSTRAINT jobs_default_not_2024;

ALTER TABLE jobs ATTACH PARTITION jobs_archive
    FOR VALUES FROM ('2024-01-01 00:00+00') TO ('2025-01-01 00:00+00');
