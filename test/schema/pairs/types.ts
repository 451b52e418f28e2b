import type {Pair} from '../pair.ts';

export const typePairs: readonly Pair[] = [
  {about: 'an enum', a: '', b: "CREATE TYPE mood AS ENUM ('sad', 'it''s', 'glad')"},
  {
    about: 'label at the end of an enum',
    a: "CREATE TYPE mood AS ENUM ('sad', 'glad')",
    b: "CREATE TYPE mood AS ENUM ('sad', 'glad', 'new')",
  },
  {
    about: 'label in the middle of an enum',
    a: "CREATE TYPE mood AS ENUM ('sad', 'glad')",
    b: "CREATE TYPE mood AS ENUM ('first', 'sad', 'between', 'glad')",
  },
  {
    about: 'order of labels',
    a: "CREATE TYPE mood AS ENUM ('sad', 'glad')",
    b: "CREATE TYPE mood AS ENUM ('glad', 'sad')",
  },
  {
    about: 'order of labels of an enum in use',
    a: "CREATE TYPE mood AS ENUM ('sad', 'glad'); CREATE TABLE t (m mood DEFAULT 'sad', n mood[]); CREATE INDEX k ON t (m)",
    b: "CREATE TYPE mood AS ENUM ('glad', 'sad'); CREATE TABLE t (m mood DEFAULT 'sad', n mood[]); CREATE INDEX k ON t (m)",
  },
  {
    about: 'enum and view',
    a: "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE t (m mood); CREATE VIEW v AS SELECT m FROM t WHERE m = 'sad'",
    b: "CREATE TYPE mood AS ENUM ('glad', 'sad'); CREATE TABLE t (m mood); CREATE VIEW v AS SELECT m FROM t WHERE m = 'sad'",
  },
  {about: 'a composite type', a: '', b: 'CREATE TYPE c AS (a int, "B b" text COLLATE "C")'},
  {
    about: 'attributes of a composite type',
    a: 'CREATE TYPE c AS (a int, b text)',
    b: 'CREATE TYPE c AS (a bigint, b text, d date)',
  },
  {
    about: 'composite type in use',
    setup: 'CREATE TYPE c AS (a int, b text); CREATE TABLE t (x c);',
    a: '',
    b: 'ALTER TYPE c ADD ATTRIBUTE d date',
  },
  {
    about: 'a range type',
    a: '',
    b: 'CREATE TYPE floats AS RANGE (subtype = float8, subtype_diff = float8mi)',
  },
  {
    about: 'definition of a range type',
    a: 'CREATE TYPE floats AS RANGE (subtype = float8)',
    b: 'CREATE TYPE floats AS RANGE (subtype = float8, subtype_diff = float8mi)',
  },
  {
    about: 'range type with a named multirange',
    a: 'CREATE TYPE r AS RANGE (subtype = date)',
    b: 'CREATE TYPE r AS RANGE (subtype = date, multirange_type_name = manydates)',
  },
  {about: 'a shell type', a: '', b: 'CREATE TYPE later'},
  {
    about: 'a base type',
    a: '',
    b: `CREATE TYPE b; CREATE FUNCTION b_in(cstring) RETURNS b IMMUTABLE STRICT LANGUAGE internal AS 'int4in';
    CREATE FUNCTION b_out(b) RETURNS cstring IMMUTABLE STRICT LANGUAGE internal AS 'int4out';
    CREATE TYPE b (INPUT = b_in, OUTPUT = b_out, LIKE = int4)`,
  },
  {
    about: 'owner and comment of a type',
    setup: "CREATE ROLE pair_one; CREATE TYPE mood AS ENUM ('sad');",
    a: '',
    b: "ALTER TYPE mood OWNER TO pair_one; COMMENT ON TYPE mood IS 'm'",
  },
  {
    about: 'privileges of a type',
    setup: "CREATE ROLE pair_one; CREATE TYPE mood AS ENUM ('sad');",
    a: '',
    b: 'REVOKE USAGE ON TYPE mood FROM PUBLIC; GRANT USAGE ON TYPE mood TO pair_one',
  },
  {about: 'a domain', a: '', b: "CREATE DOMAIN email AS text NOT NULL DEFAULT 'x' CHECK (VALUE ~ '@')"},
  {about: 'type of a domain', a: 'CREATE DOMAIN d AS varchar(10)', b: 'CREATE DOMAIN d AS varchar(20)'},
  {
    about: 'check of a domain',
    setup: 'CREATE DOMAIN d AS int;',
    a: 'ALTER DOMAIN d ADD CONSTRAINT k CHECK (VALUE > 0)',
    b: 'ALTER DOMAIN d ADD CONSTRAINT k CHECK (VALUE > 1)',
  },
  {
    about: 'check of a domain that is not valid',
    setup: 'CREATE DOMAIN d AS int;',
    a: 'ALTER DOMAIN d ADD CONSTRAINT k CHECK (VALUE > 0)',
    b: 'ALTER DOMAIN d ADD CONSTRAINT k CHECK (VALUE > 0) NOT VALID',
  },
  {about: 'not null of a domain', setup: 'CREATE DOMAIN d AS int;', a: '', b: 'ALTER DOMAIN d SET NOT NULL'},
  {
    about: 'default of a domain',
    setup: 'CREATE DOMAIN d AS int;',
    a: 'ALTER DOMAIN d SET DEFAULT 1',
    b: 'ALTER DOMAIN d SET DEFAULT 2',
  },
  {about: 'collation of a domain', a: 'CREATE DOMAIN d AS text', b: 'CREATE DOMAIN d AS text COLLATE "C"'},
  {
    about: 'domain in use',
    a: 'CREATE DOMAIN d AS int; CREATE TABLE t (x d)',
    b: 'CREATE DOMAIN d AS bigint; CREATE TABLE t (x d)',
  },
  {
    about: 'domain over a domain',
    setup: 'CREATE DOMAIN d AS int CHECK (VALUE > 0);',
    a: '',
    b: 'CREATE DOMAIN e AS d CHECK (VALUE < 10)',
  },
];

