-- corpus: tool=golang-migrate; history=saas
-- expect: foreign-key-type-mismatch at "integer" #1
-- ---
CREATE TABLE app.labels (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id integer NOT NULL REFERENCES app.events (id),
    name text NOT NULL
);
CREATE INDEX labels_event_id_idx ON app.labels (event_id);
