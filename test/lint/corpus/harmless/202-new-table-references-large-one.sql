-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up; rows orders=8000000 users=2000000
-- ---
SET LOCAL lock_timeout = '3s';

CREATE TABLE shipments (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES orders (id),
    carrier text NOT NULL,
    tracking_code text,
    shipped_at timestamptz
);
CREATE INDEX shipments_order_id_idx ON shipments (order_id);
CREATE UNIQUE INDEX shipments_tracking_idx ON shipments (carrier, tracking_code);
