-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=down; rows payments=12000000
-- ---
SET LOCAL lock_timeout = '2s';
DROP TRIGGER IF EXISTS payments_stamp ON payments;
DROP FUNCTION IF EXISTS payments_stamp();
