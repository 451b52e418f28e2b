-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE TABLE articles (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    title text NOT NULL,
    body text NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('english', title || ' ' || body)) STORED
);
CREATE INDEX articles_search_idx ON articles USING gin (search);

ALTER TABLE articles ADD COLUMN words integer GENERATED ALWAYS AS (length(body)) STORED;
ALTER TABLE articles ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();
