-- corpus: tool=golang-migrate; postgres=15; history=saas; direction=up; rows events=30000000 projects=4000000
-- ---
ALTER TABLE app.events VALIDATE CONSTRAINT events_project_id_fkey;
