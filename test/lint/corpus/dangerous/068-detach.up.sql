-- corpus: tool=golang-migrate; history=queue; postgres=16; rows jobs_2025_01=12000000
-- expect: partition-detach-blocks at "DETACH PARTITION jobs_2025_01" #1
-- because: the clause includes the partition
-- ---
-- January goes to the archive
ALTER TABLE jobs DETACH PARTITION jobs_2025_01;
