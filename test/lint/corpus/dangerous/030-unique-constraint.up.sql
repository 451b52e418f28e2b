-- corpus: tool=golang-migrate; history=saas; postgres=14; rows members=1200000
-- expect: unique-builds-index at "UNIQUE" #1
-- ---
ALTER TABLE app.members
    ADD CONSTRAINT members_email_unique UNIQUE (account_id, email);
