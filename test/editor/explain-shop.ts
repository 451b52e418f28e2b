import type {TestDatabase} from '../rig/databases.ts';

/**
 * A shop large enough for a plan to have something to say, and small enough to be filled in a second. Nothing else than
 * a test reads `ledger`; `events` was never analysed, and `clicks` never vacuumed.
 */
const setup = `
CREATE TABLE customers (id int PRIMARY KEY, email text NOT NULL);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL, status text NOT NULL, total int NOT NULL);
CREATE TABLE visits (at timestamptz DEFAULT clock_timestamp());
CREATE FUNCTION count_visit() RETURNS bigint LANGUAGE sql AS $$
  INSERT INTO visits DEFAULT VALUES; SELECT count(*) FROM visits; $$;
INSERT INTO customers SELECT i, 'customer' || i || '@example.com' FROM generate_series(1, 1000) AS i;
INSERT INTO orders SELECT i, i % 1000 + 1, CASE WHEN i % 50 = 0 THEN 'open' ELSE 'sent' END, i % 500
  FROM generate_series(1, 100000) AS i;
CREATE TABLE ledger (amount int);
CREATE TABLE events (kind text NOT NULL) WITH (autovacuum_enabled = false);
INSERT INTO events SELECT 'seen' FROM generate_series(1, 100000);
CREATE TABLE clicks (id int PRIMARY KEY, page text NOT NULL) WITH (autovacuum_enabled = false);
INSERT INTO clicks SELECT i, repeat('x', 200) FROM generate_series(1, 200000) AS i;
`;

export async function fillShop(database: TestDatabase): Promise<void> {
  await database.sql(setup);
  await database.sql('VACUUM (ANALYZE) customers, orders');
  await database.sql('ANALYZE clicks');
}

/** Each in a file of its own, so that its lens is the first one in sight. */
export const statements = {
  'join.sql': `-- Open orders with their customers.
SELECT o.id, c.email
FROM orders AS o
JOIN customers AS c ON c.id = o.customer_id
WHERE o.status = 'open'
ORDER BY o.total DESC;
`,
  'lookup.sql': 'SELECT id, total FROM orders WHERE customer_id = 7;\n',
  'ledger.sql': 'SELECT amount FROM ledger;\n',
  'events.sql': "SELECT kind FROM events WHERE kind = 'seen';\n",
  'clicks.sql': 'SELECT id FROM clicks WHERE id < 120000;\n',
  'delete.sql': 'DELETE FROM orders WHERE total < 10;\n',
  'visit.sql': 'SELECT count_visit();\n',
  'sleep.sql': 'SELECT pg_sleep(600);\n',
  'wait.sql': 'SELECT pg_sleep(:seconds);\n',
  'values.sql': 'SELECT * FROM orders WHERE customer_id = :customer AND status = :status;\n',
  'broken.sql': 'SELECT 1;\n\nSELECT * FROM orders WHERE total >;\n\nSELECT 2;\n',
  'missing.sql': 'SELECT id,\n  no_such_column\nFROM orders;\n',
  'shop.py': 'rows = db.execute("SELECT id FROM orders WHERE total > %s", [400])\n',
  'notes.sql': 'Nothing here is a plan.\n',
} as const;
