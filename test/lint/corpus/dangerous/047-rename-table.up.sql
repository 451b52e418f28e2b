-- corpus: tool=golang-migrate; history=shop; rows payments=100000
-- expect: rename-table at "RENAME TO" #1
-- ---
ALTER TABLE payments RENAME TO transactions;
