-- corpus: tool=goose; history=shop
-- expect: transaction-uncommitted at "BEGIN" #1
-- ---
-- +goose NO TRANSACTION
-- +goose Up
BEGIN;
ALTER TABLE payments ADD COLUMN channel text;

-- +goose Down
ALTER TABLE payments DROP COLUMN channel;
