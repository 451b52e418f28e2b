import {read, type SchemaCase} from './schema-case.ts';

/** In a schema `s` with a type `s.mood`, a collation `s.german` and roles `reader` and `writer`. */
export const tableCases: readonly SchemaCase[] = [
  read('table', 's.plain', 'CREATE TABLE s.plain (a int)', {}, {needs: ['schema s']}),
  read('column', 's.plain.a', '', {type: 'integer', position: 1}),
  read('table', 's."Odd ""name"""', 'CREATE TABLE s."Odd ""name""" ("between" int, "A b" int)', {}),
  read('column', 's."Odd ""name"""."A b"', '', {type: 'integer', position: 2}),
  read('column', 's."Odd ""name""".between', '', {type: 'integer', position: 1}),
  read('table', 's.unlogged', 'CREATE UNLOGGED TABLE s.unlogged ()', {persistence: 'unlogged'}),
  read(
    'table',
    's.secured',
    'CREATE TABLE s.secured (a int); ALTER TABLE s.secured ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY',
    {rowSecurity: true, forceRowSecurity: true},
  ),
  read('table', 's.silent', 'CREATE TABLE s.silent (); ALTER TABLE s.silent REPLICA IDENTITY NOTHING', {
    replicaIdentity: 'nothing',
  }),
  read('table', 's.loud', 'CREATE TABLE s.loud (); ALTER TABLE s.loud REPLICA IDENTITY FULL', {
    replicaIdentity: 'full',
  }),
  read(
    'table',
    's.indexed',
    `CREATE TABLE s.indexed (a int NOT NULL); CREATE UNIQUE INDEX indexed_a ON s.indexed (a);
     ALTER TABLE s.indexed REPLICA IDENTITY USING INDEX indexed_a, CLUSTER ON indexed_a`,
    {replicaIdentity: 'index indexed_a', clusterOn: 'indexed_a'},
  ),
  read(
    'table',
    's.tuned',
    `CREATE TABLE s.tuned (a text) WITH (fillfactor = 70, autovacuum_enabled = off, toast.autovacuum_enabled = off);
     COMMENT ON TABLE s.tuned IS 'it''s tuned'`,
    {
      options: {autovacuum_enabled: 'off', fillfactor: '70'},
      toastOptions: {autovacuum_enabled: 'off'},
      comment: "it's tuned",
    },
  ),
  read(
    'table',
    's.foreign_owner',
    'CREATE TABLE s.foreign_owner (); ALTER TABLE s.foreign_owner OWNER TO writer',
    {
      owner: 'writer',
    },
  ),
  read(
    'table',
    's.granted',
    'CREATE TABLE s.granted (a int); GRANT SELECT ON s.granted TO reader, PUBLIC',
    {
      privileges: expectOwners({reader: ['SELECT'], PUBLIC: ['SELECT']}),
    },
    {until: 16},
  ),
  read(
    'table',
    's.passed_on',
    `CREATE TABLE s.passed_on (a int, b int); REVOKE ALL ON s.passed_on FROM postgres;
     GRANT INSERT, UPDATE ON s.passed_on TO writer WITH GRANT OPTION; GRANT SELECT (b), UPDATE (b) ON s.passed_on TO reader`,
    {privileges: {writer: ['INSERT*', 'UPDATE*']}},
  ),
  read('column', 's.passed_on.b', '', {
    type: 'integer',
    position: 2,
    privileges: {reader: ['SELECT', 'UPDATE']},
  }),
  read(
    'table',
    's.as_before',
    'CREATE TABLE s.as_before (); GRANT SELECT ON s.as_before TO reader; REVOKE ALL ON s.as_before FROM reader',
    {},
  ),

  read('table', 's.parent', 'CREATE TABLE s.parent (a int NOT NULL, b text, CONSTRAINT c CHECK (a > 0))', {}),
  read(
    'table',
    's.child',
    "CREATE TABLE s.child (own int, b text DEFAULT 'x') INHERITS (s.parent, s.plain)",
    {
      inherits: ['s.parent', 's.plain'],
    },
    {needs: ['schema s', 'table s.parent', 'table s.plain']},
  ),
  read('column', 's.child.a', '', {type: 'integer', position: 1, notNull: true, inherited: true}),
  read('column', 's.child.b', '', {type: 'text', position: 2, default: "'x'::text"}),
  read('constraint', 's.child.c', '', null),
  read(
    'table',
    's.typed',
    'CREATE TYPE s.pair AS (x int, y text); CREATE TABLE s.typed OF s.pair',
    {ofType: 's.pair'},
    {
      needs: ['schema s', 'type s.pair'],
    },
  ),
  read(
    'table',
    's.events',
    'CREATE TABLE s.events (id int, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at)',
    {
      partitionKey: 'RANGE (at)',
    },
  ),
  read(
    'table',
    's.events_2025',
    `CREATE TABLE s.events_2025 PARTITION OF s.events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')`,
    {
      partitionOf: 's.events',
      partitionBound: "FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
    },
    {needs: ['schema s', 'table s.events']},
  ),
  read('table', 's.events_rest', 'CREATE TABLE s.events_rest PARTITION OF s.events DEFAULT', {
    partitionOf: 's.events',
    partitionBound: 'DEFAULT',
  }),
  read('constraint', 's.events_2025.events_2025_pkey', '', null),
  read('index', 's.events_2025_pkey', '', {
    method: 'btree',
    keys: ['id', 'at'],
    unique: true,
    constraint: 'events_2025_pkey',
    attachedTo: 's.events_pkey',
  }),
  read(
    'table',
    's.remote',
    `CREATE FOREIGN TABLE s.remote (a int OPTIONS (n 'x')) SERVER elsewhere OPTIONS (t 'there')`,
    {
      server: 'elsewhere',
      foreignOptions: {t: 'there'},
    },
    {needs: ['schema s', 'server elsewhere']},
  ),
  read('column', 's.remote.a', '', {type: 'integer', position: 1, foreignOptions: {n: 'x'}}),
  read('table', 'pg_temp.temporary', 'CREATE TEMPORARY TABLE temporary (a int)', null),
  read('table', 's.with_extension', 'CREATE TABLE s.with_extension (a hstore)', {}),
  read(
    'column',
    's.with_extension.a',
    '',
    {type: 'public.hstore', position: 1},
    {needs: ['extension hstore']},
  ),
];

