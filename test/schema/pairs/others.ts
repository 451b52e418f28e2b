import type {Pair} from '../pair.ts';

const wrapper = 'CREATE FOREIGN DATA WRAPPER w;';
const server = `${wrapper} CREATE SERVER f FOREIGN DATA WRAPPER w;`;
const operator = "CREATE FUNCTION same(int, int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1 = $2';";

export const otherPairs: readonly Pair[] = [
  {about: 'an extension', a: '', b: 'CREATE EXTENSION pgcrypto'},
  {
    about: 'schema of an extension',
    setup: 'CREATE SCHEMA s;',
    a: 'CREATE EXTENSION citext',
    b: 'CREATE EXTENSION citext SCHEMA s',
  },
  {
    about: 'extension that a column needs',
    a: 'CREATE TABLE t (a text)',
    b: 'CREATE EXTENSION citext; CREATE TABLE t (a citext)',
  },
  {
    about: 'a statistics object',
    setup: 'CREATE TABLE t (a int, b int);',
    a: '',
    b: 'CREATE STATISTICS s (dependencies, ndistinct) ON a, b FROM t',
  },
  {
    about: 'definition of a statistics object',
    setup: 'CREATE TABLE t (a int, b int);',
    a: 'CREATE STATISTICS s (mcv) ON a, b FROM t',
    b: 'CREATE STATISTICS s ON (a + b), lower(b::text) FROM t',
  },
  {
    about: 'target of a statistics object',
    setup: 'CREATE TABLE t (a int, b int); CREATE STATISTICS s ON a, b FROM t;',
    a: '',
    b: 'ALTER STATISTICS s SET STATISTICS 400',
  },
  {about: 'a foreign data wrapper', a: '', b: "CREATE FOREIGN DATA WRAPPER w OPTIONS (mode 'fast')"},
  {
    about: 'options of a foreign data wrapper',
    setup: wrapper,
    a: '',
    b: "ALTER FOREIGN DATA WRAPPER w OPTIONS (ADD mode 'fast')",
  },
  {
    about: 'a foreign server',
    setup: wrapper,
    a: '',
    b: "CREATE SERVER f TYPE 'x' VERSION '2' FOREIGN DATA WRAPPER w OPTIONS (host 'h')",
  },
  {
    about: 'options of a foreign server',
    setup: wrapper,
    a: "CREATE SERVER f FOREIGN DATA WRAPPER w OPTIONS (host 'h', port '1')",
    b: "CREATE SERVER f FOREIGN DATA WRAPPER w OPTIONS (host 'i', dbname 'd')",
  },
  {
    about: 'a user mapping',
    setup: server,
    a: '',
    b: 'CREATE USER MAPPING FOR PUBLIC SERVER f OPTIONS ("user" \'u\')',
  },
  {
    about: 'a foreign table',
    setup: server,
    a: '',
    b: "CREATE FOREIGN TABLE t (a int OPTIONS (column_name 'x') NOT NULL, b text) SERVER f OPTIONS (table_name 'y')",
  },
  {
    about: 'options of a foreign table',
    setup: server,
    a: "CREATE FOREIGN TABLE t (a int) SERVER f OPTIONS (table_name 'y')",
    b: "CREATE FOREIGN TABLE t (a int OPTIONS (column_name 'x')) SERVER f OPTIONS (table_name 'z')",
  },
  {
    about: 'table and foreign table',
    noWay: true,
    setup: server,
    a: 'CREATE TABLE t (a int)',
    b: 'CREATE FOREIGN TABLE t (a int) SERVER f',
  },
  {
    about: 'a collation',
    a: '',
    b: "CREATE COLLATION k (provider = icu, locale = 'de-u-co-phonebk', deterministic = false)",
  },
  {
    about: 'definition of a collation',
    a: "CREATE COLLATION k (provider = icu, locale = 'de')",
    b: "CREATE COLLATION k (provider = icu, locale = 'fr')",
  },
  {
    about: 'a cast',
    setup:
      "CREATE TYPE c AS (a int); CREATE FUNCTION c_of(int) RETURNS c IMMUTABLE LANGUAGE sql AS 'SELECT ROW($1)::c';",
    a: '',
    b: 'CREATE CAST (int AS c) WITH FUNCTION c_of(int)',
  },
  {
    about: 'context of a cast',
    setup:
      "CREATE TYPE c AS (a int); CREATE FUNCTION c_of(int) RETURNS c IMMUTABLE LANGUAGE sql AS 'SELECT ROW($1)::c';",
    a: 'CREATE CAST (int AS c) WITH FUNCTION c_of(int)',
    b: 'CREATE CAST (int AS c) WITH FUNCTION c_of(int) AS ASSIGNMENT',
  },
  {
    about: 'an operator',
    setup: operator,
    a: '',
    b: 'CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = same, COMMUTATOR = ===, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES)',
  },
  {
    about: 'definition of an operator',
    setup: operator,
    a: 'CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = same)',
    b: 'CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = same, RESTRICT = eqsel)',
  },
  {
    about: 'an operator class',
    a: '',
    b: 'CREATE OPERATOR CLASS own FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(int, int)',
  },
  {about: 'an operator family', a: '', b: 'CREATE OPERATOR FAMILY fam USING btree'},
  {
    about: 'members of an operator family',
    setup: 'CREATE OPERATOR FAMILY fam USING btree;',
    a: '',
    b: 'ALTER OPERATOR FAMILY fam USING btree ADD OPERATOR 1 < (int4, int4), FUNCTION 1 btint4cmp(int4, int4)',
  },
  {about: 'a conversion', a: '', b: "CREATE CONVERSION k FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1"},
  {about: 'a text search configuration', a: '', b: 'CREATE TEXT SEARCH CONFIGURATION k (COPY = simple)'},
  {
    about: 'mappings of a text search configuration',
    setup: 'CREATE TEXT SEARCH CONFIGURATION k (PARSER = "default");',
    a: 'ALTER TEXT SEARCH CONFIGURATION k ADD MAPPING FOR asciiword WITH simple',
    b: 'ALTER TEXT SEARCH CONFIGURATION k ADD MAPPING FOR asciiword, word WITH english_stem, simple',
  },
  {
    about: 'a text search dictionary',
    a: '',
    b: 'CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = simple, accept = false)',
  },
  {
    about: 'options of a text search dictionary',
    setup: 'CREATE TEXT SEARCH DICTIONARY d (TEMPLATE = snowball, language = english);',
    a: '',
    b: 'ALTER TEXT SEARCH DICTIONARY d (language = german)',
  },
  {
    about: 'a text search template',
    a: '',
    b: 'CREATE TEXT SEARCH TEMPLATE k (INIT = dsimple_init, LEXIZE = dsimple_lexize)',
  },
  {
    about: 'a text search parser',
    a: '',
    b: 'CREATE TEXT SEARCH PARSER k (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline)',
  },
  {
    about: 'a language',
    setup:
      "CREATE FUNCTION h() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';",
    realOnly: true,
    a: '',
    b: 'CREATE TRUSTED LANGUAGE own HANDLER h',
  },
  {about: 'an access method', a: '', b: 'CREATE ACCESS METHOD own TYPE INDEX HANDLER bthandler'},
  {
    about: 'a transform',
    setup:
      "CREATE TYPE c AS (a int); CREATE FUNCTION to_sql(internal) RETURNS c LANGUAGE internal IMMUTABLE AS 'int4in'; CREATE FUNCTION from_sql(internal) RETURNS internal LANGUAGE internal IMMUTABLE AS 'int4in';",
    a: '',
    b: 'CREATE TRANSFORM FOR c LANGUAGE plpgsql (FROM SQL WITH FUNCTION from_sql(internal), TO SQL WITH FUNCTION to_sql(internal))',
  },
  {
    about: 'table access method',
    // Before 15 no statement changes it.
    since: 15,
    setup: 'CREATE ACCESS METHOD own TYPE TABLE HANDLER heap_tableam_handler;',
    a: 'CREATE TABLE t (id int)',
    b: 'CREATE TABLE t (id int) USING own',
  },
];
