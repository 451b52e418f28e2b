-- corpus: tool=golang-migrate; history=queue; rows jobs_archive=9000000 jobs_default=5000000
-- expect: partition-attach-scans at "ATTACH PARTITION jobs_archive" #1
-- expect: default-partition-scans at "FOR VALUES FROM ('2024-01-01 00:00+00') TO ('2025-01-01 00:00+00')" #1
-- because: the bounds are what the default partition is searched for
-- ---
SET lock_timeout = '2s';
ALTER TABLE jobs ATTACH PARTITION jobs_archive
    FOR VALUES FROM ('2024-01-01 00:00+00') TO ('2025-01-01 00:00+00');
