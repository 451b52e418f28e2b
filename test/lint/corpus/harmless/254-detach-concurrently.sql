-- corpus: tool=golang-migrate; postgres=14; history=queue; direction=up; rows metrics_2025_01=60000000
-- ---
ALTER TABLE metrics DETACH PARTITION metrics_2025_01 CONCURRENTLY;
