-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE TABLE places (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE capitals (country text NOT NULL, PRIMARY KEY (id)) INHERITS (places);
CREATE INDEX capitals_name_idx ON capitals (name);
