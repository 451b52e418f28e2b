-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=down; rows orders=8000000
-- ---
SET LOCAL lock_timeout = '2s';
ALTER TABLE orders DROP COLUMN paid_by, DROP COLUMN paid_at;
