-- corpus: tool=golang-migrate; postgres=16; direction=up
-- ---
CREATE TABLE readings (
    sensor_id bigint NOT NULL,
    read_at timestamptz NOT NULL,
    celsius double precision NOT NULL,
    PRIMARY KEY (sensor_id, read_at)
) PARTITION BY RANGE (read_at);

CREATE TABLE readings_2025 PARTITION OF readings
    FOR VALUES FROM ('2025-01-01 00:00+00') TO ('2026-01-01 00:00+00');
CREATE TABLE readings_2026 PARTITION OF readings
    FOR VALUES FROM ('2026-01-01 00:00+00') TO ('2027-01-01 00:00+00');
CREATE TABLE readings_default PARTITION OF readings DEFAULT;

CREATE INDEX readings_read_at_idx ON readings (read_at);
