-- corpus: tool=dbmate; postgres=15; history=saas; direction=up; rows app.members=3000000
-- ---
-- migrate:up transaction:false
CREATE UNIQUE INDEX CONCURRENTLY members_account_email_key ON app.members (account_id, lower(email));

-- migrate:down transaction:false
DROP INDEX CONCURRENTLY app.members_account_email_key;
