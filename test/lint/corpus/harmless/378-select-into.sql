-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows categories=45
-- ---
SELECT id, slug INTO category_backup FROM categories;
ALTER TABLE category_backup ADD PRIMARY KEY (id);
CREATE TABLE category_shape AS TABLE categories WITH NO DATA;
CREATE INDEX category_shape_slug_idx ON category_shape (slug);
ALTER TABLE category_shape ADD PRIMARY KEY (id);
