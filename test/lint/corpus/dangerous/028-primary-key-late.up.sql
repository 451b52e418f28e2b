-- corpus: tool=golang-migrate; history=queue; rows jobs_archive=30000000
-- expect: primary-key-builds-index at "PRIMARY KEY" #1
-- ---
ALTER TABLE jobs_archive ADD CONSTRAINT jobs_archive_pkey PRIMARY KEY (id, run_at);
