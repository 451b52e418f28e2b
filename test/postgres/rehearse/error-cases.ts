/** What is there before each of the errors. */
export const errorSetup = `
CREATE SCHEMA app;
CREATE TABLE customers (id int PRIMARY KEY, name text);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int, note text, code varchar(10), total int, CONSTRAINT orders_total_check CHECK (total > 0));
CREATE TABLE app."Odd Name" (id int PRIMARY KEY, "My Note" text);
CREATE UNIQUE INDEX orders_code_idx ON orders (code);
CREATE INDEX orders_note_idx ON orders (note);
INSERT INTO customers VALUES (1, 'a'), (2, 'a');
INSERT INTO orders VALUES (1, 99, NULL, 'a', 1), (2, 1, 'x', 'b', 2), (3, 1, 'x', 'c', 3);
INSERT INTO app."Odd Name" VALUES (1, NULL);
CREATE VIEW order_notes AS SELECT id, note FROM orders;
CREATE MATERIALIZED VIEW totals AS SELECT total FROM orders;
CREATE SEQUENCE numbers;
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN positive AS int;
CREATE TABLE moods (mood mood, p positive);
INSERT INTO moods VALUES ('ok', -1);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION one(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE work() LANGUAGE sql AS 'SELECT 1';
CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
CREATE POLICY mine ON orders USING (true);
CREATE TABLE items (id int PRIMARY KEY, order_id int, CONSTRAINT items_order_fk FOREIGN KEY (order_id) REFERENCES orders);
CREATE TABLE events (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_old PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE twice (a int, b int);
INSERT INTO twice VALUES (1, 1), (1, 2)`;

/**
 * Files that PostgreSQL refuses, each with the range that has to be underlined between « and ». Most of these errors
 * come without a position.
 */
