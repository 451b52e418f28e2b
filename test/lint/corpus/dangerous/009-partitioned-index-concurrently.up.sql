-- corpus: tool=golang-migrate; history=queue
-- expect: concurrently-unsupported at "CONCURRENTLY" #1
-- ---
CREATE INDEX CONCURRENTLY jobs_run_at_idx ON jobs (run_at);
