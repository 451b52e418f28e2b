-- corpus: tool=dbmate; history=queue
-- expect: set-logged at "SET UNLOGGED" #1
-- expect: set-logged at "SET LOGGED" #1
-- ---
-- migrate:up transaction:false
ALTER TABLE jobs_archive SET UNLOGGED;

-- migrate:down transaction:false
ALTER TABLE jobs_archive SET LOGGED;
