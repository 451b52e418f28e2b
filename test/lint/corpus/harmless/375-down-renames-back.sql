-- corpus: tool=goose; postgres=15; history=shop; direction=up; rows products=4000000
-- ---
-- +goose Up
SET LOCAL lock_timeout = '2s';
ALTER TABLE products RENAME CONSTRAINT products_price_positive TO products_price_check;
ALTER INDEX order_items_order_id_idx RENAME TO order_items_by_order;

-- +goose Down
SET LOCAL lock_timeout = '2s';
ALTER INDEX order_items_by_order RENAME TO order_items_order_id_idx;
ALTER TABLE products RENAME CONSTRAINT products_price_check TO products_price_positive;
