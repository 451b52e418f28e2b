-- corpus: tool=sql; postgres=15; history=shop; direction=up
-- ---
BEGIN;
SELECT pg_advisory_xact_lock(hashtext('migrate'));
SET LOCAL lock_timeout = '2s';
ALTER TABLE users ADD COLUMN IF NOT EXISTS nickname text;
COMMIT;
