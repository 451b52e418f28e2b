-- corpus: tool=sql; postgres=15; history=shop; direction=up; rows payments=12000000
-- ---
-- A build that failed last night has left an invalid index.
DROP INDEX CONCURRENTLY IF EXISTS payments_reference_idx;
CREATE INDEX CONCURRENTLY payments_reference_idx ON payments (reference);
