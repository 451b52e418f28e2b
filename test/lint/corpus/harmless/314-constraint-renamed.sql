-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows products=4000000
-- ---
SET LOCAL lock_timeout = '2s';
ALTER TABLE products RENAME CONSTRAINT products_price_positive TO products_price_check;
ALTER INDEX orders_status_idx RENAME TO idx_orders_status;
