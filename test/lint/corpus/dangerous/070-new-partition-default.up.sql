-- corpus: tool=golang-migrate; history=queue; rows jobs_default=3000000
-- expect: default-partition-scans at "PARTITION OF jobs" #1
-- because: the clause includes the partitioned table
-- ---
CREATE TABLE jobs_2025_03 PARTITION OF jobs
    FOR VALUES FROM ('2025-03-01 00:00+00') TO ('2025-04-01 00:00+00');
