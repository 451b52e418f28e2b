-- corpus: tool=goose; history=shop; rows users=600000
-- expect: unique-builds-index at "ADD CONSTRAINT users_name_key UNIQUE (name)" #1
-- because: what has to be written another way is the whole clause
-- expect: reindex-not-concurrent at "INDEX" #3
-- ---
-- +goose NO TRANSACTION
-- +goose Up
CREATE UNIQUE INDEX CONCURRENTLY users_phone_key ON users (phone);
ALTER TABLE users ADD CONSTRAINT users_name_key UNIQUE (name);
REINDEX INDEX users_email_key;
-- +goose Down
ALTER TABLE users DROP CONSTRAINT users_name_key;
DROP INDEX CONCURRENTLY users_phone_key;
