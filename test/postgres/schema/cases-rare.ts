import {read, type SchemaCase} from './schema-case.ts';

export const rareCases: readonly SchemaCase[] = [
  read(
    'cast',
    '(s.three AS text)',
    `CREATE FUNCTION s.as_text(s.three) RETURNS text LANGUAGE sql AS 'SELECT ''x'''; CREATE CAST (s.three AS text) WITH FUNCTION s.as_text AS ASSIGNMENT`,
    {
      definition: 'CREATE CAST (s.three AS text) WITH FUNCTION s.as_text(s.three) AS ASSIGNMENT',
    },
    {needs: ['function s.as_text(s.three)', 'type s.three']},
  ),
  read(
    'operator',
    's.===(s.three, s.three)',
    `CREATE FUNCTION s.same(s.three, s.three) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT true'; CREATE OPERATOR s.=== (FUNCTION = s.same, LEFTARG = s.three, RIGHTARG = s.three, COMMUTATOR = OPERATOR(s.===), HASHES, MERGES)`,
    {
      definition: `CREATE OPERATOR s.=== (
    FUNCTION = s.same,
    LEFTARG = s.three,
    RIGHTARG = s.three,
    COMMUTATOR = OPERATOR(s.===),
    HASHES,
    MERGES
)`,
    },
    {needs: ['function s.same(s.three, s.three)', 'schema s', 'type s.three']},
  ),
  read(
    'operator class',
    's.three_ops USING hash',
    `CREATE FUNCTION s.hashed(s.three) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'; CREATE OPERATOR FAMILY s.threes USING hash; CREATE OPERATOR CLASS s.three_ops FOR TYPE s.three USING hash FAMILY s.threes AS OPERATOR 1 s.===, FUNCTION 1 s.hashed(s.three)`,
    {
      definition: `CREATE OPERATOR CLASS s.three_ops FOR TYPE s.three USING hash FAMILY s.threes AS
    OPERATOR 1 s.===(s.three, s.three),
    FUNCTION 1 (s.three, s.three) s.hashed(s.three)`,
    },
  ),
  read(
    'operator family',
    's.threes USING hash',
    `CREATE OPERATOR s.==== (FUNCTION = s.eq3, LEFTARG = s.three, RIGHTARG = text); ALTER OPERATOR FAMILY s.threes USING hash ADD OPERATOR 1 s.==== (s.three, text)`.replace(
      'CREATE OPERATOR s.====',
      `CREATE FUNCTION s.eq3(s.three, text) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT true'; CREATE OPERATOR s.====`,
    ),
    {
      members: ['OPERATOR 1 s.====(s.three, text)'],
    },
  ),
  read(
    'conversion',
    's.recoded',
    `CREATE CONVERSION s.recoded FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8`,
    {
      definition: `CREATE CONVERSION s.recoded FOR 'LATIN1' TO 'UTF8' FROM pg_catalog.iso8859_1_to_utf8`,
    },
  ),
  read('access method', 'heap_too', 'CREATE ACCESS METHOD heap_too TYPE TABLE HANDLER heap_tableam_handler', {
    definition: 'CREATE ACCESS METHOD heap_too TYPE TABLE HANDLER pg_catalog.heap_tableam_handler',
  }),
  read(
    'table',
    's.other_storage',
    'CREATE TABLE s.other_storage (a int) USING heap_too',
    {accessMethod: 'heap_too'},
    {
      needs: ['access method heap_too', 'schema s'],
    },
  ),
  read(
    'text search dictionary',
    's.stems',
    `CREATE TEXT SEARCH DICTIONARY s.stems (TEMPLATE = snowball, language = 'english', stopwords = 'english')`,
    {
      template: 'pg_catalog.snowball',
      options: `language = 'english', stopwords = 'english'`,
    },
  ),
  read(
    'text search configuration',
    's.searching',
    `CREATE TEXT SEARCH CONFIGURATION s.searching (PARSER = default); ALTER TEXT SEARCH CONFIGURATION s.searching ADD MAPPING FOR asciiword, int WITH s.stems, simple; COMMENT ON TEXT SEARCH CONFIGURATION s.searching IS 'ts'`,
    {
      parser: 'pg_catalog."default"',
      mappings: {asciiword: ['s.stems', 'pg_catalog.simple'], int: ['s.stems', 'pg_catalog.simple']},
      comment: 'ts',
    },
    {needs: ['schema s', 'text search dictionary s.stems']},
  ),
  read(
    'text search template',
    's.shape',
    'CREATE TEXT SEARCH TEMPLATE s.shape (INIT = dsimple_init, LEXIZE = dsimple_lexize)',
    {
      definition:
        'CREATE TEXT SEARCH TEMPLATE s.shape (INIT = pg_catalog.dsimple_init, LEXIZE = pg_catalog.dsimple_lexize)',
    },
  ),
  read(
    'text search parser',
    's.parsing',
    'CREATE TEXT SEARCH PARSER s.parsing (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline)',
    {
      definition:
        'CREATE TEXT SEARCH PARSER s.parsing (START = pg_catalog.prsd_start, GETTOKEN = pg_catalog.prsd_nexttoken, END = pg_catalog.prsd_end, LEXTYPES = pg_catalog.prsd_lextype, HEADLINE = pg_catalog.prsd_headline)',
    },
  ),
  read(
    'default privileges',
    'for role writer in schema s on tables',
    'ALTER DEFAULT PRIVILEGES FOR ROLE writer IN SCHEMA s GRANT SELECT ON TABLES TO reader',
    {
      role: 'writer',
      inSchema: 's',
      on: 'tables',
      privileges: {reader: ['SELECT']},
    },
    {needs: ['schema s']},
  ),
  read(
    'default privileges',
    'for role writer on functions',
    'ALTER DEFAULT PRIVILEGES FOR ROLE writer REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC',
    {
      role: 'writer',
      on: 'functions',
      privileges: {writer: ['EXECUTE']},
    },
  ),
  read(
    'database',
    'current',
    `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = ''7MB''; COMMENT ON DATABASE %1$I IS ''d''; GRANT CREATE ON DATABASE %1$I TO reader', current_database()); END $$`,
    {
      comment: 'd',
      settings: {work_mem: '7MB'},
      privileges: {
        PUBLIC: ['CONNECT', 'TEMPORARY'],
        postgres: ['CONNECT', 'CREATE', 'TEMPORARY'],
        reader: ['CREATE'],
      },
    },
  ),
  read('role', 'reader', '', {}),
];
