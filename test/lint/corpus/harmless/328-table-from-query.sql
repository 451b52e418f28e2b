-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows categories=45
-- ---
CREATE TABLE category_names AS SELECT id, slug AS name FROM categories;
ALTER TABLE category_names ADD PRIMARY KEY (id);
ALTER TABLE category_names ALTER COLUMN name SET NOT NULL;
CREATE INDEX category_names_name_idx ON category_names (name);
