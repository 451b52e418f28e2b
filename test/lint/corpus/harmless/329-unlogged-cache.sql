-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE UNLOGGED TABLE page_cache (
    url text PRIMARY KEY,
    body bytea NOT NULL,
    cached_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX page_cache_cached_at_idx ON page_cache (cached_at);
