-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows categories=45
-- ---
CREATE INDEX categories_slug_lower_idx ON categories (lower(slug));
ALTER TABLE categories ADD CONSTRAINT categories_slug_check CHECK (slug <> '');