export const errorCases: readonly string[] = [
  // What is named is not there.
  'ALTER TABLE «missing» ADD COLUMN a int',
  'ALTER TABLE «app.missing» ADD COLUMN a int',
  'ALTER TABLE «nowhere».t ADD COLUMN a int',
  'ALTER TABLE orders DROP COLUMN «missing»',
  'ALTER TABLE orders ADD COLUMN a int, DROP COLUMN «missing», ADD COLUMN b int',
  'ALTER TABLE orders ALTER COLUMN «missing» SET NOT NULL',
  'ALTER TABLE orders ALTER COLUMN «"Missing"» TYPE text',
  'ALTER TABLE orders RENAME COLUMN «missing» TO b',
  'ALTER TABLE orders DROP CONSTRAINT «missing»',
  'ALTER TABLE orders VALIDATE CONSTRAINT «missing»',
  'ALTER TABLE orders RENAME CONSTRAINT «missing» TO k',
  'ALTER TABLE orders ADD FOREIGN KEY («missing») REFERENCES customers',
  'ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES «missing» (id)',
  'ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers («missing»)',
  'ALTER TABLE orders ADD COLUMN a «missing»',
  'ALTER TABLE orders ADD COLUMN a «app.missing»',
  'ALTER TABLE orders ADD CHECK («missing» > 0)',
  'ALTER TABLE orders ADD PRIMARY KEY («missing»)',
  'ALTER TABLE orders ADD UNIQUE USING INDEX «missing»',
  'ALTER TABLE orders DISABLE TRIGGER «missing»',
  'ALTER TABLE events ATTACH PARTITION «missing» FOR VALUES FROM ($$2022-01-01$$) TO ($$2023-01-01$$)',
  'ALTER TABLE orders OWNER TO «nobody_here»',
  'ALTER TABLE orders SET TABLESPACE «missing»',
  'ALTER INDEX «missing» RENAME TO j',
  'CREATE INDEX ON «missing» (id)',
  'CREATE INDEX ON orders («missing»)',
  'CREATE INDEX ON orders (id, lower(«missing»))',
  'CREATE INDEX ON orders USING «missing» (id)',
  'CREATE VIEW v AS SELECT «missing» FROM orders',
  'CREATE VIEW v AS SELECT * FROM «missing»',
  'CREATE TABLE t (id int, a int REFERENCES «missing»)',
  'CREATE TABLE t (id «missing»)',
  'CREATE TABLE «nowhere».t (id int)',
  'CREATE TABLE t (id int, PRIMARY KEY («missing»))',
  'CREATE TABLE t PARTITION OF «missing» FOR VALUES IN (1)',
  'CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION «missing»()',
  'CREATE TRIGGER t BEFORE UPDATE ON «missing» FOR EACH ROW EXECUTE FUNCTION touch()',
  'CREATE POLICY p ON orders TO «nobody_here»',
  'CREATE EXTENSION «missing»',
  'DROP TABLE customers, «missing»',
  'DROP TABLE app.«"No Such"»',
  'DROP INDEX «missing»',
  'DROP VIEW «missing»',
  'DROP TYPE «missing»',
  'DROP FUNCTION «missing»(int)',
  'DROP FUNCTION «one»(text)',
  'DROP SCHEMA «missing»',
  'DROP EXTENSION «missing»',
  'DROP TRIGGER «missing» ON orders',
  'DROP POLICY «missing» ON orders',
  'DROP SEQUENCE «missing»',
  'GRANT SELECT ON «missing» TO PUBLIC',
  'GRANT SELECT ON orders TO «nobody_here»',
  'COMMENT ON TABLE «missing» IS $$x$$',
  'COMMENT ON COLUMN orders.«missing» IS $$x$$',
  'ALTER TYPE «missing» ADD VALUE $$x$$',
  "ALTER TYPE mood RENAME VALUE «'missing'» TO 'x'",
  "ALTER TYPE mood ADD VALUE 'x' AFTER «'missing'»",
  'ALTER SEQUENCE «missing» RESTART',
  'REFRESH MATERIALIZED VIEW «missing»',
  'TRUNCATE orders, «missing»',
  '«LOCK TABLE missing»',
  'SELECT «missing»()',
  "SELECT nextval(«'missing'»)",
  'CALL «missing»()',
  // What is made is there already.
  'CREATE TABLE «orders» (id int)',
  'CREATE TABLE app.«"Odd Name"» (id int)',
  'ALTER TABLE orders ADD COLUMN «note» text',
  'ALTER TABLE orders RENAME COLUMN code TO «note»',
  'ALTER TABLE orders RENAME TO «customers»',
  'ALTER TABLE orders ADD CONSTRAINT «orders_total_check» CHECK (id > 0)',
  'ALTER TABLE orders ADD CONSTRAINT «orders_code_idx» UNIQUE (note, id)',
  'CREATE INDEX «orders_note_idx» ON orders (id)',
  'CREATE VIEW «order_notes» AS SELECT 1',
  'CREATE SCHEMA «app»',
  "CREATE TYPE «mood» AS ENUM ('x')",
  'CREATE DOMAIN «positive» AS int',
  'CREATE SEQUENCE «numbers»',
  "CREATE FUNCTION «one»(int) RETURNS int LANGUAGE sql AS 'SELECT 2'",
  'CREATE TRIGGER «touched» BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch()',
  'CREATE POLICY «mine» ON orders USING (true)',
  "ALTER TYPE mood ADD VALUE «'ok'»",
  'CREATE TABLE t (a int, «a» text)',
  'ALTER TABLE orders ADD «PRIMARY KEY» (code)',
  // Something depends on it.
  'DROP TABLE «orders»',
  'DROP TABLE items, «orders»',
  'ALTER TABLE orders DROP COLUMN «note»',
  'DROP TYPE «mood»',
  'DROP DOMAIN «positive»',
  'DROP FUNCTION «touch»()',
  'DROP INDEX «orders_pkey»',
  'ALTER TABLE orders DROP CONSTRAINT «orders_pkey»',
  'ALTER TABLE orders ALTER COLUMN «note» TYPE varchar(5)',
  'DROP VIEW «orders»',
  // The rows do not allow it.
  'ALTER TABLE orders ALTER COLUMN «note» SET NOT NULL',
  'ALTER TABLE orders ADD COLUMN a int, ALTER COLUMN «note» SET NOT NULL',
  'ALTER TABLE app."Odd Name" ALTER COLUMN «"My Note"» SET NOT NULL',
  'ALTER TABLE orders ADD COLUMN a int «NOT NULL»',
  'ALTER TABLE orders ADD CONSTRAINT «k» CHECK (id < 3)',
  'ALTER TABLE orders ADD «CHECK» (id < 3)',
  'ALTER TABLE orders ADD CONSTRAINT «k» FOREIGN KEY (customer_id) REFERENCES customers',
  'ALTER TABLE orders ADD «FOREIGN KEY» (customer_id) REFERENCES customers',
  'ALTER TABLE twice ADD CONSTRAINT «u» UNIQUE (a)',
  'ALTER TABLE twice ADD «UNIQUE» (a)',
  'ALTER TABLE twice ADD «PRIMARY KEY» (a)',
  'CREATE UNIQUE INDEX «u» ON twice (a)',
  'CREATE UNIQUE INDEX ON twice («a»)',
  'ALTER DOMAIN positive ADD CONSTRAINT «k» CHECK (VALUE > 0)',
  'INSERT INTO «orders» (id) VALUES (1)',
  'INSERT INTO «orders» (id, total) VALUES (9, -1)',
  'UPDATE orders SET «id» = NULL',
  // Types.
  'ALTER TABLE orders ALTER COLUMN «note» TYPE int',
  "ALTER TABLE orders ADD COLUMN a int DEFAULT «'x'»",
  'ALTER TABLE orders ADD CONSTRAINT «k» FOREIGN KEY (note) REFERENCES customers',
  'CREATE INDEX ON orders USING «gin» (note)',
  'ALTER TABLE orders ALTER note SET DEFAULT «missing»()',
  'CREATE TABLE t (id int) INHERITS (order«s»',
  // Behind other statements and characters outside of ASCII.
  'ALTER TABLE orders ADD COLUMN a int;\nALTER TABLE orders DROP COLUMN «missing»;',
  "COMMENT ON TABLE orders IS '😀 ü';\r\n-- 😀\r\nCREATE INDEX ON orders («missing»);",
  "COMMENT ON TABLE orders IS '😀 ü';\n/* missing */ DROP INDEX «missing»;",
  'ALTER TABLE orders RENAME TO note;\nALTER TABLE note ADD COLUMN «note» int',
  'CREATE TABLE missing (id int);\nALTER TABLE missing DROP COLUMN «missing»',
  // Code.
  'DO $$ BEGIN\n  ALTER TABLE «missing» ADD a int;\nEND $$',
  'DO $$ BEGIN\n  PERFORM 1;\n  SELECT «missing» FROM orders;\nEND $$',
  'DO $$ BEGIN\n  ALTER TABLE orders DROP COLUMN «missing»;\nEND $$',
  "DO $$ BEGIN\n  PERFORM 1;\n  «RAISE EXCEPTION 'no';»\nEND $$",
  "DO $$ BEGIN\n  «EXECUTE 'ALTER TABLE missing ADD a int';»\nEND $$",
  'DO $$ BEGIN\n  «PERFORM 1 / 0;»\nEND $$',
  'DO $$ BEGIN «IFF» true THEN END IF; END $$',
  'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT «missing» $$',
  'CREATE FUNCTION f() RETURNS int LANGUAGE «missing» AS $$ x $$',
];
