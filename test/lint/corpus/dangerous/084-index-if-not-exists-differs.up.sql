-- corpus: tool=golang-migrate; history=shop
-- expect: if-not-exists-no-op at "IF NOT EXISTS" #1
-- ---
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_status_idx ON orders (status, placed_at);
