-- corpus: tool=golang-migrate; history=shop; rows payments=700000
-- expect: drop-table at "payments" #1
-- because: each thing that is lost is marked by its name
-- ---
-- Payments live in their own service now.
DROP TABLE payments;
