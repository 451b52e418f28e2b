-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows payments=12000000
-- ---
CREATE INDEX CONCURRENTLY payments_order_id_idx ON payments (order_id);
