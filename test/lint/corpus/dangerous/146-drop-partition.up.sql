-- corpus: tool=golang-migrate; history=queue; rows jobs_2025_01=12000000
-- expect: drop-table at "jobs_2025_01" #1
-- ---
DROP TABLE jobs_2025_01;
