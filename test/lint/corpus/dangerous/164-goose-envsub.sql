-- corpus: tool=goose; history=saas; rows projects=900000
-- expect: index-not-concurrent at "INDEX" #1
-- expect: drop-column at "DROP COLUMN archived" #1
-- ---
-- +goose ENVSUB ON
-- +goose Up
CREATE INDEX ${PREFIX}_archived ON app.projects (archived) WHERE archived;
ALTER TABLE app.projects DROP COLUMN archived;
-- +goose Down
ALTER TABLE app.projects ADD COLUMN archived boolean NOT NULL DEFAULT false;
