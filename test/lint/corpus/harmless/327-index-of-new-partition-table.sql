-- corpus: tool=golang-migrate; postgres=15; history=queue; direction=up; rows jobs_2025_01=9000000 jobs_default=0
-- ---
-- The default partition is empty on the target: nothing is read.
SET LOCAL lock_timeout = '2s';
CREATE TABLE jobs_2025_03 PARTITION OF jobs
    FOR VALUES FROM ('2025-03-01 00:00+00') TO ('2025-04-01 00:00+00');
