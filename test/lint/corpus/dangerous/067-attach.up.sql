-- corpus: tool=golang-migrate; history=queue; rows metrics_2024_12=8000000 metrics_2025_01=9000000
-- expect: partition-attach-scans at "ATTACH PARTITION metrics_2024_12" #1
-- because: the clause includes the partition
-- ---
ALTER TABLE metrics
    ATTACH PARTITION metrics_2024_12 FOR VALUES FROM ('2024-12-01 00:00+00') TO ('2025-01-01 00:00+00');
