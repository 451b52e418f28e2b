-- corpus: tool=golang-migrate; history=shop
-- expect: truncate at "TRUNCATE" #1
-- ---
TRUNCATE orders CASCADE;
