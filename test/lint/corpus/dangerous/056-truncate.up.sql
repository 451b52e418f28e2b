-- corpus: tool=golang-migrate; history=shop; rows payments=800000
-- expect: truncate at "TRUNCATE" #1
-- ---
-- Test data crept in before launch
TRUNCATE TABLE payments RESTART IDENTITY;
