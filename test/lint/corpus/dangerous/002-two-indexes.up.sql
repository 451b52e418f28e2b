-- corpus: tool=golang-migrate; postgres=15; history=shop
-- expect: index-not-concurrent at "INDEX" #1
-- expect: index-not-concurrent at "INDEX" #2
-- ---
/* Both are for the new
   product list. */
CREATE INDEX products_title_idx ON products (title) /* asc */ ;
CREATE UNIQUE INDEX IF NOT EXISTS products_slug_idx -- one slug each
    ON products ((lower(title)));
