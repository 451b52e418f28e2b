-- corpus: tool=golang-migrate; postgres=15; history=saas; direction=up; rows app.projects=700000
-- ---
SET LOCAL lock_timeout = '2s';
ALTER TABLE app.projects ADD CONSTRAINT projects_account_id_fkey
    FOREIGN KEY (account_id) REFERENCES app.accounts (id) NOT VALID;
