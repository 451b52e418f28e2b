-- corpus: tool=sql; postgres=15; history=shop; direction=up; rows products=4000000 payments=12000000
-- ---
\set ON_ERROR_STOP on
SET lock_timeout = '5s';
CREATE INDEX CONCURRENTLY products_category_id_idx ON products (category_id);
CREATE INDEX CONCURRENTLY payments_order_id_idx ON payments (order_id);
ANALYZE products;
