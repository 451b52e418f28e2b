CREATE TABLE promotions (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code        text NOT NULL UNIQUE CHECK (code = upper(code)),
    percent_off numeric(5, 2) CHECK (percent_off > 0 AND percent_off <= 100),
    cents_off   amount_cents,
    valid       tstzrange NOT NULL CHECK (NOT isempty(valid)),
    usage_limit integer CHECK (usage_limit > 0),
    CONSTRAINT promotions_one_kind CHECK (num_nonnulls(percent_off, cents_off) = 1)
);

CREATE INDEX promotions_valid_idx ON promotions USING gist (valid);

CREATE TABLE carts (
    id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    customer_id  bigint REFERENCES customers (id) ON DELETE CASCADE,
    promotion_id bigint REFERENCES promotions (id) ON DELETE SET NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL DEFAULT now() + interval '30 days'
);

CREATE INDEX carts_customer_id_idx ON carts (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX carts_expires_at_idx ON carts (expires_at);

CREATE TRIGGER carts_set_updated_at BEFORE UPDATE ON carts
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE cart_items (
    cart_id    uuid NOT NULL REFERENCES carts (id) ON DELETE CASCADE,
    variant_id bigint NOT NULL REFERENCES product_variants (id),
    quantity   integer NOT NULL CHECK (quantity BETWEEN 1 AND 99),
    added_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (cart_id, variant_id)
);

CREATE INDEX cart_items_variant_id_idx ON cart_items (variant_id);

CREATE FUNCTION touch_cart() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE carts SET expires_at = now() + interval '30 days'
     WHERE id = coalesce(NEW.cart_id, OLD.cart_id);
    RETURN NULL;
END;
$$;

CREATE TRIGGER cart_items_touch_cart AFTER INSERT OR UPDATE OR DELETE ON cart_items
    FOR EACH ROW EXECUTE FUNCTION touch_cart();
