-- corpus: tool=golang-migrate; history=queue; rows metrics_2024_12=8000000 metrics_2025_01=9000000
-- expect: partition-attach-scans at "ATTACH PARTITION" #1
-- ---
ALTER TABLE metrics
    ATTACH PARTITION metrics_2024_12 FOR VALUES FROM ('2024-12-01 00:00+00') TO ('2025-01-01 00:00+00');
