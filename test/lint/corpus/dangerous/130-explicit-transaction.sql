-- corpus: tool=sql; history=shop; rows orders=5000000 users=900000
-- expect: concurrently-in-transaction at "CONCURRENTLY" #1
-- because: who has spent so much can be few, so nobody knows whether UPDATE changes many rows
-- expect: work-after-strong-lock at "UPDATE users" #1
-- because: the command is what belongs into another file
-- ---
\set ON_ERROR_STOP on
BEGIN;
SET LOCAL lock_timeout = '2s';
ALTER TABLE users ADD COLUMN vip boolean NOT NULL DEFAULT false;
CREATE INDEX CONCURRENTLY users_vip_idx ON users (vip) WHERE vip;
UPDATE users SET vip = true WHERE id IN (SELECT user_id FROM orders GROUP BY user_id HAVING sum(total) > 1000);
COMMIT;
