-- corpus: tool=golang-migrate; postgres=15; history=queue; direction=up; rows metrics_2025_01=60000000
-- ---
SET LOCAL lock_timeout = '2s';
CREATE TABLE metrics_2025_02 PARTITION OF metrics
    FOR VALUES FROM ('2025-02-01 00:00+00') TO ('2025-03-01 00:00+00');
