-- corpus: tool=golang-migrate; postgres=15; history=queue; direction=up
-- ---
CREATE TABLE IF NOT EXISTS workers (
    id integer PRIMARY KEY,
    name text NOT NULL,
    seen_at timestamptz
);
