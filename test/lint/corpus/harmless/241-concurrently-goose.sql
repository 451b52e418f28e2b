-- corpus: tool=goose; postgres=15; history=shop; direction=up; rows payments=12000000
-- ---
-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY payments_order_id_idx ON payments (order_id);
CREATE INDEX CONCURRENTLY payments_paid_at_idx ON payments (paid_at) WHERE paid_at IS NOT NULL;

-- +goose Down
DROP INDEX CONCURRENTLY payments_paid_at_idx;
DROP INDEX CONCURRENTLY payments_order_id_idx;
