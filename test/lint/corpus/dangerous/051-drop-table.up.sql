-- corpus: tool=golang-migrate; history=shop; rows payments=700000
-- expect: drop-table at "TABLE" #1
-- ---
-- Payments live in their own service now.
DROP TABLE payments;
