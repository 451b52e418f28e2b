-- corpus: tool=golang-migrate; postgres=15; history=queue; direction=up; rows jobs_archive=0
-- ---
ALTER TABLE jobs_archive ADD PRIMARY KEY (id, run_at);
CREATE INDEX jobs_archive_queue_idx ON jobs_archive (queue);
ALTER TABLE jobs_archive ALTER COLUMN payload TYPE text;
ALTER TABLE jobs_archive ADD CONSTRAINT jobs_archive_state_check CHECK (state <> '');
TRUNCATE jobs_archive;
