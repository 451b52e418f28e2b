-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=down; rows orders=8000000
-- ---
DROP INDEX CONCURRENTLY IF EXISTS orders_placed_at_idx;
