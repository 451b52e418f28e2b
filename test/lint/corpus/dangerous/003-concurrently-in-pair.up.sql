-- corpus: tool=golang-migrate; history=shop
-- expect: concurrently-in-transaction at "CONCURRENTLY" #1
-- expect: concurrently-in-transaction at "CONCURRENTLY" #2
-- ---
-- Built online, so that nobody notices.
CREATE INDEX CONCURRENTLY payments_order_id_idx ON payments (order_id);
CREATE INDEX CONCURRENTLY payments_paid_at_idx ON payments (paid_at) WHERE paid_at IS NULL;
