-- corpus: tool=golang-migrate; postgres=15; history=saas; direction=up; rows app.projects=700000
-- ---
SET LOCAL lock_timeout = '2s';
ALTER TABLE app.projects ADD COLUMN folder_id uuid;
CREATE TABLE app.folders (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL
);
INSERT INTO app.folders (name) VALUES ('Inbox'), ('Archive');
CREATE INDEX folders_name_idx ON app.folders (name);
UPDATE app.folders SET name = 'Done' WHERE name = 'Archive';
