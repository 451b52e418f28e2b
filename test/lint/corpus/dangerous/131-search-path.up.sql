-- corpus: tool=golang-migrate; history=saas; rows members=2000000
-- expect: index-not-concurrent at "INDEX" #1
-- ---
SET search_path TO app, public;
CREATE INDEX members_email_idx ON members (email);
