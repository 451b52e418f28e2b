-- corpus: tool=golang-migrate; history=shop
-- expect: set-tablespace at "SET TABLESPACE archive" #1
-- ---
ALTER TABLE ALL IN TABLESPACE pg_default SET TABLESPACE archive;
