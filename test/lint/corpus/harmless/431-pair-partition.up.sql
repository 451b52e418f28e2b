-- corpus: tool=golang-migrate; postgres=15; history=queue; direction=up; rows metrics_2025_01=60000000
-- ---
SET LOCAL lock_timeout = '2s';
CREATE TABLE metrics_2025_04 PARTITION OF metrics FOR VALUES FROM ('2025-04-01 00:00+00') TO ('2025-05-01 00:00+00');
