-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE TABLE measurements (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rain_amount_mm double precision,
    total_distance_km real,
    price_sensitivity double precision,
    balance_angle_degrees double precision,
    is_superuser boolean NOT NULL DEFAULT false,
    feedback text
);
