-- corpus: tool=goose; postgres=16; history=shop; direction=up; rows orders=8000000
-- ---
-- +goose NO TRANSACTION
-- +goose Up
REINDEX INDEX CONCURRENTLY orders_user_id_idx;
REINDEX (VERBOSE) TABLE CONCURRENTLY orders;

-- +goose Down
SELECT 'nothing to take back';
