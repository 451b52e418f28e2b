-- corpus: tool=goose; history=shop
-- expect: transaction-nesting at "BEGIN" #1
-- expect: transaction-nesting at "COMMIT" #1
-- ---
-- +goose Up
BEGIN;
ALTER TABLE orders ADD COLUMN channel text;
COMMIT;

-- +goose Down
ALTER TABLE orders DROP COLUMN channel;
