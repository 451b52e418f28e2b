-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows categories=45
-- ---
ALTER TABLE categories ADD COLUMN path text;
UPDATE categories SET path = '/' || slug;
ALTER TABLE categories ALTER COLUMN path SET NOT NULL;
CREATE UNIQUE INDEX categories_path_key ON categories (path);
