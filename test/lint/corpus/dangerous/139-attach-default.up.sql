-- corpus: tool=golang-migrate; history=queue; rows metrics_2024_12=7000000
-- expect: partition-attach-scans at "ATTACH PARTITION metrics_2024_12" #1
-- ---
ALTER TABLE metrics ATTACH PARTITION metrics_2024_12 DEFAULT;
