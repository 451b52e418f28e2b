-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows payments=12000000
-- ---
SET LOCAL lock_timeout = '2s';
ALTER TABLE payments ALTER COLUMN provider TYPE varchar;
