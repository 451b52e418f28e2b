-- corpus: tool=flyway; history=queue; postgres=17; rows jobs_archive=6000000
-- expect: set-logged at "SET UNLOGGED" #1
-- expect: index-not-concurrent at "INDEX" #1
-- expect: work-after-strong-lock at "CREATE INDEX" #1
-- because: the command is what belongs into another file
-- expect: set-logged at "SET LOGGED" #1
-- ---
ALTER TABLE jobs_archive SET UNLOGGED;
CREATE INDEX jobs_archive_queue_idx ON jobs_archive (queue);
ALTER TABLE jobs_archive SET LOGGED;
