import type {Major} from '../../../rig/servers.ts';

/** Small enough for five servers within seconds, large enough to spill with little memory. */
const tables = `
  CREATE TABLE customers (
    id int PRIMARY KEY, name text NOT NULL, country text NOT NULL, credit numeric NOT NULL
  );
  INSERT INTO customers
    SELECT n, 'Customer ' || n, (ARRAY['AT', 'BR', 'CA', 'DE', 'EG'])[n % 5 + 1], n * 7 % 1000
    FROM generate_series(1, 1000) n;

  CREATE TABLE orders (
    id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers, status text NOT NULL,
    total numeric NOT NULL, placed date NOT NULL
  );
  INSERT INTO orders
    SELECT n, n * 31 % 900 + 1, (ARRAY['new', 'paid', 'sent', 'lost'])[CASE WHEN n % 50 = 0 THEN 4 ELSE n % 3 + 1 END],
      n * 13 % 5000 / 10.0, date '2024-01-01' + n % 700
    FROM generate_series(1, 12000) n;
  CREATE INDEX orders_customer ON orders (customer_id);
  CREATE INDEX orders_status ON orders (status);
  CREATE INDEX orders_placed ON orders (placed);

  CREATE TABLE items (
    id int PRIMARY KEY, order_id int NOT NULL REFERENCES orders ON DELETE CASCADE, amount int NOT NULL, filler text NOT NULL
  );
  ALTER TABLE items ALTER filler SET STORAGE PLAIN;
  INSERT INTO items
    SELECT n, n * 17 % 12000 + 1, n % 10, repeat('x', 380) FROM generate_series(1, 24000) n;
  CREATE INDEX items_amount ON items (amount);
  CREATE INDEX items_order ON items (order_id);

  CREATE TABLE people (id int PRIMARY KEY, boss int, name text NOT NULL);
  INSERT INTO people SELECT n, CASE WHEN n > 1 THEN n / 3 + 1 - (n = 2)::int END, 'P' || n FROM generate_series(1, 300) n;
  UPDATE people SET boss = 1 WHERE boss >= id;

  CREATE TABLE documents (id int PRIMARY KEY, body jsonb NOT NULL);
  INSERT INTO documents SELECT n, jsonb_build_object('tags', jsonb_build_array(n, n + 1)) FROM generate_series(1, 50) n;

  -- Nothing refers to it by an index, so a deleted badge makes its foreign key's check read the whole of awards.
  CREATE TABLE badges (id int PRIMARY KEY, name text NOT NULL);
  INSERT INTO badges SELECT n, 'B' || n FROM generate_series(1, 100) n;
  CREATE TABLE awards (badge_id int NOT NULL REFERENCES badges, person_id int NOT NULL);
  INSERT INTO awards SELECT n % 90 + 1, n FROM generate_series(1, 2000) n;

  CREATE TABLE log (at timestamptz DEFAULT now(), what text);
  CREATE FUNCTION log_row() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN INSERT INTO log (what) VALUES (TG_OP); RETURN NEW; END';
  CREATE TRIGGER badges_before BEFORE UPDATE ON badges FOR EACH ROW EXECUTE FUNCTION log_row();
  CREATE TRIGGER badges_after AFTER UPDATE ON badges FOR EACH ROW EXECUTE FUNCTION log_row();

  CREATE VIEW badge_names AS SELECT name FROM badges;
  CREATE TABLE shadowed (id int, name text);
  CREATE RULE shadowed_copy AS ON INSERT TO shadowed DO ALSO INSERT INTO log (what) VALUES (NEW.name);
`;

const partitions = `
  CREATE TABLE readings (day int NOT NULL, sensor int NOT NULL, value int NOT NULL) PARTITION BY RANGE (day);
  DO $$ BEGIN
    FOR n IN 0..5 LOOP
      EXECUTE format('CREATE TABLE readings_%s PARTITION OF readings FOR VALUES FROM (%s) TO (%s)', n, n * 10, n * 10 + 10);
    END LOOP;
  END $$;
  INSERT INTO readings SELECT n % 60, n % 40, n FROM generate_series(1, 6000) n;
  CREATE INDEX readings_day ON readings (day);

  CREATE TABLE shelves (id int NOT NULL) PARTITION BY LIST (id);
  DO $$ BEGIN
    FOR n IN 1..500 LOOP
      EXECUTE format('CREATE TABLE shelf_%s PARTITION OF shelves FOR VALUES IN (%s)', n, n);
    END LOOP;
  END $$;
  INSERT INTO shelves SELECT generate_series(1, 500);
`;

const functions = `
  CREATE FUNCTION slow(value int, ms int DEFAULT 3) RETURNS int LANGUAGE plpgsql VOLATILE PARALLEL SAFE AS
    'BEGIN PERFORM pg_sleep(ms / 1000.0); RETURN value; END';

  -- A transition table can be read in a trigger only, so the trigger keeps what EXPLAIN says there.
  CREATE TABLE captured (id serial, line text);
  CREATE TABLE counted (id int);
  CREATE FUNCTION explain_new_rows() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE line text;
    BEGIN
      FOR line IN EXECUTE current_setting('corpus.explain') || ' SELECT count(*) FROM new_rows WHERE id > 5' LOOP
        INSERT INTO captured (line) VALUES (line);
      END LOOP;
      RETURN NULL;
    END $$;
  CREATE TRIGGER counted_after AFTER INSERT ON counted REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION explain_new_rows();
`;

/** The server itself, over its own port, as a foreign one. */
const foreign = (port: number, database: string): string => `
  CREATE EXTENSION postgres_fdw;
  CREATE SERVER itself FOREIGN DATA WRAPPER postgres_fdw
    OPTIONS (host '127.0.0.1', port '${port}', dbname '${database}', async_capable 'true', fdw_tuple_cost '2');
  CREATE USER MAPPING FOR CURRENT_USER SERVER itself OPTIONS (user 'postgres', password 'postgres');
  CREATE SCHEMA away;
  CREATE TABLE parcels (id int PRIMARY KEY, weight int NOT NULL);
  INSERT INTO parcels SELECT n, n % 30 FROM generate_series(1, 500) n;
  CREATE FOREIGN TABLE away.customers (id int, name text, country text, credit numeric) SERVER itself
    OPTIONS (schema_name 'public', table_name 'customers');
  CREATE FOREIGN TABLE away.orders (id int, customer_id int, status text, total numeric, placed date) SERVER itself
    OPTIONS (schema_name 'public', table_name 'orders');
  CREATE FOREIGN TABLE away.parcels (id int, weight int) SERVER itself
    OPTIONS (schema_name 'public', table_name 'parcels');
  CREATE TABLE away.readings (day int NOT NULL, sensor int, value int) PARTITION BY RANGE (day);
  CREATE FOREIGN TABLE away.readings_0 PARTITION OF away.readings FOR VALUES FROM (0) TO (10) SERVER itself
    OPTIONS (schema_name 'public', table_name 'readings_0');
  CREATE FOREIGN TABLE away.readings_1 PARTITION OF away.readings FOR VALUES FROM (10) TO (20) SERVER itself
    OPTIONS (schema_name 'public', table_name 'readings_1');
`;

/** The statements that make the corpus's tables; the version matters to none of them so far. */
export function setupSql(_major: Major, port: number, database: string): readonly string[] {
  return [
    tables,
    partitions,
    functions,
    foreign(port, database),
    'VACUUM (ANALYZE)',
    'ANALYZE away.customers, away.orders, away.parcels',
  ];
}
