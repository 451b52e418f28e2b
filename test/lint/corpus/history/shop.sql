-- What a shop's earlier migrations have made, in PostgreSQL 14's words.
CREATE TYPE order_status AS ENUM ('new', 'paid', 'shipped');

CREATE DOMAIN email_address AS text CONSTRAINT email_address_shape CHECK (VALUE ~ '@');

CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email email_address NOT NULL,
    name text,
    phone varchar(20),
    balance numeric(12, 2) NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX users_email_key ON users (lower(email));

CREATE TABLE categories (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    parent_id bigint REFERENCES categories (id),
    slug text NOT NULL UNIQUE
);
CREATE INDEX categories_parent_id_idx ON categories (parent_id);

CREATE TABLE products (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    category_id bigint,
    sku varchar(40) NOT NULL,
    title text NOT NULL,
    price numeric(10, 2) NOT NULL,
    weight_g integer,
    attributes jsonb NOT NULL DEFAULT '{}',
    deleted_at timestamptz,
    CONSTRAINT products_sku_key UNIQUE (sku),
    CONSTRAINT products_price_positive CHECK (price > 0)
);

CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL,
    status order_status NOT NULL DEFAULT 'new',
    total numeric(12, 2) NOT NULL DEFAULT 0,
    note text,
    coupon varchar(16),
    placed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX orders_user_id_idx ON orders (user_id);
CREATE INDEX orders_status_idx ON orders (status);

CREATE TABLE order_items (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id bigint NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    product_id bigint NOT NULL,
    quantity integer NOT NULL,
    unit_price numeric(10, 2) NOT NULL
);
CREATE INDEX order_items_order_id_idx ON order_items (order_id);
CREATE INDEX order_items_product_id_idx ON order_items (product_id);

CREATE TABLE payments (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_id bigint NOT NULL,
    provider text NOT NULL,
    reference text,
    amount numeric(12, 2) NOT NULL,
    paid_at timestamptz
);

CREATE VIEW open_orders AS
    SELECT id, user_id, total, placed_at FROM orders WHERE status <> 'shipped';

CREATE MATERIALIZED VIEW daily_sales AS
    SELECT placed_at::date AS day, sum(total) AS revenue FROM orders GROUP BY 1;
CREATE UNIQUE INDEX daily_sales_day_idx ON daily_sales (day);

CREATE FUNCTION touch_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.placed_at := now();
    RETURN NEW;
END
$$;
CREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch_order();
