-- Every order gets a link that can be shared without signing in.
ALTER TABLE orders ADD COLUMN tracking_token uuid NOT NULL DEFAULT gen_random_uuid();

CREATE INDEX orders_tracking_token_idx ON orders (tracking_token);

-- The support desk lists what is under way by customer.
CREATE INDEX orders_customer_status_idx ON orders (customer_id, status);

-- The freight carrier weighs pallets.
ALTER TABLE shipments ALTER COLUMN weight_grams TYPE bigint;

ALTER TABLE shipments ADD CONSTRAINT shipments_tracking_no_present
    CHECK (status = 'label_created' OR tracking_no IS NOT NULL);
