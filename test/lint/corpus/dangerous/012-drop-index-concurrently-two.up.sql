-- corpus: tool=golang-migrate; history=shop
-- expect: concurrently-unsupported at "CONCURRENTLY" #1
-- ---
DROP INDEX CONCURRENTLY orders_status_idx, orders_user_id_idx;
