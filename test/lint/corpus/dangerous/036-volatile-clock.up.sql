-- corpus: tool=golang-migrate; history=queue; rows jobs_2025_01=4000000
-- expect: volatile-default at "DEFAULT clock_timestamp()" #1
-- ---
ALTER TABLE jobs
    -- when the row came in, not when its transaction began
    ADD COLUMN received_at timestamptz DEFAULT clock_timestamp();