export const sequencePairs: readonly Pair[] = [
  {about: 'a sequence', a: '', b: 'CREATE SEQUENCE s START 5'},
  {about: 'type of a sequence', a: 'CREATE SEQUENCE s', b: 'CREATE SEQUENCE s AS int'},
  {
    about: 'start and increment of a sequence',
    a: 'CREATE SEQUENCE s',
    b: 'CREATE SEQUENCE s START 10 INCREMENT 5',
  },
  {
    about: 'bounds of a sequence',
    a: 'CREATE SEQUENCE s',
    b: 'CREATE SEQUENCE s MINVALUE -5 MAXVALUE 500 START 1',
  },
  {about: 'descending sequence', a: 'CREATE SEQUENCE s', b: 'CREATE SEQUENCE s INCREMENT -1'},
  {about: 'cache and cycle of a sequence', a: 'CREATE SEQUENCE s', b: 'CREATE SEQUENCE s CACHE 20 CYCLE'},
  {
    about: 'owner column of a sequence',
    setup: 'CREATE TABLE t (id int); CREATE SEQUENCE s;',
    a: '',
    b: 'ALTER SEQUENCE s OWNED BY t.id',
  },
  {about: 'unlogged sequence', since: 15, a: 'CREATE SEQUENCE s', b: 'CREATE UNLOGGED SEQUENCE s'},
  {
    about: 'privileges of a sequence',
    setup: 'CREATE ROLE pair_one; CREATE SEQUENCE s;',
    a: '',
    b: 'GRANT USAGE ON SEQUENCE s TO pair_one',
  },
  {about: 'comment of a sequence', setup: 'CREATE SEQUENCE s;', a: '', b: "COMMENT ON SEQUENCE s IS 'n'"},
];