/** Before 17 there is no MAINTAIN, which the owner has since. */
function expectOwners(
  privileges: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, readonly string[]>> {
  return {
    postgres: ['DELETE*', 'INSERT*', 'REFERENCES*', 'SELECT*', 'TRIGGER*', 'TRUNCATE*', 'UPDATE*'].map(word =>
      word.replace('*', ''),
    ),
    ...privileges,
  };
}

export const columnCases: readonly SchemaCase[] = [
  read(
    'column',
    's.columns.dropped',
    `CREATE TABLE s.columns (dropped int, modified numeric(10,2) NOT NULL DEFAULT 0.5, collated text COLLATE "C", own text COLLATE s.german,
       moods s.mood[] DEFAULT '{sad}', stored text, counted int, identity bigint GENERATED ALWAYS AS IDENTITY,
       by_default smallint GENERATED BY DEFAULT AS IDENTITY (START 5 INCREMENT 3 MINVALUE 2 MAXVALUE 99 CACHE 4 CYCLE),
       generated int GENERATED ALWAYS AS (counted * 2) STORED, serial serial, compressed text COMPRESSION pglz, varying varchar(3));
     ALTER TABLE s.columns DROP COLUMN dropped;
     ALTER TABLE s.columns ALTER stored SET STORAGE EXTERNAL, ALTER counted SET STATISTICS 500,
       ALTER counted SET (n_distinct = -0.5, n_distinct_inherited = 7);
     COMMENT ON COLUMN s.columns.counted IS 'how many'`,
    null,
  ),
  read('column', 's.columns.modified', '', {
    type: 'numeric(10,2)',
    position: 1,
    notNull: true,
    default: '0.5',
  }),
  read('column', 's.columns.collated', '', {type: 'text', position: 2, collation: 'pg_catalog."C"'}),
  read(
    'column',
    's.columns.own',
    '',
    {type: 'text', position: 3, collation: 's.german'},
    {needs: ['collation s.german']},
  ),
  read(
    'column',
    's.columns.moods',
    '',
    {type: 's.mood[]', position: 4, default: `'{sad}'::s.mood[]`},
    {needs: ['type s.mood']},
  ),
  read('column', 's.columns.stored', '', {type: 'text', position: 5, storage: 'external'}),
  read('column', 's.columns.counted', '', {
    type: 'integer',
    position: 6,
    statistics: 500,
    options: {n_distinct: '-0.5', n_distinct_inherited: '7'},
    comment: 'how many',
  }),
  read('column', 's.columns.identity', '', {type: 'bigint', position: 7, notNull: true, identity: 'always'}),
  read('sequence', 's.columns_identity_seq', '', null),
  read('column', 's.columns.by_default', '', {
    type: 'smallint',
    position: 8,
    notNull: true,
    identity: 'by default',
    identityOptions: {cache: '4', cycle: 'true', increment: '3', maxvalue: '99', minvalue: '2', start: '5'},
  }),
  read(
    'column',
    's.columns.generated',
    '',
    {
      type: 'integer',
      position: 9,
      generated: '(counted * 2)',
      generatedKind: 'stored',
    },
    {needs: ['column s.columns.counted']},
  ),
  read(
    'column',
    's.columns.serial',
    '',
    {
      type: 'integer',
      position: 10,
      notNull: true,
      default: `nextval('s.columns_serial_seq'::regclass)`,
    },
    {needs: ['sequence s.columns_serial_seq']},
  ),
  read(
    'sequence',
    's.columns_serial_seq',
    '',
    {
      type: 'integer',
      start: '1',
      increment: '1',
      minimum: '1',
      maximum: '2147483647',
      cache: '1',
      ownedBy: 's.columns.serial',
    },
    {needs: ['schema s']},
  ),
  read('column', 's.columns.compressed', '', {type: 'text', position: 11, compression: 'pglz'}),
  read('column', 's.columns.varying', '', {type: 'character varying(3)', position: 12}),
  read(
    'column',
    's.virtual.b',
    'CREATE TABLE s.virtual (a int, b int GENERATED ALWAYS AS (a + 1) VIRTUAL)',
    {type: 'integer', position: 2, generated: '(a + 1)', generatedKind: 'virtual'},
    {since: 18, needs: ['column s.virtual.a']},
  ),
  read(
    'sequence',
    's.ticket',
    `CREATE SEQUENCE s.ticket AS smallint INCREMENT -5 START 10 MINVALUE -7 MAXVALUE 300 CACHE 3 CYCLE; COMMENT ON SEQUENCE s.ticket IS 'numbers';
     GRANT USAGE ON s.ticket TO reader`,
    {
      type: 'smallint',
      start: '10',
      increment: '-5',
      minimum: '-7',
      maximum: '300',
      cache: '3',
      cycle: true,
      comment: 'numbers',
      privileges: {postgres: ['SELECT', 'UPDATE', 'USAGE'], reader: ['USAGE']},
    },
  ),
  read(
    'sequence',
    's.fast',
    'CREATE UNLOGGED SEQUENCE s.fast',
    {
      type: 'bigint',
      persistence: 'unlogged',
      start: '1',
      increment: '1',
      minimum: '1',
      maximum: '9223372036854775807',
      cache: '1',
    },
    {since: 15},
  ),
];
