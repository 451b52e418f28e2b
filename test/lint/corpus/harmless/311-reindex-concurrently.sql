-- corpus: tool=golang-migrate; postgres=14; history=shop; direction=up; rows orders=8000000
-- ---
REINDEX INDEX CONCURRENTLY orders_status_idx;
