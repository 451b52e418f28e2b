/** Every test begins with these, and with 100 rows in `orders` and `customers`. */
export const lockSetup = `
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TABLE customers (id int PRIMARY KEY, name text);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int, note text, total numeric(8, 2), code varchar(10), at timestamp,
  title text, weight numeric(8, 2), big int);
CREATE TABLE items (id int PRIMARY KEY, order_id int, CONSTRAINT items_order_fk FOREIGN KEY (order_id) REFERENCES orders);
CREATE INDEX orders_at_idx ON orders (at);
CREATE UNIQUE INDEX orders_code_idx ON orders (code);
ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total > 0) NOT VALID;
ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
CREATE TABLE checked (id int PRIMARY KEY, a int, CONSTRAINT checked_a CHECK (a IS NOT NULL));
CREATE TABLE events (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_old PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE events_rest PARTITION OF events DEFAULT;
CREATE TABLE events_new (id int, at date NOT NULL);
CREATE VIEW order_notes AS SELECT id, note FROM orders;
CREATE MATERIALIZED VIEW totals AS SELECT id, total FROM orders;
CREATE UNIQUE INDEX totals_id_idx ON totals (id);
CREATE SEQUENCE numbers;
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN positive AS int;
CREATE TABLE moods (id int PRIMARY KEY, mood mood, p positive);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
CREATE POLICY mine ON orders USING (true);
CREATE SCHEMA other;
CREATE TABLE quiet (id int);
CREATE TABLE lone (id int PRIMARY KEY, a int);
CREATE INDEX lone_a_idx ON lone (a);
CREATE TABLE days (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE days_old PARTITION OF days FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE INDEX days_id_idx ON days (id);
INSERT INTO customers SELECT g, 'c' FROM generate_series(1, 100) AS g;
INSERT INTO orders SELECT g, g, 'n', g, g, now() FROM generate_series(1, 100) AS g;
INSERT INTO checked SELECT g, g FROM generate_series(1, 100) AS g;
REFRESH MATERIALIZED VIEW totals`;

/**
 * Statements, and what each does to what is there before it: the mode of each lock (AS, RS, RX, SUE, S, SRE, X, AE), tables
 * written anew, tables read from end to end. `alone` runs outside of transactions only.
 */
