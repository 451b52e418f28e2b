-- corpus: tool=golang-migrate; postgres=15; history=shop; direction=up
-- ---
CREATE TABLE warehouses (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE,
    name text NOT NULL CHECK (name <> ''),
    opened_on date,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE stock_levels (
    warehouse_id bigint NOT NULL REFERENCES warehouses (id),
    sku text NOT NULL,
    quantity integer NOT NULL DEFAULT 0 CHECK (quantity >= 0),
    counted_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (warehouse_id, sku)
);
CREATE INDEX stock_levels_sku_idx ON stock_levels (sku);
CREATE INDEX stock_levels_low_idx ON stock_levels (warehouse_id) WHERE quantity < 10;

COMMENT ON TABLE stock_levels IS 'What lies where; counted by hand every quarter.';
