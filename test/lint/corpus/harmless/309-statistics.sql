-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows orders=8000000
-- ---
CREATE STATISTICS orders_user_status (dependencies, ndistinct) ON user_id, status FROM orders;
ANALYZE orders;
