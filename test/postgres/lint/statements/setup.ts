/** What the statements need beside the objects of `lockSetup`. */
export const statementSetup = `
CREATE TABLE parent (id int, note text);
CREATE TABLE child (more text) INHERITS (parent);
CREATE TYPE pair AS (x int, y int);
CREATE TABLE pairs OF pair;
CREATE TABLE accounts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL, n int,
  twice int GENERATED ALWAYS AS (n * 2) STORED, CONSTRAINT accounts_email_key UNIQUE (email));
CREATE TABLE bookings (id int, during tsrange);
CREATE UNLOGGED TABLE notes (id int, body text);
CREATE TABLE heavy (id int PRIMARY KEY, body text);
CREATE TABLE slots (id serial, n int);
CREATE INDEX events_n_idx ON ONLY events (id);
CREATE INDEX events_old_n_idx ON events_old (id);
CREATE STATISTICS orders_stat ON id, note FROM orders;
CREATE RULE no_delete AS ON DELETE TO lone DO INSTEAD NOTHING;
CREATE FUNCTION add_one(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 1';
CREATE PROCEDURE tidy() LANGUAGE sql AS 'DELETE FROM items';
CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int);
CREATE FUNCTION on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE FOREIGN DATA WRAPPER far;
CREATE SERVER far_away FOREIGN DATA WRAPPER far;
CREATE FOREIGN TABLE far_orders (id int, note text) SERVER far_away;
CREATE PUBLICATION feed FOR TABLE items;
CREATE COLLATION plain FROM "C";
CREATE TEXT SEARCH CONFIGURATION own (COPY = simple);
CREATE VIEW recent WITH (security_barrier) AS SELECT id, body FROM heavy WHERE id > 10;
CREATE TYPE span AS RANGE (SUBTYPE = int);
INSERT INTO accounts (email, n) SELECT g, g FROM generate_series(1, 100) AS g;
INSERT INTO heavy SELECT g, 'b' FROM generate_series(1, 100) AS g;
INSERT INTO quiet SELECT g FROM generate_series(1, 100) AS g`;
