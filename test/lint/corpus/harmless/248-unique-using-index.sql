-- corpus: tool=sql; postgres=15; history=saas; direction=up; rows app.members=3000000
-- ---
CREATE UNIQUE INDEX CONCURRENTLY members_account_email_uidx ON app.members (account_id, email);
SET lock_timeout = '2s';
ALTER TABLE app.members ADD CONSTRAINT members_account_email_key UNIQUE USING INDEX members_account_email_uidx;
