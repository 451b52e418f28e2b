import {read, type SchemaCase} from './schema-case.ts';

export const indexCases: readonly SchemaCase[] = [
  read(
    'index',
    's.simple',
    `CREATE TABLE s.searched (a int, b text, c jsonb, d text COLLATE "C", e int4range, v varchar(9), m s.mood, l int[]);
     CREATE INDEX simple ON s.searched (a, b DESC, d NULLS FIRST, v DESC NULLS LAST, m, l)`,
    {
      method: 'btree',
      keys: ['a', 'b DESC', 'd NULLS FIRST', 'v DESC NULLS LAST', 'm', 'l'],
      definition:
        'CREATE INDEX simple ON s.searched USING btree (a, b DESC, d NULLS FIRST, v DESC NULLS LAST, m, l)',
    },
    {
      needs: [
        'column s.searched.a',
        'column s.searched.b',
        'column s.searched.d',
        'column s.searched.l',
        'column s.searched.m',
        'column s.searched.v',
      ],
    },
  ),
  read(
    'index',
    's.rich',
    `CREATE UNIQUE INDEX rich ON s.searched (lower(b || ',('')') text_pattern_ops, d COLLATE "POSIX" DESC, (a + 1))
       INCLUDE (c) WITH (fillfactor = 70) WHERE a > 0 AND b <> ' WHERE ('; COMMENT ON INDEX s.rich IS 'many';
     ALTER INDEX s.rich ALTER COLUMN 3 SET STATISTICS 300`,
    {
      method: 'btree',
      unique: true,
      keys: [`lower((b || ',('')'::text)) text_pattern_ops`, 'd COLLATE "POSIX" DESC', '((a + 1))'],
      include: ['c'],
      predicate: `((a > 0) AND (b <> ' WHERE ('::text))`,
      options: {fillfactor: '70'},
      statistics: {3: '300'},
      comment: 'many',
      definition: `CREATE UNIQUE INDEX rich ON s.searched USING btree (lower((b || ',('')'::text)) text_pattern_ops, d COLLATE "POSIX" DESC, ((a + 1))) INCLUDE (c) WITH (fillfactor='70') WHERE ((a > 0) AND (b <> ' WHERE ('::text))`,
    },
  ),
  read(
    'index',
    's.with_parameters',
    'CREATE INDEX with_parameters ON s.searched USING brin (a int4_minmax_multi_ops (values_per_range = 16)) WITH (pages_per_range = 4)',
    {
      method: 'brin',
      keys: [`a int4_minmax_multi_ops (values_per_range='16')`],
      options: {pages_per_range: '4'},
      definition: `CREATE INDEX with_parameters ON s.searched USING brin (a int4_minmax_multi_ops (values_per_range='16')) WITH (pages_per_range='4')`,
    },
  ),
  read('index', 's.by_path', 'CREATE INDEX by_path ON s.searched USING gin (c jsonb_path_ops)', {
    method: 'gin',
    keys: ['c jsonb_path_ops'],
    definition: 'CREATE INDEX by_path ON s.searched USING gin (c jsonb_path_ops)',
  }),
  read(
    'index',
    's.nulls_once',
    'CREATE UNIQUE INDEX nulls_once ON s.searched (a) NULLS NOT DISTINCT',
    {
      method: 'btree',
      keys: ['a'],
      unique: true,
      nullsNotDistinct: true,
      definition: 'CREATE UNIQUE INDEX nulls_once ON s.searched USING btree (a) NULLS NOT DISTINCT',
    },
    {since: 15},
  ),
  read(
    'index',
    's.split_a_idx',
    'CREATE TABLE s.split (a int) PARTITION BY LIST (a); CREATE TABLE s.split_1 PARTITION OF s.split FOR VALUES IN (1); CREATE INDEX ON s.split (a)',
    {method: 'btree', keys: ['a'], definition: 'CREATE INDEX split_a_idx ON ONLY s.split USING btree (a)'},
  ),
  read(
    'index',
    's.split_1_a_idx',
    '',
    {
      method: 'btree',
      keys: ['a'],
      definition: 'CREATE INDEX split_1_a_idx ON s.split_1 USING btree (a)',
      attachedTo: 's.split_a_idx',
    },
    {needs: ['column s.split_1.a', 'index s.split_a_idx', 'table s.split_1']},
  ),
  read(
    'index',
    's.alone',
    'CREATE TABLE s.apart_from (a int) PARTITION BY LIST (a); CREATE TABLE s.apart_1 PARTITION OF s.apart_from FOR VALUES IN (1); CREATE INDEX alone ON ONLY s.apart_from (a)',
    {
      method: 'btree',
      keys: ['a'],
      definition: 'CREATE INDEX alone ON ONLY s.apart_from USING btree (a)',
      invalid: true,
    },
  ),
  read(
    'index',
    's.extended',
    `CREATE INDEX extended ON s.searched (e); ALTER INDEX s.extended DEPENDS ON EXTENSION hstore`,
    {
      method: 'btree',
      keys: ['e'],
      definition: 'CREATE INDEX extended ON s.searched USING btree (e)',
      dependsOnExtensions: ['hstore'],
    },
  ),
];
