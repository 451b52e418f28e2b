import {more} from './objects-more.ts';
import {longName, relation, routine, type, type Specimen} from './specimen.ts';

/** Everything whose definition is read and made again. */
export const specimens: readonly Specimen[] = [
  {
    name: 'schema s',
    kind: 'schema',
    sql: `CREATE SCHEMA s; COMMENT ON SCHEMA s IS 'it''s "quoted" \\ <b>bold</b>'`,
    oid: `'s'::regnamespace`,
  },
  {
    name: 'schema with quotes',
    kind: 'schema',
    sql: `CREATE SCHEMA "Odd ""schema"" <i>"`,
    oid: `'"Odd ""schema"" <i>"'::regnamespace`,
  },
  {
    name: 'hstore',
    kind: 'extension',
    sql: 'CREATE EXTENSION hstore SCHEMA s',
    oid: `(SELECT oid FROM pg_extension WHERE extname = 'hstore')`,
  },
  {
    name: 'btree_gist',
    kind: 'extension',
    sql: 'CREATE EXTENSION btree_gist SCHEMA public',
    oid: `(SELECT oid FROM pg_extension WHERE extname = 'btree_gist')`,
  },

  type(
    's.mood',
    `CREATE TYPE s.mood AS ENUM ('sad', 'it''s ok', 'a "b" \\ c'); ALTER TYPE s.mood ADD VALUE 'so-so' BEFORE 'sad';
     COMMENT ON TYPE s.mood IS 'how one feels'`,
  ),
  type('s.none', 'CREATE TYPE s.none AS ENUM ()'),
  type(
    's.price',
    `CREATE DOMAIN s.price AS numeric(10,2) DEFAULT 0 NOT NULL CHECK (VALUE >= 0)
       CONSTRAINT "not Odd" CHECK (VALUE % 2 = 0);
     COMMENT ON DOMAIN s.price IS 'net'; COMMENT ON CONSTRAINT "not Odd" ON DOMAIN s.price IS 'even'`,
  ),
  type(
    's.label',
    `CREATE DOMAIN s.label AS text COLLATE "C"; ALTER DOMAIN s.label ADD CHECK (VALUE <> 'x') NOT VALID`,
  ),
  type('s.named_not_null', 'CREATE DOMAIN s.named_not_null AS int CONSTRAINT must_be NOT NULL'),
  type(
    's.point3',
    `CREATE TYPE s.point3 AS (x float8, "Y y" numeric(4,1), name varchar(3) COLLATE "C", m s.mood);
     COMMENT ON COLUMN s.point3.x IS 'across'`,
  ),
  type('s.nothing', 'CREATE TYPE s.nothing AS ()'),
  type('s.span', 'CREATE TYPE s.span AS RANGE (subtype = float8, subtype_diff = float8mi)'),
  type(
    's.words',
    'CREATE TYPE s.words AS RANGE (subtype = text, collation = "C", subtype_opclass = text_pattern_ops, multirange_type_name = s.many_words)',
  ),

  routine(
    's.add(integer,integer)',
    `CREATE FUNCTION s.add(a int, b int DEFAULT 2) RETURNS int LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT a + b'`,
  ),
  routine(
    's.add(text)',
    `CREATE FUNCTION s.add(a text, OUT b text, OUT c s.mood) LANGUAGE plpgsql SECURITY DEFINER SET search_path = s, pg_temp
       COST 7 AS $body$ BEGIN b := $$it's$$; END $body$;
     COMMENT ON FUNCTION s.add(text) IS 'says ''it'''`,
  ),
  routine(
    's.rows(s.point3[])',
    `CREATE FUNCTION s.rows(VARIADIC p s.point3[]) RETURNS TABLE (n int, m s.mood) LANGUAGE sql ROWS 5 LEAKPROOF
       BEGIN ATOMIC SELECT 1, 'sad'::s.mood; END`,
  ),
  routine(
    's.tidy(integer)',
    `CREATE PROCEDURE s.tidy(INOUT n int) LANGUAGE sql AS 'SELECT 1';
     COMMENT ON PROCEDURE s.tidy(int) IS 'tidies'`,
  ),
  routine(
    's.touch()',
    `CREATE FUNCTION s.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'`,
  ),
  routine(
    's.total(integer)',
    `CREATE AGGREGATE s.total(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0', COMBINEFUNC = int4pl, PARALLEL = SAFE,
       SORTOP = OPERATOR(pg_catalog.>)); COMMENT ON AGGREGATE s.total(int) IS 'sum'`,
  ),
  routine(
    's.rowcount()',
    `CREATE AGGREGATE s.rowcount(*) (SFUNC = int8inc, STYPE = int8, INITCOND = 0);
     COMMENT ON AGGREGATE s.rowcount(*) IS 'all'`,
  ),
  routine(
    's.middle(double precision,double precision)',
    `CREATE AGGREGATE s.middle(float8 ORDER BY float8) (SFUNC = ordered_set_transition, STYPE = internal,
       FINALFUNC = percentile_cont_float8_final)`,
  ),
  routine(
    's.moving(bigint)',
    `CREATE AGGREGATE s.moving(bigint) (SFUNC = int8pl, STYPE = bigint, SSPACE = 16, MSFUNC = int8pl, MINVFUNC = int8mi,
       MSTYPE = bigint, MINITCOND = '0', FINALFUNC = int8abs, FINALFUNC_MODIFY = READ_WRITE)`,
  ),

  relation(
    's.ticket',
    `CREATE SEQUENCE s.ticket AS smallint INCREMENT 5 START 10 MINVALUE 5 MAXVALUE 300 CACHE 3 CYCLE;
     COMMENT ON SEQUENCE s.ticket IS 'numbers'`,
  ),
  relation('s.down', 'CREATE SEQUENCE s.down INCREMENT -1'),
  relation('s.fast', 'CREATE UNLOGGED SEQUENCE s.fast', 15),

  relation('s.bare', 'CREATE TABLE s.bare ()'),
  relation(
    's.customers',
    `CREATE TABLE s.customers (id int PRIMARY KEY, email text UNIQUE, name varchar(20) NOT NULL DEFAULT 'it''s',
       home s.point3, moods s.mood[] DEFAULT '{sad}', price s.price, tags s.hstore, at timestamptz(3) DEFAULT now());
     COMMENT ON TABLE s.customers IS 'who "buys"'; COMMENT ON COLUMN s.customers.name IS E'line\\nbreak ''n'' \\\\'`,
  ),
  relation(
    's."Odd ""table"" <b>"',
    `CREATE TABLE s."Odd ""table"" <b>" ("select" int PRIMARY KEY, "a ""b"" <i>" text DEFAULT '<script>' CHECK ("a ""b"" <i>" <> ';--'));
     COMMENT ON COLUMN s."Odd ""table"" <b>"."a ""b"" <i>" IS 'odd';
     CREATE INDEX "Odd ""index""" ON s."Odd ""table"" <b>" (("a ""b"" <i>" || '"'))`,
  ),
  relation(
    `s.${longName}`,
    `CREATE TABLE s.${longName} (${longName} int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, ${'é'.repeat(31)} serial)`,
  ),
  relation(
    's.numbers',
    `CREATE TABLE s.numbers (a serial, b bigserial PRIMARY KEY, c smallserial,
       d int GENERATED ALWAYS AS IDENTITY, e bigint GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME s."My seq" START 5 INCREMENT 3 CACHE 9 CYCLE),
       f smallint GENERATED ALWAYS AS IDENTITY (MINVALUE -7 START 0), g int GENERATED ALWAYS AS (a + b) STORED, h int DEFAULT nextval('s.ticket'));
     COMMENT ON SEQUENCE s.numbers_a_seq IS 'a''s'`,
  ),
  relation(
    's.virtual',
    'CREATE TABLE s.virtual (a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL, c int GENERATED ALWAYS AS (a * 3) STORED)',
    18,
  ),
  relation(
    's.not_nulls',
    `CREATE TABLE s.not_nulls (a int CONSTRAINT "a Must" NOT NULL, b int NOT NULL, c int NOT NULL NO INHERIT, d int);
     ALTER TABLE s.not_nulls ADD CONSTRAINT later NOT NULL d NOT VALID;
     COMMENT ON CONSTRAINT later ON s.not_nulls IS 'some day'`,
    18,
  ),
  relation(
    's.typed',
    `CREATE TABLE s.typed OF s.point3 (x WITH OPTIONS NOT NULL DEFAULT 1, PRIMARY KEY ("Y y"))`,
  ),
  relation('s.typed_bare', `CREATE TABLE s.typed_bare OF s.point3`),
  relation(
    's.storage',
    `CREATE UNLOGGED TABLE s.storage (a text, b text, c text COMPRESSION pglz, gone int, d int)
       WITH (fillfactor = 70, autovacuum_enabled = false, autovacuum_vacuum_scale_factor = 0.05, toast.autovacuum_enabled = off);
     ALTER TABLE s.storage DROP COLUMN gone;
     ALTER TABLE s.storage ALTER a SET STORAGE EXTERNAL, ALTER b SET STATISTICS 500, ALTER d SET (n_distinct = -0.5, n_distinct_inherited = 7);
     ALTER TABLE s.storage REPLICA IDENTITY FULL`,
  ),
  relation(
    's.orders',
    `CREATE TABLE s.orders (id bigint, customer int, other int, total numeric, during tstzrange, room int, note text COLLATE "C",
       CONSTRAINT pk PRIMARY KEY (id) INCLUDE (note) WITH (fillfactor = 80),
       CONSTRAINT apart EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (room > 0) DEFERRABLE INITIALLY DEFERRED,
       CONSTRAINT once UNIQUE (customer, other) DEFERRABLE,
       CONSTRAINT low CHECK (total < 1000) NO INHERIT,
       FOREIGN KEY (customer) REFERENCES s.customers ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
       CONSTRAINT "self ref" FOREIGN KEY (id) REFERENCES s.orders MATCH FULL);
     ALTER TABLE s.orders ADD CONSTRAINT later FOREIGN KEY (other) REFERENCES s.customers (id) NOT VALID,
       ADD CONSTRAINT dear CHECK (total > 1 AND note IN ('a', 'b', E'c\\\\d')) NOT VALID;
     COMMENT ON CONSTRAINT dear ON s.orders IS 'it''s dear'; COMMENT ON CONSTRAINT pk ON s.orders IS 'key';
     COMMENT ON INDEX s.pk IS 'index of the key'; ALTER TABLE s.orders CLUSTER ON pk`,
  ),
  relation(
    's.set_null',
    `CREATE TABLE s.set_null (a int, b int, UNIQUE (a, b), FOREIGN KEY (a, b) REFERENCES s.set_null (a, b) ON DELETE SET NULL (b))`,
    15,
  ),
  relation(
    's.indexed',
    `CREATE TABLE s.indexed (a int NOT NULL, b text, c jsonb, d text COLLATE "C", e int4range);
     CREATE INDEX i_partial ON s.indexed (a) WHERE b IS NOT NULL AND d = 'it''s';
     CREATE UNIQUE INDEX i_include ON s.indexed (a) INCLUDE (b, d);
     CREATE INDEX i_expression ON s.indexed (lower(b), (a + 1) DESC NULLS LAST);
     CREATE INDEX i_opclass ON s.indexed (b text_pattern_ops, d COLLATE "POSIX");
     CREATE INDEX i_gin ON s.indexed USING gin (c jsonb_path_ops) WITH (fastupdate = off);
     CREATE INDEX i_gist ON s.indexed USING gist (e) WITH (buffering = on, fillfactor = 50);
     CREATE INDEX i_brin ON s.indexed USING brin (a int4_minmax_multi_ops (values_per_range = 16)) WITH (pages_per_range = 4);
     CREATE INDEX i_hash ON s.indexed USING hash (b);
     CREATE UNIQUE INDEX i_replica ON s.indexed (a);
     ALTER TABLE s.indexed REPLICA IDENTITY USING INDEX i_replica;
     ALTER INDEX s.i_expression ALTER COLUMN 2 SET STATISTICS 300; COMMENT ON INDEX s.i_gin IS 'json''s'`,
  ),
  relation(
    's.nulls',
    `CREATE TABLE s.nulls (a int, b int, UNIQUE NULLS NOT DISTINCT (a)); CREATE UNIQUE INDEX n ON s.nulls (b) NULLS NOT DISTINCT`,
    15,
  ),
  relation(
    's.temporal',
    `CREATE TABLE s.temporal (id int, during daterange, CONSTRAINT temporal_key PRIMARY KEY (id, during WITHOUT OVERLAPS),
       CONSTRAINT lax CHECK (id > 0) NOT ENFORCED,
       FOREIGN KEY (id, PERIOD during) REFERENCES s.temporal (id, PERIOD during))`,
    18,
  ),
  ...more,
];

/** Of a whole database: foreign servers have no definition of their own. */
export const before =
  'CREATE FOREIGN DATA WRAPPER dummy; CREATE SERVER "else where" FOREIGN DATA WRAPPER dummy';
