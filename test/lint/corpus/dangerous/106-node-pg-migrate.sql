-- corpus: tool=node-pg-migrate; history=shop; rows orders=5000000
-- expect: concurrently-in-transaction at "CONCURRENTLY" #1
-- ---
-- Up Migration
CREATE INDEX CONCURRENTLY orders_total_idx ON orders (total);

-- Down Migration
DROP INDEX orders_total_idx;
