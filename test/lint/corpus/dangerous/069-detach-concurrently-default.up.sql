-- corpus: tool=golang-migrate; history=queue
-- expect: concurrently-unsupported at "CONCURRENTLY" #1
-- ---
-- 'jobs' has a default partition
ALTER TABLE jobs DETACH PARTITION jobs_2025_01 CONCURRENTLY;
