CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE DOMAIN email_address AS text
    CHECK (VALUE ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' AND length(VALUE) <= 254);

CREATE DOMAIN country_code AS char(2)
    CHECK (VALUE ~ '^[A-Z]{2}$');

-- Money is kept in the smallest unit of its currency.
CREATE DOMAIN amount_cents AS bigint
    CHECK (VALUE >= 0);

CREATE TYPE order_status AS ENUM ('pending', 'paid', 'packed', 'shipped', 'delivered', 'cancelled');
CREATE TYPE payment_status AS ENUM ('authorised', 'captured', 'refunded', 'failed');
CREATE TYPE shipment_status AS ENUM ('label_created', 'in_transit', 'delivered', 'returned');
CREATE TYPE stock_reason AS ENUM ('purchase', 'sale', 'return', 'count', 'damage');

CREATE FUNCTION set_updated_at() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END;
$$;

COMMENT ON FUNCTION set_updated_at() IS 'BEFORE UPDATE trigger for every table with an updated_at column';
