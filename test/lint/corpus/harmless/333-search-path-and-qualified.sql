-- corpus: tool=golang-migrate; postgres=15; history=saas; direction=up
-- ---
SET LOCAL search_path TO app, public;
CREATE TABLE labels (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    project_id uuid NOT NULL,
    label text NOT NULL
);
CREATE INDEX labels_project_id_idx ON app.labels (project_id);
ALTER TABLE app.labels ADD CONSTRAINT labels_label_check CHECK (label <> '');
ALTER TABLE labels ALTER COLUMN label TYPE varchar;
