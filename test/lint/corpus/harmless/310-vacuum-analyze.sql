-- corpus: tool=goose; postgres=15; history=shop; direction=up; rows orders=8000000
-- ---
-- +goose NO TRANSACTION
-- +goose Up
VACUUM (ANALYZE, VERBOSE) orders;
ANALYZE payments;

-- +goose Down
