-- corpus: tool=golang-migrate; postgres=14; history=shop; direction=up; rows users=2000000
-- ---
SET LOCAL lock_timeout = '2s';
ALTER TABLE users ALTER COLUMN phone TYPE text;
