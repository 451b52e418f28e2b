-- corpus: tool=golang-migrate; postgres=16; history=shop; direction=up; rows payments=12000000
-- ---
SET LOCAL lock_timeout = '2s';
ALTER TABLE payments ALTER COLUMN amount TYPE numeric(16, 2);
