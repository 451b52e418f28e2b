CREATE TABLE customers (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email        email_address NOT NULL,
    full_name    text NOT NULL CHECK (full_name <> ''),
    phone        text,
    locale       text NOT NULL DEFAULT 'en',
    marketing_ok boolean NOT NULL DEFAULT false,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    deleted_at   timestamptz
);

-- An address may be used again once its customer is deleted.
CREATE UNIQUE INDEX customers_email_key ON customers (lower(email)) WHERE deleted_at IS NULL;
CREATE INDEX customers_created_at_idx ON customers (created_at);

CREATE TRIGGER customers_set_updated_at BEFORE UPDATE ON customers
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE addresses (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    label       text NOT NULL DEFAULT 'home',
    line1       text NOT NULL,
    line2       text,
    postal_code text NOT NULL,
    city        text NOT NULL,
    country     country_code NOT NULL,
    is_default  boolean NOT NULL DEFAULT false
);

CREATE INDEX addresses_customer_id_idx ON addresses (customer_id);
CREATE UNIQUE INDEX addresses_one_default ON addresses (customer_id) WHERE is_default;
