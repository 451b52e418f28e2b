-- corpus: tool=goose; postgres=15; history=shop; direction=up; rows users=2000000
-- ---
-- +goose Up
SET LOCAL lock_timeout = '3s';
ALTER TABLE users ADD COLUMN avatar_url text;

-- +goose Down
SET LOCAL lock_timeout = '3s';
ALTER TABLE users DROP COLUMN avatar_url;
