-- corpus: tool=flyway; history=shop
-- expect: concurrently-in-transaction at "CONCURRENTLY" #1
-- ---
SET search_path TO public;
REINDEX (VERBOSE) TABLE CONCURRENTLY users;
