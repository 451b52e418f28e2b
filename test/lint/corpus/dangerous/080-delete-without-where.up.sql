-- corpus: tool=golang-migrate; history=legacy
-- expect: unbatched-change at "DELETE" #1
-- ---
DELETE FROM tbl_log;
