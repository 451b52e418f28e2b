-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=down
-- ---
SET LOCAL lock_timeout = '3s';
ALTER TABLE orders DROP COLUMN gift_message;
