-- corpus: tool=flyway; history=saas; rows projects=4000000
-- expect: index-not-concurrent at "INDEX" #1
-- expect: work-after-strong-lock at "INDEX" #1
-- ---
ALTER TABLE app.projects ADD COLUMN owner_id uuid;
CREATE INDEX projects_owner_id_idx ON app.projects (owner_id);
