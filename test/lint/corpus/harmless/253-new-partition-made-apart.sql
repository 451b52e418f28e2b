-- corpus: tool=golang-migrate; postgres=15; history=queue; direction=up; rows metrics_2025_01=60000000
-- ---
-- Made apart and attached empty: ATTACH takes only SHARE UPDATE EXCLUSIVE on the parent.
SET LOCAL lock_timeout = '2s';
CREATE TABLE metrics_2025_03 (LIKE metrics INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
ALTER TABLE metrics ATTACH PARTITION metrics_2025_03
    FOR VALUES FROM ('2025-03-01 00:00+00') TO ('2025-04-01 00:00+00');
