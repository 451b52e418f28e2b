-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up
-- ---
SET LOCAL lock_timeout = '3s';
ALTER TABLE products ALTER COLUMN attributes SET DEFAULT '{"active": true}';
ALTER TABLE products ALTER COLUMN weight_g SET DEFAULT 0;
