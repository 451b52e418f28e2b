-- corpus: tool=goose; postgres=14; history=legacy; direction=up; rows tbl_log=40000000
-- ---
-- +goose NO TRANSACTION
-- +goose Up
CREATE UNIQUE INDEX CONCURRENTLY tbl_log_pkey ON tbl_log (log_id);
SET lock_timeout = '2s';
ALTER TABLE tbl_log ADD CONSTRAINT tbl_log_pkey PRIMARY KEY USING INDEX tbl_log_pkey;
RESET lock_timeout;

-- +goose Down
SET lock_timeout = '2s';
ALTER TABLE tbl_log DROP CONSTRAINT tbl_log_pkey;
RESET lock_timeout;