export const lockCases: readonly (readonly [
  sql: string,
  seen: string,
  /** The first version with the statement, or with that lock. */
  since?: {readonly from: number; readonly before?: string},
])[] = [
  ['CREATE INDEX i ON orders (customer_id)', 'S orders; scans orders'],
  ['CREATE UNIQUE INDEX i ON orders (id, code)', 'S orders; scans orders'],
  ['CREATE INDEX i ON orders USING gin (note gin_trgm_ops)', 'S orders; scans orders'],
  ['CREATE INDEX i ON events (id)', 'S events, S events_old, S events_rest; scans events_old, events_rest'],
  ['DROP INDEX orders_at_idx', 'AE orders, AE orders_at_idx'],
  ['REINDEX INDEX orders_at_idx', 'AE orders_at_idx, S orders; rewrites orders_at_idx; scans orders'],
  [
    'REINDEX TABLE orders',
    'AE orders_at_idx, AE orders_code_idx, AE orders_pkey, S orders; rewrites orders_at_idx, orders_code_idx, orders_pkey; scans orders',
  ],
  ['ALTER INDEX orders_at_idx RENAME TO j', 'SUE orders_at_idx'],
  ['ALTER INDEX orders_at_idx SET (fillfactor = 80)', 'SUE orders_at_idx'],
  [
    'ALTER TABLE items ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES customers',
    'SRE customers, SRE items; scans items',
  ],
  [
    'ALTER TABLE items ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES customers NOT VALID',
    'SRE customers, SRE items',
  ],
  [
    'ALTER TABLE orders VALIDATE CONSTRAINT orders_customer_fk',
    'RS customers, SUE orders; scans customers, orders',
  ],
  ['ALTER TABLE items DROP CONSTRAINT items_order_fk', 'AE items, AE orders'],
  ['ALTER TABLE orders ADD CONSTRAINT k CHECK (id > 0)', 'AE orders; scans orders'],
  ['ALTER TABLE orders ADD CONSTRAINT k CHECK (id > 0) NOT VALID', 'AE orders'],
  ['ALTER TABLE orders VALIDATE CONSTRAINT orders_total_check', 'SUE orders; scans orders'],
  ['ALTER TABLE orders DROP CONSTRAINT orders_total_check', 'AE orders'],
  ['ALTER TABLE orders ADD COLUMN n int CHECK (n > 0)', 'AE orders; scans orders'],
  ['ALTER TABLE orders ALTER note SET NOT NULL', 'AE orders; scans orders'],
  ['ALTER TABLE checked ALTER a SET NOT NULL', 'AE checked'],
  ['ALTER TABLE orders ALTER note DROP NOT NULL', 'AE orders'],
  ['ALTER TABLE orders ADD COLUMN n int', 'AE orders'],
  ['ALTER TABLE orders ADD COLUMN n int DEFAULT 7', 'AE orders'],
  ['ALTER TABLE orders ADD COLUMN n int NOT NULL DEFAULT 7', 'AE orders'],
  ['ALTER TABLE orders ADD COLUMN n timestamptz DEFAULT now()', 'AE orders'],
  [
    'ALTER TABLE orders ADD COLUMN n float DEFAULT random()',
    'AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey; rewrites orders; scans orders',
  ],
  [
    'ALTER TABLE orders ADD COLUMN n serial',
    'AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey; rewrites orders; scans orders',
  ],
  [
    'ALTER TABLE orders ADD COLUMN n int GENERATED ALWAYS AS IDENTITY',
    'AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey; rewrites orders; scans orders',
  ],
  [
    'ALTER TABLE orders ADD COLUMN n int GENERATED ALWAYS AS (id * 2) STORED',
    'AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey; rewrites orders; scans orders',
  ],
  ['ALTER TABLE orders ADD COLUMN n positive', 'AE orders'],
  ["ALTER TABLE orders ALTER note SET DEFAULT 'x'", 'AE orders'],
  ['ALTER TABLE orders ALTER note DROP DEFAULT', 'AE orders'],
  ['ALTER TABLE orders ALTER note SET STATISTICS 500', 'SUE orders'],
  ['ALTER TABLE orders ALTER note SET STORAGE EXTERNAL', 'AE orders'],
  [
    'ALTER TABLE orders ALTER big TYPE bigint',
    'AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey; rewrites orders; scans orders',
  ],
  ['ALTER TABLE orders ALTER code TYPE varchar(20)', 'AE orders, AE orders_code_idx'],
  [
    'ALTER TABLE orders ALTER code TYPE varchar(5)',
    'AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey; rewrites orders; scans orders',
  ],
  ['ALTER TABLE orders ALTER code TYPE text', 'AE orders, AE orders_code_idx'],
  [
    'ALTER TABLE orders ALTER title TYPE varchar(100)',
    'AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey; rewrites orders; scans orders',
  ],
  ['ALTER TABLE orders ALTER weight TYPE numeric(10, 2)', 'AE orders'],
  [
    'ALTER TABLE orders ALTER weight TYPE numeric(10, 3)',
    'AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey; rewrites orders; scans orders',
  ],
  ['ALTER TABLE orders ALTER at TYPE timestamptz', 'AE orders, AE orders_at_idx; scans orders'],
  [
    'ALTER TABLE orders ALTER at TYPE date',
    'AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey; rewrites orders; scans orders',
  ],
  ['ALTER TABLE quiet ADD PRIMARY KEY (id)', 'AE quiet; scans quiet'],
  ['ALTER TABLE orders ADD CONSTRAINT u UNIQUE (note, id)', 'AE orders; scans orders'],
  [
    'ALTER TABLE orders ADD CONSTRAINT u UNIQUE USING INDEX orders_code_idx',
    'AE orders, SUE orders_code_idx',
  ],
  ['ALTER TABLE orders ADD CONSTRAINT x EXCLUDE USING btree (id WITH =)', 'AE orders; scans orders'],
  ['ALTER TABLE orders RENAME TO orders2', 'AE orders'],
  ['ALTER TABLE orders RENAME note TO note2', 'AE orders'],
  ['ALTER TABLE orders RENAME CONSTRAINT orders_total_check TO k', 'AE orders'],
  ['ALTER TABLE orders SET SCHEMA other', 'AE orders'],
  ['ALTER SCHEMA other RENAME TO other2', 'nothing'],
  ['ALTER TABLE orders DROP COLUMN note CASCADE', 'AE order_notes, AE orders'],
  ['ALTER TABLE orders DROP COLUMN at', 'AE orders, AE orders_at_idx'],
  [
    'DROP TABLE orders CASCADE',
    'AE customers, AE items, AE order_notes, AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey, AE totals, AE totals_id_idx',
  ],
  ['DROP TABLE items', 'AE items, AE items_pkey, AE orders'],
  [
    'TRUNCATE customers, orders, items',
    'AE customers, AE customers_pkey, AE items, AE items_pkey, AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey',
  ],
  [
    'TRUNCATE orders CASCADE',
    'AE items, AE items_pkey, AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey',
  ],
  [
    'CLUSTER orders USING orders_at_idx',
    'AE orders, AE orders_at_idx, AE orders_code_idx, AE orders_pkey; rewrites orders; scans orders',
  ],
  ['ANALYZE orders', 'SUE orders'],
  ['ALTER TABLE quiet SET UNLOGGED', 'AE quiet; rewrites quiet; scans quiet'],
  ['ALTER TABLE orders SET (fillfactor = 80)', 'SUE orders'],
  ['ALTER TABLE orders SET (autovacuum_enabled = false)', 'SUE orders'],
  ['ALTER TABLE orders SET TABLESPACE pg_default', 'AE orders'],
  ['ALTER TABLE orders CLUSTER ON orders_at_idx', 'SUE orders, SUE orders_at_idx'],
  ['ALTER TABLE orders REPLICA IDENTITY FULL', 'AE orders'],
  [
    'REFRESH MATERIALIZED VIEW totals',
    'AE totals, AE totals_id_idx, AS orders; rewrites totals; scans orders, totals',
  ],
  ['REFRESH MATERIALIZED VIEW CONCURRENTLY totals', 'AS orders, X totals; scans orders, totals'],
  ['CREATE MATERIALIZED VIEW m AS SELECT * FROM orders', 'AS orders; scans orders'],
  ['CREATE TABLE copied AS SELECT * FROM orders', 'AS orders; scans orders'],
  ['CREATE TABLE f (id int REFERENCES orders)', 'SRE orders'],
  [
    "ALTER TABLE events ATTACH PARTITION events_new FOR VALUES FROM ('2022-01-01') TO ('2023-01-01')",
    'AE events_new, AE events_rest, SUE events; scans events_new, events_rest',
  ],
  [
    "CREATE TABLE events_23 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01')",
    'AE events, AE events_rest; scans events_rest',
  ],
  ['ALTER TABLE events DETACH PARTITION events_old', 'AE events, AE events_old, AE events_rest'],
  ['DROP TABLE events_old', 'AE events, AE events_old, AE events_rest'],
  ['CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()', 'SRE orders'],
  ['DROP TRIGGER touched ON orders', 'AE orders'],
  ['ALTER TABLE orders DISABLE TRIGGER touched', 'SRE orders'],
  ['CREATE RULE r AS ON DELETE TO orders DO INSTEAD NOTHING', 'AE orders'],
  ["ALTER TYPE mood ADD VALUE 'good'", 'nothing'],
  ["ALTER TYPE mood RENAME VALUE 'sad' TO 'down'", 'nothing'],
  ['ALTER DOMAIN positive ADD CONSTRAINT k CHECK (VALUE > 0)', 'S moods; scans moods'],
  ['ALTER DOMAIN positive ADD CONSTRAINT k CHECK (VALUE > 0) NOT VALID', 'nothing'],
  ['ALTER TABLE orders ENABLE ROW LEVEL SECURITY', 'AE orders'],
  ['CREATE POLICY p ON orders USING (true)', 'AE orders'],
  ['DROP POLICY mine ON orders', 'AE orders'],
  ['ALTER VIEW order_notes RENAME TO v2', 'AE order_notes'],
  [
    'CREATE OR REPLACE VIEW order_notes AS SELECT id, note FROM orders WHERE id > 0',
    'AE order_notes, AS orders',
  ],
  ['DROP VIEW order_notes', 'AE order_notes'],
  ['ALTER SEQUENCE numbers RESTART', 'SRE numbers'],
  ["COMMENT ON TABLE orders IS 'x'", 'SUE orders'],
  ["COMMENT ON COLUMN orders.note IS 'x'", 'SUE orders'],
  ['GRANT SELECT ON orders TO PUBLIC', 'AS orders', {from: 18, before: 'nothing'}],
  ['CREATE STATISTICS s ON id, note FROM orders', 'SUE orders'],
  ['ALTER TABLE orders OWNER TO CURRENT_USER', 'AE orders'],
  ['ALTER TABLE items INHERIT quiet', 'AE items, SUE quiet'],
  ['LOCK TABLE orders IN SHARE MODE', 'S orders'],
  ['INSERT INTO orders (id) VALUES (101)', 'RX orders'],
  ["UPDATE orders SET note = 'm'", 'RX orders; scans orders'],
  ['DELETE FROM items', 'RX items; scans items'],
  ['SELECT count(*) FROM orders', 'AS orders; scans orders'],
  ['SELECT * FROM orders FOR UPDATE', 'RS orders; scans orders'],
  ['CREATE PUBLICATION pub FOR TABLE orders', 'SUE orders'],
  ['ALTER TABLE orders ADD COLUMN n int UNIQUE', 'AE orders; scans orders'],
  ['ALTER TABLE orders ADD COLUMN n int REFERENCES customers', 'AE orders, SRE customers'],
  ['ALTER TABLE orders ADD COLUMN n int GENERATED ALWAYS AS (id * 2) VIRTUAL', 'AE orders', {from: 18}],
  ['ALTER TABLE orders ADD CONSTRAINT nn NOT NULL note NOT VALID', 'AE orders', {from: 18}],
  [
    'MERGE INTO orders o USING customers c ON o.id = c.id WHEN MATCHED THEN UPDATE SET note = c.name',
    'AS customers, RX orders; scans customers, orders',
    {from: 15},
  ],
  ['DO $$ BEGIN ALTER TABLE orders ALTER note SET NOT NULL; END $$', 'AE orders; scans orders'],
  [
    'DO $$ BEGIN TRUNCATE items; ALTER TABLE lone ALTER a SET NOT NULL; END $$',
    'AE items, AE items_pkey, AE lone; scans lone',
  ],
  [
    'DO $$ BEGIN ALTER TABLE lone ADD COLUMN n float DEFAULT random(); END $$',
    'AE lone, AE lone_a_idx, AE lone_pkey; rewrites lone; scans lone',
  ],
  ['CREATE INDEX CONCURRENTLY c ON lone (id, a)', 'alone: SUE lone; scans lone'],
  ['REINDEX INDEX CONCURRENTLY lone_a_idx', 'alone: SUE lone; scans lone'],
  ['REINDEX TABLE CONCURRENTLY lone', 'alone: SUE lone; scans lone'],
  ['REINDEX TABLE days', 'alone: S days, S days_old; rewrites days_old_id_idx; scans days_old'],
  ['VACUUM lone', 'alone: SUE lone; scans lone'],
  ['VACUUM FULL lone', 'alone: AE lone; rewrites lone; scans lone'],
  ['ALTER TABLE days DETACH PARTITION days_old CONCURRENTLY', 'alone: AE days_old, SUE days'],
  ['DROP INDEX CONCURRENTLY lone_a_idx', 'alone: SUE lone'],
];
