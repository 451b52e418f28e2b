-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE TABLE import_scratch (line integer PRIMARY KEY, raw text);
INSERT INTO import_scratch (line, raw) VALUES (1, 'AT;Austria'), (2, 'CH;Switzerland');

CREATE TABLE countries (
    code text PRIMARY KEY,
    name text NOT NULL
);
INSERT INTO countries (code, name)
SELECT split_part(raw, ';', 1), split_part(raw, ';', 2) FROM import_scratch;

TRUNCATE import_scratch;
DROP TABLE import_scratch;
