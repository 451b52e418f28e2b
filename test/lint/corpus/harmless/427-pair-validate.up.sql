-- corpus: tool=golang-migrate; postgres=15; history=saas; direction=up; rows events=700000 projects=700000
-- ---
ALTER TABLE app.events VALIDATE CONSTRAINT events_project_id_fkey;
