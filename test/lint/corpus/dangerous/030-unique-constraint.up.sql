-- corpus: tool=golang-migrate; history=saas; postgres=14; rows members=1200000
-- expect: unique-builds-index at "ADD CONSTRAINT members_email_unique UNIQUE (account_id, email)" #1
-- because: what has to be written another way is the whole clause
-- ---
ALTER TABLE app.members
    ADD CONSTRAINT members_email_unique UNIQUE (account_id, email);
