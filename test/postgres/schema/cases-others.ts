import {read, type SchemaCase} from './schema-case.ts';

export const otherCases: readonly SchemaCase[] = [
  read('schema', 'public', '', {}),
  read('schema', 's', `COMMENT ON SCHEMA s IS 'mine'; GRANT USAGE ON SCHEMA s TO reader`, {
    comment: 'mine',
    privileges: {postgres: ['CREATE', 'USAGE'], reader: ['USAGE']},
  }),
  read(
    'extension',
    'hstore',
    '',
    {version: '1.8', schema: 'public', comment: 'data type for storing sets of (key, value) pairs'},
    {needs: ['schema public']},
  ),
  read('function', 'public.hstore(text, text)', '', null),
  read('type', 's.mood', `GRANT USAGE ON TYPE s.mood TO reader; COMMENT ON TYPE s.mood IS 'm'`, {
    form: 'enum',
    labels: ['sad', 'ok'],
    comment: 'm',
    privileges: {PUBLIC: ['USAGE'], postgres: ['USAGE'], reader: ['USAGE']},
  }),
  read(
    'type',
    's.three',
    `CREATE TYPE s.three AS (x int, "Y y" text COLLATE "C", m s.mood)`,
    {
      form: 'composite',
      columns: ['x integer', '"Y y" text COLLATE pg_catalog."C"', 'm s.mood'],
    },
    {needs: ['schema s', 'type s.mood']},
  ),
  read('type', 's.span', 'CREATE TYPE s.span AS RANGE (subtype = float8, subtype_diff = float8mi)', {
    form: 'range',
    definition: `CREATE TYPE s.span AS RANGE (
    SUBTYPE = double precision,
    SUBTYPE_DIFF = pg_catalog.float8mi,
    MULTIRANGE_TYPE_NAME = s.s_multirange
)`.replace('s.s_multirange', 's.span_multirange'),
  }),
  read('type', 's.span_multirange', '', null),
  read('type', 's.shell', 'CREATE TYPE s.shell', {form: 'shell'}),
  read(
    'domain',
    's.price',
    `CREATE DOMAIN s.price AS numeric(10,2) DEFAULT 0 NOT NULL CONSTRAINT not_less CHECK (VALUE >= 0); COMMENT ON DOMAIN s.price IS 'net';
     ALTER DOMAIN s.price ADD CONSTRAINT even CHECK (VALUE % 2 = 0) NOT VALID`,
    {type: 'numeric(10,2)', default: '0', notNull: true, comment: 'net'},
  ),
  read('domain', 's.label', 'CREATE DOMAIN s.label AS text COLLATE "C"', {
    type: 'text',
    collation: 'pg_catalog."C"',
  }),
  read(
    'constraint',
    's.price.not_less',
    '',
    {
      type: 'check',
      definition: 'CHECK ((VALUE >= (0)::numeric))',
      expression: '(VALUE >= (0)::numeric)',
    },
    {needs: ['domain s.price']},
  ),
  read('constraint', 's.price.even', '', {
    type: 'check',
    definition: 'CHECK (((VALUE % (2)::numeric) = (0)::numeric)) NOT VALID',
    expression: '((VALUE % (2)::numeric) = (0)::numeric)',
    notValid: true,
  }),
  read('constraint', 's.price.price_not_null', '', null),
  read(
    'publication',
    'a_few',
    `CREATE TABLE s.published (a int PRIMARY KEY, b int); CREATE PUBLICATION a_few FOR TABLE s.published WITH (publish = 'insert, update', publish_via_partition_root)`,
    {tables: ['s.published'], publish: ['insert', 'update'], viaRoot: true},
    {needs: ['table s.published']},
  ),
  read('publication', 'everything', 'CREATE PUBLICATION everything FOR ALL TABLES', {allTables: true}),
  read(
    'publication',
    'rows_and_columns',
    'CREATE PUBLICATION rows_and_columns FOR TABLE s.published (a) WHERE (a > 0)',
    {
      tables: ['s.published (a) WHERE (a > 0)'],
    },
    {since: 15},
  ),
  read(
    'publication',
    'of_schema',
    'CREATE PUBLICATION of_schema FOR TABLES IN SCHEMA s',
    {schemas: ['s']},
    {since: 15, needs: ['schema s']},
  ),
  read(
    'publication',
    'with_generated',
    'CREATE PUBLICATION with_generated WITH (publish_generated_columns = stored)',
    {
      generatedColumns: 'stored',
    },
    {since: 18},
  ),
  read(
    'subscription',
    'followed',
    `CREATE SUBSCRIPTION followed CONNECTION 'host=nowhere password=secret' PUBLICATION p, q WITH (connect = false, binary, slot_name = NONE, synchronous_commit = 'local')`,
    {
      publications: ['p', 'q'],
      disabled: true,
      slotName: 'NONE',
      options: {binary: 'true', synchronous_commit: 'local'},
    },
  ),
  read(
    'foreign data wrapper',
    'dummy',
    `ALTER FOREIGN DATA WRAPPER dummy OPTIONS (a 'b'); GRANT USAGE ON FOREIGN DATA WRAPPER dummy TO reader`,
    {
      options: {a: 'b'},
      privileges: {postgres: ['USAGE'], reader: ['USAGE']},
    },
  ),
  read(
    'server',
    'far',
    `CREATE SERVER far TYPE 'kind' VERSION '7' FOREIGN DATA WRAPPER dummy OPTIONS (host 'h')`,
    {
      wrapper: 'dummy',
      type: 'kind',
      version: '7',
      options: {host: 'h'},
    },
    {needs: ['foreign data wrapper dummy']},
  ),
  read(
    'user mapping',
    'far.reader',
    `CREATE USER MAPPING FOR reader SERVER far OPTIONS (user 'them', password 'secret')`,
    {
      options: {password: '(not read)', user: 'them'},
    },
    {needs: ['server far']},
  ),
  read('user mapping', 'far."PUBLIC"', 'CREATE USER MAPPING FOR PUBLIC SERVER far', {}),
  read('collation', 's.german', '', {
    definition: `CREATE COLLATION s.german (provider = icu, locale = 'de-DE')`,
  }),
  read(
    'collation',
    's.loose',
    `CREATE COLLATION s.loose (provider = icu, locale = 'und', deterministic = false)`,
    {
      definition: `CREATE COLLATION s.loose (provider = icu, locale = 'und', deterministic = false)`,
    },
  ),
];
