-- corpus: tool=sql; history=queue; rows jobs_archive=5000000
-- expect: vacuum-full at "CLUSTER" #1
-- ---
\set ON_ERROR_STOP on
\echo 'this takes a while; get a coffee'
CREATE INDEX CONCURRENTLY jobs_archive_run_at_idx ON jobs_archive (run_at);
CLUSTER jobs_archive USING jobs_archive_run_at_idx;
ANALYZE jobs_archive;
