-- corpus: tool=flyway; history=saas; rows events=80000000
-- expect: index-not-concurrent at "INDEX" #1
-- ---
-- Flyway wraps this in a transaction.
CREATE INDEX events_payload_gin ON app.events USING gin (payload jsonb_path_ops);
