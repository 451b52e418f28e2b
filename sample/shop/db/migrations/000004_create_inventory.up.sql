CREATE TABLE warehouses (
    id      smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code    text NOT NULL UNIQUE,
    name    text NOT NULL,
    country country_code NOT NULL
);

CREATE TABLE stock_levels (
    warehouse_id smallint NOT NULL REFERENCES warehouses (id),
    variant_id   bigint NOT NULL REFERENCES product_variants (id) ON DELETE CASCADE,
    on_hand      integer NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
    reserved     integer NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    available    integer GENERATED ALWAYS AS (on_hand - reserved) STORED,
    PRIMARY KEY (warehouse_id, variant_id),
    CHECK (reserved <= on_hand)
);

CREATE INDEX stock_levels_variant_id_idx ON stock_levels (variant_id);
CREATE INDEX stock_levels_sold_out_idx ON stock_levels (variant_id) WHERE on_hand = 0;

CREATE TABLE stock_movements (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    warehouse_id smallint NOT NULL REFERENCES warehouses (id),
    variant_id   bigint NOT NULL REFERENCES product_variants (id) ON DELETE CASCADE,
    quantity     integer NOT NULL CHECK (quantity <> 0),
    reason       stock_reason NOT NULL,
    note         text,
    moved_at     timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX stock_movements_variant_id_idx ON stock_movements (variant_id, moved_at DESC);
-- Movements come in the order of time, so a small BRIN index finds a day among millions.
CREATE INDEX stock_movements_moved_at_idx ON stock_movements USING brin (moved_at);

-- The level is the sum of the movements; nobody else writes it.
CREATE FUNCTION apply_stock_movement() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO stock_levels AS s (warehouse_id, variant_id, on_hand)
    VALUES (NEW.warehouse_id, NEW.variant_id, NEW.quantity)
    ON CONFLICT (warehouse_id, variant_id)
    DO UPDATE SET on_hand = s.on_hand + EXCLUDED.on_hand;
    RETURN NULL;
END;
$$;

CREATE TRIGGER stock_movements_apply AFTER INSERT ON stock_movements
    FOR EACH ROW EXECUTE FUNCTION apply_stock_movement();
