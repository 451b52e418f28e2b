-- corpus: tool=golang-migrate; postgres=15; history=saas; direction=down; rows app.projects=700000
-- ---
SET LOCAL lock_timeout = '2s';
ALTER TABLE app.projects DROP CONSTRAINT IF EXISTS projects_account_id_fkey;
