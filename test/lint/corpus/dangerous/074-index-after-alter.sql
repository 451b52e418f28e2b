-- corpus: tool=flyway; history=saas; rows projects=4000000
-- expect: index-not-concurrent at "INDEX" #1
-- expect: work-after-strong-lock at "CREATE INDEX" #1
-- because: the command is what belongs into another file
-- ---
ALTER TABLE app.projects ADD COLUMN owner_id uuid;
CREATE INDEX projects_owner_id_idx ON app.projects (owner_id);
