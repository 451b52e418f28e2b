-- corpus: tool=sql; postgres=15; history=queue; direction=up; rows metrics_2025_01=60000000
-- ---
SET lock_timeout = '2s';
CREATE INDEX metrics_host_at_idx ON ONLY metrics (host, at);
CREATE INDEX CONCURRENTLY metrics_2025_01_host_at_idx ON metrics_2025_01 (host, at);
ALTER INDEX metrics_host_at_idx ATTACH PARTITION metrics_2025_01_host_at_idx;
