-- corpus: tool=golang-migrate; history=saas; direction=down
-- expect: concurrently-in-transaction at "CONCURRENTLY" #1
-- ---
SET statement_timeout = 0;
DROP INDEX CONCURRENTLY IF EXISTS app.accounts_created_at_idx;
