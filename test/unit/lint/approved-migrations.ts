import type {ExampleWorld} from '../../../src/core/lint/rule.ts';

/** A migration that passes review, and what it stands on. */
export interface Approved extends ExampleWorld {
  readonly name: string;
  readonly sql: string;
}

const shop = `
CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, email text NOT NULL UNIQUE);
CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers (id), note text, state text NOT NULL DEFAULT 'new',
  total numeric(10, 2) NOT NULL, code varchar(20), created_at timestamptz NOT NULL DEFAULT now());
CREATE INDEX orders_customer_id_idx ON orders (customer_id);
CREATE INDEX orders_state_idx ON orders (state);
CREATE TABLE events (id bigint NOT NULL, at timestamptz NOT NULL, body jsonb, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE VIEW open_orders AS SELECT id, note FROM orders WHERE state = 'new';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.created_at := now(); RETURN NEW; END $$;
CREATE TYPE mood AS ENUM ('sad', 'ok');`;

const timeout = "SET LOCAL lock_timeout = '5s';\n";

export const approved: readonly Approved[] = [
  {
    name: 'a new table with all that belongs to it',
    history: shop,
    sql: `${timeout}CREATE TABLE invoices (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  number text NOT NULL,
  amount numeric(12, 2) NOT NULL CHECK (amount >= 0),
  paid_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT invoices_number_key UNIQUE (number)
);
CREATE INDEX invoices_order_id_idx ON invoices (order_id);
COMMENT ON TABLE invoices IS 'What customers owe';
INSERT INTO invoices (order_id, number, amount) VALUES (1, 'A1', 10);`,
    counterpart: 'DROP TABLE invoices;',
  },
  {
    name: 'a column that may be NULL',
    history: shop,
    sql: `${timeout}ALTER TABLE orders ADD COLUMN shipped_at timestamptz;`,
    counterpart: `${timeout}ALTER TABLE orders DROP COLUMN shipped_at;`,
  },
  {
    name: 'a column with a constant default',
    history: shop,
    sql: `${timeout}ALTER TABLE orders ADD COLUMN priority integer NOT NULL DEFAULT 0;`,
    counterpart: `${timeout}ALTER TABLE orders DROP COLUMN priority;`,
  },
  {
    name: 'an index built concurrently',
    history: shop,
    transaction: 'none',
    sql: 'CREATE INDEX CONCURRENTLY orders_created_at_idx ON orders (created_at);',
    counterpart: 'DROP INDEX CONCURRENTLY orders_created_at_idx;',
  },
  {
    name: 'an index dropped concurrently',
    history: shop,
    transaction: 'none',
    sql: 'DROP INDEX CONCURRENTLY IF EXISTS orders_state_idx;',
    counterpart: 'CREATE INDEX CONCURRENTLY orders_state_idx ON orders (state);',
  },
  {
    name: 'a foreign key that is validated later',
    history: `${shop} ALTER TABLE orders ADD COLUMN referrer_id bigint; CREATE INDEX orders_referrer_id_idx ON orders (referrer_id);`,
    sql: `${timeout}ALTER TABLE orders ADD CONSTRAINT orders_referrer_fk FOREIGN KEY (referrer_id) REFERENCES customers (id) NOT VALID;`,
    counterpart: `${timeout}ALTER TABLE orders DROP CONSTRAINT orders_referrer_fk;`,
  },
  {
    name: 'its validation',
    history: `${shop} ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total > 0) NOT VALID;`,
    sql: 'ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check;',
    counterpart: '',
  },
  {
    name: 'NOT NULL by way of a CHECK',
    history: `${shop} ALTER TABLE orders ADD CONSTRAINT orders_note_there CHECK (note IS NOT NULL);`,
    sql: `${timeout}ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
ALTER TABLE orders DROP CONSTRAINT orders_note_there;`,
    counterpart: `${timeout}ALTER TABLE orders ADD CONSTRAINT orders_note_there CHECK (note IS NOT NULL) NOT VALID;
ALTER TABLE orders ALTER COLUMN note DROP NOT NULL;`,
  },
  {
    name: 'a check without looking at the rows',
    history: shop,
    sql: `${timeout}ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total > 0) NOT VALID;`,
    counterpart: `${timeout}ALTER TABLE orders DROP CONSTRAINT orders_total_check;`,
  },
  {
    name: 'a unique constraint from an index',
    history: `${shop} CREATE UNIQUE INDEX CONCURRENTLY orders_code_key ON orders (code);`,
    sql: `${timeout}ALTER TABLE orders ADD CONSTRAINT orders_code_key UNIQUE USING INDEX orders_code_key;`,
  },
  {
    name: 'a longer varchar',
    history: shop,
    sql: `${timeout}ALTER TABLE orders ALTER COLUMN code TYPE varchar(40);`,
  },
  {
    name: 'another default',
    history: shop,
    sql: `${timeout}ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'open';`,
    counterpart: `${timeout}ALTER TABLE orders ALTER COLUMN state SET DEFAULT 'new';`,
  },
  {
    name: 'a view made anew',
    history: shop,
    sql: "CREATE OR REPLACE VIEW open_orders AS SELECT id, note FROM orders WHERE state IN ('new', 'open');",
    counterpart: "CREATE OR REPLACE VIEW open_orders AS SELECT id, note FROM orders WHERE state = 'new';",
  },
  {
    name: 'a new function',
    history: shop,
    sql: `CREATE OR REPLACE FUNCTION total_of(customer bigint) RETURNS numeric LANGUAGE sql STABLE AS $$
  SELECT sum(total) FROM orders WHERE customer_id = customer
$$;`,
    counterpart: 'DROP FUNCTION total_of(bigint);',
  },
  {
    name: 'a function that runs as its owner, with its search_path',
    history: shop,
    sql: `CREATE FUNCTION secret() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'SELECT 1';
REVOKE ALL ON FUNCTION secret() FROM PUBLIC;`,
    counterpart: 'DROP FUNCTION secret();',
  },
  {
    name: 'a new enum value alone',
    history: shop,
    sql: "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'happy';",
  },
  {
    name: 'a new enum and a column of it',
    history: shop,
    sql: `${timeout}CREATE TYPE channel AS ENUM ('web', 'shop');
ALTER TABLE orders ADD COLUMN channel channel;`,
    counterpart: `${timeout}ALTER TABLE orders DROP COLUMN channel;\nDROP TYPE channel;`,
  },
  {
    name: 'a partition for the next year',
    history: shop,
    sql: `${timeout}CREATE TABLE events_2025 (LIKE events INCLUDING ALL);
ALTER TABLE events ATTACH PARTITION events_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');`,
  },
  {
    name: 'a materialized view without data, and its index',
    history: shop,
    sql: `CREATE MATERIALIZED VIEW totals AS SELECT customer_id, sum(total) AS total FROM orders GROUP BY 1 WITH NO DATA;
CREATE UNIQUE INDEX totals_customer_id_idx ON totals (customer_id);`,
    counterpart: 'DROP MATERIALIZED VIEW totals;',
  },
  {
    name: 'a refresh that readers do not notice',
    history: `${shop} CREATE MATERIALIZED VIEW totals AS SELECT customer_id FROM orders; CREATE UNIQUE INDEX t ON totals (customer_id);`,
    transaction: 'none',
    sql: 'REFRESH MATERIALIZED VIEW CONCURRENTLY totals;',
  },
  {
    name: 'row security with its policy',
    history: shop,
    sql: `${timeout}CREATE TABLE secrets (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, owner name NOT NULL DEFAULT current_user);
ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON secrets USING (owner = current_user);
GRANT SELECT, INSERT ON secrets TO app_user;`,
    counterpart: 'DROP TABLE secrets;',
  },
  {
    name: 'a few rows of a lookup table',
    history: `${shop} CREATE TABLE states (name text PRIMARY KEY);`,
    sql: "INSERT INTO states (name) VALUES ('new'), ('open'), ('done') ON CONFLICT (name) DO NOTHING;",
    counterpart: "DELETE FROM states WHERE name IN ('new', 'open', 'done');",
  },
  {
    name: 'one row changed by its key',
    history: shop,
    sql: "UPDATE customers SET name = 'Ada' WHERE id = 1;",
  },
  {
    name: 'an extension',
    sql: 'CREATE EXTENSION IF NOT EXISTS pg_trgm;',
    counterpart: 'DROP EXTENSION IF EXISTS pg_trgm;',
  },
  {
    name: 'a schema with its table',
    sql: `CREATE SCHEMA billing;
CREATE TABLE billing.accounts (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL);`,
    counterpart: 'DROP TABLE billing.accounts;\nDROP SCHEMA billing;',
  },
  {
    name: 'more statistics',
    history: shop,
    sql: `${timeout}ALTER TABLE orders ALTER COLUMN state SET STATISTICS 500;
CREATE STATISTICS orders_state_customer ON state, customer_id FROM orders;`,
    counterpart: `${timeout}DROP STATISTICS orders_state_customer;\nALTER TABLE orders ALTER COLUMN state SET STATISTICS -1;`,
  },
  {
    name: 'a join table',
    history: shop,
    sql: `${timeout}CREATE TABLE order_tags (
  order_id bigint NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
  tag text NOT NULL,
  PRIMARY KEY (order_id, tag)
);`,
    counterpart: 'DROP TABLE order_tags;',
  },
  {
    name: 'settings of vacuum for one table',
    history: shop,
    sql: `${timeout}ALTER TABLE orders SET (autovacuum_vacuum_scale_factor = 0.02);`,
    counterpart: `${timeout}ALTER TABLE orders RESET (autovacuum_vacuum_scale_factor);`,
  },
  {
    name: 'changes of a table that is empty on the target',
    history: shop,
    rows: {orders: 0, customers: 0},
    sql: 'ALTER TABLE orders ALTER COLUMN note SET NOT NULL;\nCREATE INDEX orders_note_idx ON orders (note);',
    counterpart: 'DROP INDEX orders_note_idx;\nALTER TABLE orders ALTER COLUMN note DROP NOT NULL;',
  },
];
