-- corpus: tool=flyway; postgres=16; history=saas; direction=up; rows app.events=90000000
-- ---
CREATE INDEX CONCURRENTLY events_at_brin ON app.events USING brin (at);
