-- corpus: tool=goose; postgres=15; history=saas; direction=up; rows app.projects=700000 app.accounts=50000
-- ---
-- +goose NO TRANSACTION
-- +goose Up
SET lock_timeout = '3s';
ALTER TABLE app.projects ADD CONSTRAINT projects_account_id_fkey
    FOREIGN KEY (account_id) REFERENCES app.accounts (id) NOT VALID;
ALTER TABLE app.projects VALIDATE CONSTRAINT projects_account_id_fkey;

-- +goose Down
SET lock_timeout = '3s';
ALTER TABLE app.projects DROP CONSTRAINT projects_account_id_fkey;
