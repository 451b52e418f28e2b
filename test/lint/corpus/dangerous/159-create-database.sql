-- corpus: tool=dbmate
-- expect: concurrently-in-transaction at "CREATE DATABASE" #1
-- expect: concurrently-in-transaction at "DROP DATABASE" #1
-- ---
-- migrate:up
CREATE DATABASE reports;

-- migrate:down
DROP DATABASE reports;
