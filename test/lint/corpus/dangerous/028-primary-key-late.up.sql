-- corpus: tool=golang-migrate; history=queue; rows jobs_archive=30000000
-- expect: primary-key-builds-index at "ADD CONSTRAINT jobs_archive_pkey PRIMARY KEY (id, run_at)" #1
-- because: what has to be written another way is the whole clause
-- ---
ALTER TABLE jobs_archive ADD CONSTRAINT jobs_archive_pkey PRIMARY KEY (id, run_at);
