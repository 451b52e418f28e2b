-- corpus: tool=golang-migrate; history=saas
-- expect: foreign-key-type-mismatch at "REFERENCES app.events" #1
-- because: the reference is what does not fit
-- ---
CREATE TABLE app.labels (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id integer NOT NULL REFERENCES app.events (id),
    name text NOT NULL
);
CREATE INDEX labels_event_id_idx ON app.labels (event_id);
