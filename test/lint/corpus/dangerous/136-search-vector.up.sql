-- corpus: tool=golang-migrate; history=shop; postgres=15; rows products=1500000
-- expect: generated-column-rewrites at "GENERATED ALWAYS AS (to_tsvector('simple', title)) STORED" #1
-- expect: index-not-concurrent at "INDEX" #1
-- expect: work-after-strong-lock at "CREATE INDEX" #1
-- because: the command is what belongs into another file
-- ---
ALTER TABLE products ADD COLUMN search tsvector
    GENERATED ALWAYS AS (to_tsvector('simple', title)) STORED;
CREATE INDEX products_search_idx ON products USING gin (search);
