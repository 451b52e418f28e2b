-- corpus: tool=goose; postgres=15; history=shop; direction=up; rows users=2000000 orders=8000000
-- ---
-- +goose NO TRANSACTION
-- +goose Up
SET lock_timeout = '2s';
ALTER TABLE users ADD COLUMN merged_into bigint;
ALTER TABLE orders ADD COLUMN merged_from bigint;
ALTER TABLE payments ADD COLUMN merged_from bigint;
RESET lock_timeout;

-- +goose Down
SET lock_timeout = '2s';
ALTER TABLE payments DROP COLUMN merged_from;
ALTER TABLE orders DROP COLUMN merged_from;
ALTER TABLE users DROP COLUMN merged_into;
RESET lock_timeout;
