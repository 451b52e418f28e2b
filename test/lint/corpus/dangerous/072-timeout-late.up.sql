-- corpus: tool=golang-migrate; history=shop; rows users=300000
-- expect: timeout-after-lock at "lock_timeout" #1
-- because: the setting alone says it
-- ---
ALTER TABLE users ADD COLUMN nickname text;
SET lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN gift boolean;
