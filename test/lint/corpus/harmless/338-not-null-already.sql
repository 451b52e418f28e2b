-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows orders=8000000
-- ---
SET LOCAL lock_timeout = '2s';
ALTER TABLE orders ALTER COLUMN user_id SET NOT NULL;
