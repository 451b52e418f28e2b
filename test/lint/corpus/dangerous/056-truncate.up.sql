-- corpus: tool=golang-migrate; history=shop; rows payments=800000
-- expect: truncate at "payments" #1
-- because: each thing that is lost is marked by its name
-- ---
-- Test data crept in before launch
TRUNCATE TABLE payments RESTART IDENTITY;
