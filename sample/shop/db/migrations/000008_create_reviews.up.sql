CREATE TABLE reviews (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product_id   bigint NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    customer_id  bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    rating       smallint NOT NULL CHECK (rating BETWEEN 1 AND 5),
    title        text NOT NULL,
    body         text NOT NULL DEFAULT '',
    published_at timestamptz,
    created_at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (product_id, customer_id)
);

CREATE INDEX reviews_customer_id_idx ON reviews (customer_id);
CREATE INDEX reviews_published_idx ON reviews (product_id, published_at DESC) WHERE published_at IS NOT NULL;

-- The application says who asks: SET LOCAL shop.customer_id = '42'.
CREATE FUNCTION current_customer() RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('shop.customer_id', true), '')::bigint;
$$;

ALTER TABLE reviews ENABLE ROW LEVEL SECURITY;

CREATE POLICY reviews_read_published ON reviews FOR SELECT
    USING (published_at IS NOT NULL OR customer_id = current_customer());

CREATE POLICY reviews_write_own ON reviews FOR INSERT
    WITH CHECK (customer_id = current_customer() AND published_at IS NULL);

CREATE POLICY reviews_change_own ON reviews FOR UPDATE
    USING (customer_id = current_customer())
    WITH CHECK (customer_id = current_customer());

CREATE POLICY reviews_delete_own ON reviews FOR DELETE
    USING (customer_id = current_customer());
