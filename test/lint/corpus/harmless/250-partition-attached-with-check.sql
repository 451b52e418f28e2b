-- corpus: tool=sql; postgres=15; history=queue; direction=up; rows metrics_2024_12=20000000 metrics_2025_01=60000000
-- ---
SET lock_timeout = '2s';
ALTER TABLE metrics_2024_12 ADD CONSTRAINT metrics_2024_12_at_check
    CHECK (at >= '2024-12-01 00:00+00' AND at < '2025-01-01 00:00+00') NOT VALID;
ALTER TABLE metrics_2024_12 VALIDATE CONSTRAINT metrics_2024_12_at_check;
ALTER TABLE metrics ATTACH PARTITION metrics_2024_12
    FOR VALUES FROM ('2024-12-01 00:00+00') TO ('2025-01-01 00:00+00');
ALTER TABLE metrics_2024_12 DROP CONSTRAINT metrics_2024_12_at_check;
