-- corpus: tool=golang-migrate
-- expect: concurrently-in-transaction at "ALTER SYSTEM" #1
-- expect: superuser at "ALTER SYSTEM" #1
-- ---
SELECT 1;
ALTER SYSTEM SET max_connections = 500;
