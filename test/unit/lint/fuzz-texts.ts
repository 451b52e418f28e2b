import type {ToolId} from '../../../src/core/lint/tools/tool.ts';

/** What is there before: relations of every kind, so that rules have something to look at. */
export const historyText = `
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, mail email, feeling mood);
CREATE TABLE orders (id int PRIMARY KEY, user_id bigint REFERENCES users (id), note varchar(20), total numeric(10,2), placed_at timestamp);
CREATE INDEX orders_user ON orders (user_id);
CREATE INDEX orders_note ON orders (note) WHERE note IS NOT NULL;
ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0) NOT VALID;
CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_rest PARTITION OF events DEFAULT;
CREATE VIEW open_orders AS SELECT id, note FROM orders;
CREATE MATERIALIZED VIEW totals AS SELECT user_id, sum(total) FROM orders GROUP BY user_id;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER orders_touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();`;

/** Statements of every kind that a rule looks at. */
export const statements: readonly string[] = [
  'CREATE INDEX orders_total ON orders (total)',
  'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS orders_n ON orders USING hash (note)',
  'DROP INDEX orders_user',
  'REINDEX TABLE orders',
  'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id)',
  'ALTER TABLE orders ADD CONSTRAINT c CHECK (total > 0), ADD COLUMN a int DEFAULT 5 CHECK (a > 0), DROP COLUMN note',
  'ALTER TABLE orders VALIDATE CONSTRAINT total_positive',
  'ALTER TABLE orders ALTER COLUMN note SET NOT NULL, ALTER note TYPE text USING note::text',
  'ALTER TABLE orders ADD COLUMN b uuid NOT NULL DEFAULT gen_random_uuid(), ADD c int GENERATED ALWAYS AS (id + 1) STORED',
  'ALTER TABLE users ADD CONSTRAINT u UNIQUE (name), ADD PRIMARY KEY (id), ADD EXCLUDE USING gist (name WITH =)',
  'ALTER TABLE users RENAME TO people',
  'ALTER TABLE users RENAME COLUMN name TO "Name"',
  'ALTER TABLE users SET SCHEMA app',
  'ALTER TABLE orders SET UNLOGGED, SET (fillfactor = 70), SET TABLESPACE fast',
  'ALTER TABLE orders ENABLE ROW LEVEL SECURITY',
  "ALTER TABLE events ATTACH PARTITION events_2 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
  'ALTER TABLE events DETACH PARTITION events_1',
  "ALTER TYPE mood ADD VALUE 'happy' BEFORE 'ok'",
  "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'",
  'ALTER DOMAIN email ADD CONSTRAINT long CHECK (length(VALUE) > 3)',
  'CREATE TABLE IF NOT EXISTS items (id serial, price money, weight float, at timestamp, code char(3), doc json, name varchar(255))',
  'CREATE TABLE "Größe" (id bigint PRIMARY KEY, order_id int REFERENCES orders ON DELETE CASCADE, UNIQUE (order_id))',
  'CREATE TABLE copy AS SELECT * FROM orders',
  'DROP TABLE orders, users CASCADE',
  'DROP SCHEMA app CASCADE',
  'TRUNCATE orders CASCADE',
  'VACUUM FULL orders',
  'CLUSTER orders USING orders_user',
  'REFRESH MATERIALIZED VIEW totals',
  'CREATE MATERIALIZED VIEW m AS SELECT 1 AS a',
  'CREATE TRIGGER t AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION touch()',
  'DROP TRIGGER orders_touch ON orders',
  "UPDATE orders SET note = 'é🐘' WHERE total IS NULL",
  'DELETE FROM orders',
  "INSERT INTO orders (id, note) VALUES (1, 'a''b'), (2, E'c\\'d')",
  "SET lock_timeout = '2s'",
  'SET LOCAL statement_timeout = 0',
  'SET search_path TO app, public',
  'BEGIN',
  'COMMIT',
  'ROLLBACK',
  'SAVEPOINT a',
  'ANALYZE orders',
  "DO $body$ BEGIN EXECUTE 'DROP TABLE orders'; END $body$",
  'CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER BEGIN ATOMIC SELECT 1; SELECT 2; END',
  'CREATE RULE r AS ON INSERT TO orders DO ALSO (SELECT 1; SELECT 2)',
  'GRANT ALL ON orders TO PUBLIC',
  'CREATE ROLE root SUPERUSER',
  "COMMENT ON TABLE orders IS 'x; y -- z'",
  'CREATE POLICY p ON orders USING (user_id = 1)',
  "SELECT create_hypertable('events', 'at')",
  'LOCK TABLE orders IN EXCLUSIVE MODE',
  'COPY orders (id) FROM stdin',
  'CREATE EXTENSION IF NOT EXISTS pgcrypto',
  'ALTER SEQUENCE orders_id_seq AS bigint',
  'CREATE SCHEMA s CREATE TABLE a (b int) CREATE VIEW v AS SELECT 1',
  'WITH gone AS (DELETE FROM orders RETURNING *) INSERT INTO items SELECT id FROM gone',
  'MERGE INTO orders o USING users u ON o.user_id = u.id WHEN MATCHED THEN DELETE',
];

export const comments: readonly string[] = [
  '-- what it does\n',
  '/* a /* nested */ one */ ',
  '-- howdah-ignore drop-table, type-change: gone\n',
  '-- howdah-ignore-file nothing\n',
  '\r\n\r\n',
  '\\set x 1\n',
  '{{ .Schema }} ',
];

/** What random edits put in. */
export const snippets: readonly string[] = [
  "'",
  '"',
  "''",
  '$$',
  '$a$',
  '/*',
  '*/',
  '--',
  '(',
  ')',
  ';',
  ',',
  '\\',
  '\0',
  '\uFEFF',
  '\uD83D',
  '🐘',
  'é',
  '\r',
  '\n',
  "E'\\",
  'U&"',
  ' BEGIN ATOMIC ',
  ' END ',
  '::',
  '[',
  ']',
  '.',
  ':x',
  '{x}',
  '%s',
  '{% if a %}',
  '-- +goose Down\n',
  '-- migrate:down\n',
  'NOT ',
  ' CASCADE',
  ' CONCURRENTLY ',
  ' IF EXISTS ',
  ' NULL',
  '0',
  '99999999999999999999',
  '"""',
  '`',
  '${',
];

/** What stands around the SQL, by tool. */
export const frames: Readonly<
  Record<ToolId, {readonly path: string; readonly up: string; readonly down: string; readonly end: string}>
> = {
  'golang-migrate': {path: '000002_a.up.sql', up: '', down: '', end: ''},
  'node-pg-migrate': {path: '2_a.sql', up: '-- Up Migration\n', down: '\n-- Down Migration\n', end: ''},
  alembic: {
    path: '2_a.py',
    up: 'from alembic import op\nrevision = "b"\ndef upgrade():\n    op.execute("""',
    down: '""")\n\ndef downgrade():\n    op.execute("""',
    end: '""")\n',
  },
  dbmate: {path: '2_a.sql', up: '-- migrate:up\n', down: '\n-- migrate:down transaction:false\n', end: ''},
  goose: {path: '2_a.sql', up: '-- +goose Up\n', down: '\n-- +goose Down\n', end: ''},
  flyway: {path: 'V2__a.sql', up: '', down: '', end: ''},
  prisma: {path: 'migration.sql', up: '', down: '', end: ''},
  sql: {path: 'a.sql', up: '', down: '', end: ''},
};
