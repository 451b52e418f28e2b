-- corpus: tool=sql; history=saas
-- expect: reindex-not-concurrent at "SCHEMA" #1
-- ---
\timing on
REINDEX SCHEMA billing;
