-- corpus: tool=golang-migrate; history=shop; rows payments=100000
-- expect: rename-table at "RENAME TO transactions" #1
-- because: the new name is a part of the clause
-- ---
ALTER TABLE payments RENAME TO transactions;
