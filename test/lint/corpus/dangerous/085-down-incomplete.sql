-- corpus: tool=dbmate; history=saas
-- expect: down-does-not-undo at "DROP TABLE" #1
-- because: what is missing stands nowhere, so the first command stands for the file
-- ---
-- migrate:up
CREATE TABLE app.tags (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    label text NOT NULL
);
CREATE TABLE app.project_tags (
    project_id uuid NOT NULL,
    tag_id bigint NOT NULL REFERENCES app.tags (id),
    PRIMARY KEY (project_id, tag_id)
);
CREATE INDEX project_tags_tag_id_idx ON app.project_tags (tag_id);

-- migrate:down
DROP TABLE app.project_tags;
