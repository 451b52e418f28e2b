-- corpus: tool=golang-migrate; history=saas; rows projects=700000 accounts=90000
-- expect: validate-in-same-transaction at "VALIDATE CONSTRAINT projects_account_id_fkey" #1
-- because: what has to be written another way is the whole clause
-- ---
-- Step 1
ALTER TABLE app.projects
    ADD CONSTRAINT projects_account_id_fkey FOREIGN KEY (account_id) REFERENCES app.accounts (id) NOT VALID;
-- Step 2
ALTER TABLE app.projects VALIDATE CONSTRAINT projects_account_id_fkey;
