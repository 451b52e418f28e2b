-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=down; rows payments=12000000
-- ---
DROP INDEX CONCURRENTLY IF EXISTS payments_order_id_idx;
