-- corpus: tool=golang-migrate; history=legacy
-- expect: unbatched-change at "DELETE FROM tbl_log" #1
-- because: with its table it says which rows
-- ---
DELETE FROM tbl_log;
