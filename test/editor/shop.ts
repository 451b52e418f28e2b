/** A small shop under golang-migrate; the fourth file names a column that does not exist. */
export interface ShopMigration {
  readonly name: string;
  readonly up: string;
  readonly down: string;
}

/** `customer_state` should be `status`. */
export const brokenLine = 'CREATE INDEX orders_customer_state_idx ON orders (customer_id, customer_state);';

export const shop: readonly ShopMigration[] = [
  {
    name: '000001_create_customers',
    up: `CREATE TABLE customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    email_domain text GENERATED ALWAYS AS (split_part(email, '@', 2)) STORED
);
CREATE UNIQUE INDEX customers_email_key ON customers (lower(email));`,
    down: 'DROP TABLE customers;',
  },
  {
    name: '000002_create_orders',
    up: `CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers (id),
    total numeric(12, 2) NOT NULL DEFAULT 0,
    CONSTRAINT orders_total_positive CHECK (total >= 0)
);
CREATE FUNCTION orders_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RETURN NEW;
END;
$$;
CREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION orders_touch();
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY orders_of_everyone ON orders FOR SELECT USING (true);`,
    down: 'DROP TABLE orders;\nDROP FUNCTION orders_touch();',
  },
  {
    name: '000003_add_order_status',
    up: `CREATE TYPE order_status AS ENUM ('new', 'paid', 'sent');
ALTER TABLE orders ADD COLUMN status order_status NOT NULL DEFAULT 'new';
CREATE VIEW open_orders AS SELECT id, customer_id FROM orders WHERE status <> 'sent';`,
    down: 'DROP VIEW open_orders;\nALTER TABLE orders DROP COLUMN status;\nDROP TYPE order_status;',
  },
  {
    name: '000004_index_orders',
    up: `-- The support desk lists what is under way by customer.
ALTER TABLE orders ADD COLUMN note text;
${brokenLine}`,
    down: 'DROP INDEX orders_customer_state_idx;\nALTER TABLE orders DROP COLUMN note;',
  },
];
