CREATE TABLE payments (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id     bigint NOT NULL,
    placed_at    timestamptz NOT NULL,
    provider     text NOT NULL CHECK (provider IN ('card', 'paypal', 'invoice', 'sepa')),
    provider_ref text,
    amount       amount_cents NOT NULL,
    status       payment_status NOT NULL DEFAULT 'authorised',
    created_at   timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (order_id, placed_at) REFERENCES orders (id, placed_at)
);

CREATE INDEX payments_order_id_idx ON payments (order_id, placed_at);
CREATE UNIQUE INDEX payments_provider_ref_key ON payments (provider, provider_ref) WHERE provider_ref IS NOT NULL;

CREATE TABLE shipments (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id     bigint NOT NULL,
    placed_at    timestamptz NOT NULL,
    warehouse_id smallint NOT NULL REFERENCES warehouses (id),
    carrier      text NOT NULL,
    tracking_no  varchar(40),
    weight_grams integer NOT NULL CHECK (weight_grams > 0),
    status       shipment_status NOT NULL DEFAULT 'label_created',
    shipped_at   timestamptz,
    delivered_at timestamptz,
    CHECK (delivered_at >= shipped_at),
    FOREIGN KEY (order_id, placed_at) REFERENCES orders (id, placed_at)
);

CREATE INDEX shipments_order_id_idx ON shipments (order_id, placed_at);

-- An order is paid when its captured payments cover it.
CREATE FUNCTION mark_order_paid() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE orders o
       SET status = 'paid'
     WHERE o.id = NEW.order_id
       AND o.placed_at = NEW.placed_at
       AND o.status = 'pending'
       AND o.total <= (SELECT coalesce(sum(p.amount), 0)
                         FROM payments p
                        WHERE p.order_id = o.id AND p.placed_at = o.placed_at AND p.status = 'captured');
    RETURN NULL;
END;
$$;

CREATE TRIGGER payments_mark_order_paid AFTER INSERT OR UPDATE OF status ON payments
    FOR EACH ROW WHEN (NEW.status = 'captured') EXECUTE FUNCTION mark_order_paid();
