-- corpus: tool=golang-migrate; postgres=15; history=saas; direction=up; rows app.projects=700000
-- ---
ALTER TABLE app.projects VALIDATE CONSTRAINT projects_account_id_fkey;
