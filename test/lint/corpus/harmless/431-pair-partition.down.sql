-- corpus: tool=golang-migrate; postgres=15; history=queue; direction=down; rows metrics_2025_01=60000000
-- ---
SET LOCAL lock_timeout = '2s';
DROP TABLE IF EXISTS metrics_2025_04;
