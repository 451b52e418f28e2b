-- corpus: tool=dbmate; history=queue
-- expect: concurrently-in-transaction at "VACUUM" #1
-- ---
-- migrate:up
VACUUM jobs_archive;

-- migrate:down
