import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {assess, type Assessment} from '../../../../src/core/health/assess.ts';
import {createDatabase, type TestDatabase} from '../../../rig/databases.ts';
import {indexesOf, readIndexes, told} from './index-rig.ts';

/** Indexes of a table `t…` that has the columns below; its name stands for @. */
interface Case {
  readonly name: string;
  readonly sql: string;
  /** `check: what`, without the table's name before those of indexes. */
  readonly told?: readonly string[];
  readonly since?: number;
}

const columns = `id int, a int, b int, c text, d text, e numeric, g int[], h point, j date, k int4range, "Of b" int`;
const duplicate = (one: string, other: string): readonly string[] => [
  `index-duplicate: ${one} is the same as ${other}`,
];
const covered = (one: string, other: string): readonly string[] => [
  `index-redundant: ${one} is covered by ${other}`,
];
const index = (name: string, rest: string): string => `CREATE INDEX @_${name} ON @ ${rest};`;
const unique = (name: string, rest: string): string => `CREATE UNIQUE INDEX @_${name} ON @ ${rest};`;

const cases: readonly Case[] = [
  {name: 'the same twice', sql: index('x', '(a, b)') + index('y', '(a, b)'), told: duplicate('y', 'x')},
  {
    name: 'the same three times',
    sql: index('x', '(a)') + index('y', '(a)') + index('z', '(a)'),
    told: [...duplicate('y', 'x'), ...duplicate('z', 'x')],
  },
  {name: 'other order of columns', sql: index('x', '(a, b)') + index('y', '(b, a)')},
  {name: 'other direction of the last key', sql: index('x', '(a, b)') + index('y', '(a, b DESC)')},
  {name: 'other direction of the only key', sql: index('x', '(a)') + index('y', '(a DESC)')},
  {name: 'other place of NULLs', sql: index('x', '(a)') + index('y', '(a NULLS FIRST)')},
  {
    name: 'default words written out',
    sql: index('x', '(a)') + index('y', '(a ASC NULLS LAST)'),
    told: duplicate('y', 'x'),
  },
  {name: 'other operator class', sql: index('x', '(c)') + index('y', '(c text_pattern_ops)')},
  {
    name: 'the default operator class written out',
    sql: index('x', '(c)') + index('y', '(c text_ops)'),
    told: duplicate('y', 'x'),
  },
  {name: 'other collation', sql: index('x', '(c)') + index('y', '(c COLLATE "POSIX")')},
  {name: 'other predicate', sql: index('x', '(a) WHERE b > 0') + index('y', '(a) WHERE b > 1')},
  {name: 'a predicate and none', sql: index('x', '(a)') + index('y', '(a) WHERE b > 0')},
  {
    name: 'the same predicate in other words',
    sql: index('x', '(a) WHERE b > 0') + index('y', '(a) where (((b) > 0))'),
    told: duplicate('y', 'x'),
  },
  {
    name: 'other INCLUDE, neither within the other',
    sql: index('x', '(a) INCLUDE (b)') + index('y', '(a) INCLUDE (c)'),
  },
  {
    name: 'INCLUDE in another order',
    sql: index('x', '(a) INCLUDE (b, c)') + index('y', '(a) INCLUDE (c, b)'),
    told: duplicate('y', 'x'),
  },
  {name: 'other method', sql: index('x', '(a)') + index('y', 'USING hash (a)')},
  {
    name: 'the same hash twice',
    sql: index('x', 'USING hash (a)') + index('y', 'USING hash (a)'),
    told: duplicate('y', 'x'),
  },
  {
    name: 'the same GIN twice, one without fastupdate',
    sql: index('x', 'USING gin (g)') + index('y', 'USING gin (g) WITH (fastupdate = off)'),
    told: duplicate('y', 'x'),
  },
  {
    name: 'other fillfactor',
    sql: index('x', '(a)') + index('y', '(a) WITH (fillfactor = 50)'),
    told: duplicate('y', 'x'),
  },
  {
    name: 'BRIN with other pages_per_range',
    sql: index('x', 'USING brin (j)') + index('y', 'USING brin (j) WITH (pages_per_range = 8)'),
  },
  {
    name: 'BRIN with the default written out',
    sql: index('x', 'USING brin (j)') + index('y', 'USING brin (j) WITH (pages_per_range = 128)'),
    told: duplicate('y', 'x'),
  },
  {
    name: 'BRIN with another class',
    sql: index('x', 'USING brin (a)') + index('y', 'USING brin (a int4_bloom_ops)'),
  },
  {
    name: 'a class with other options',
    sql:
      index('x', 'USING brin (a int4_bloom_ops(n_distinct_per_range = 50))') +
      index('y', 'USING brin (a int4_bloom_ops(n_distinct_per_range = 60))'),
  },
  {
    name: 'a class with the same options',
    sql:
      index('x', 'USING brin (a int4_bloom_ops(n_distinct_per_range = 50))') +
      index('y', 'USING brin (a int4_bloom_ops(n_distinct_per_range = 50))'),
    told: duplicate('y', 'x'),
  },
  {
    name: 'the same expression',
    sql: index('x', '(lower(c))') + index('y', '( lower( c ) )'),
    told: duplicate('y', 'x'),
  },
  {name: 'an expression and its column', sql: index('x', '(lower(c))') + index('y', '(c)')},
  {
    name: 'an expression before a column, and another',
    sql: index('x', '(lower(c))') + index('y', '(upper(c), a)'),
  },
  {
    name: 'an expression that begins like another',
    sql: index('x', '((a + 1))') + index('y', '((a + 10), b)'),
  },
  {
    name: 'the same expression of another type',
    sql: index('x', '((a + 1))') + index('y', '((a + 1::bigint))'),
  },
  {
    name: 'a text in an expression that looks like a column',
    sql: index('x', "((c || 'a, b'))") + index('y', "((c || 'a'), b)"),
  },
  {name: 'columns whose numbers begin alike', sql: index('x', '(id)') + index('y', '("Of b", b)')},
  {name: 'a column whose name holds another', sql: index('x', '(b)') + index('y', '("Of b")')},
  {name: 'one key of two', sql: index('x', '(a)') + index('y', '(a, b)'), told: covered('x', 'y')},
  {name: 'the second key of two', sql: index('x', '(b)') + index('y', '(a, b)')},
  {name: 'one key of two with another direction', sql: index('x', '(a DESC)') + index('y', '(a, b)')},
  {
    name: 'a chain',
    sql: index('x', '(a)') + index('y', '(a, b)') + index('z', '(a, b, c)'),
    told: [...covered('x', 'z'), ...covered('y', 'z')],
  },
  {
    name: 'one key of two with equal predicates',
    sql: index('x', '(a) WHERE b > 0') + index('y', '(a, c) WHERE b > 0'),
    told: covered('x', 'y'),
  },
  {name: 'one key of two, the longer one partial', sql: index('x', '(a)') + index('y', '(a, b) WHERE b > 0')},
  {
    name: 'one key of two, the shorter one partial',
    sql: index('x', '(a) WHERE b > 0') + index('y', '(a, b)'),
  },
  {
    name: 'an INCLUDE that the longer one has as a key',
    sql: index('x', '(a) INCLUDE (b)') + index('y', '(a, b)'),
    told: covered('x', 'y'),
  },
  {name: 'an INCLUDE that the longer one has not', sql: index('x', '(a) INCLUDE (c)') + index('y', '(a, b)')},
  {
    name: 'an INCLUDE with a name in quotes',
    sql: index('x', '(a) INCLUDE ("Of b")') + index('y', '(a, "Of b")'),
    told: covered('x', 'y'),
  },
  {
    name: 'a key beside the same with INCLUDE',
    sql: index('x', '(a)') + index('y', '(a) INCLUDE (b)'),
    told: covered('x', 'y'),
  },
  {
    name: 'a prefix in GIN, GiST and BRIN',
    sql: index('x', 'USING brin (a)') + index('y', 'USING brin (a, b)') + index('v', 'USING gist (h)'),
  },
  {name: 'plain beside unique', sql: index('x', '(a)') + unique('y', '(a)'), told: covered('x', 'y')},
  {
    name: 'plain beside the primary key',
    sql: `ALTER TABLE @ ADD CONSTRAINT @_key PRIMARY KEY (id);${index('x', '(id)')}`,
    told: covered('x', 'key'),
  },
  {
    name: 'plain as the beginning of the primary key',
    sql: `ALTER TABLE @ ADD CONSTRAINT @_key PRIMARY KEY (id, a);${index('x', '(id)')}`,
    told: covered('x', 'key'),
  },
  {name: 'unique as the beginning of a longer one', sql: unique('x', '(a)') + index('y', '(a, b)')},
  {name: 'unique as the beginning of a longer unique one', sql: unique('x', '(a)') + unique('y', '(a, b)')},
  {name: 'unique twice', sql: unique('x', '(a)') + unique('y', '(a)'), told: duplicate('y', 'x')},
  {
    name: 'a unique index beside the constraint',
    sql: `${unique('x', '(a)')} ALTER TABLE @ ADD CONSTRAINT @_key UNIQUE (a);`,
    told: duplicate('x', 'key'),
  },
  {
    name: 'a unique constraint beside the primary key',
    sql: 'ALTER TABLE @ ADD CONSTRAINT @_u UNIQUE (id), ADD CONSTRAINT @_key PRIMARY KEY (id);',
    told: duplicate('u', 'key'),
  },
  {
    name: 'a deferrable constraint beside a unique index',
    sql: `${unique('x', '(a)')} ALTER TABLE @ ADD CONSTRAINT @_key UNIQUE (a) DEFERRABLE;`,
  },
  {
    name: 'NULLS NOT DISTINCT beside NULLS DISTINCT',
    sql: `${unique('x', '(a)')} CREATE UNIQUE INDEX @_y ON @ (a) NULLS NOT DISTINCT;`,
    since: 15,
  },
  {
    name: 'an exclusion beside the same GiST',
    sql: `ALTER TABLE @ ADD CONSTRAINT @_key EXCLUDE USING gist (h WITH ~=); ${index('x', 'USING gist (h)')}`,
    told: duplicate('x', 'key'),
  },
  {
    name: 'two exclusions that are the same',
    sql: `ALTER TABLE @ ADD CONSTRAINT @_x EXCLUDE USING gist (h WITH ~=); ALTER TABLE @ ADD CONSTRAINT @_y EXCLUDE USING gist (h WITH ~=);`,
    told: duplicate('y', 'x'),
  },
  {
    name: 'two exclusions with other operators',
    sql: `ALTER TABLE @ ADD CONSTRAINT @_x EXCLUDE USING gist (k WITH &&); ALTER TABLE @ ADD CONSTRAINT @_y EXCLUDE USING gist (k WITH -|-);`,
  },
  {
    name: 'the replica identity stays',
    sql: `ALTER TABLE @ ALTER a SET NOT NULL; ${unique('x', '(a)')}${unique('y', '(a)')} ALTER TABLE @ REPLICA IDENTITY USING INDEX @_y;`,
    told: duplicate('x', 'y'),
  },
  {
    name: 'the CLUSTER mark stays',
    sql: `${index('x', '(a)')}${index('y', '(a)')} ALTER TABLE @ CLUSTER ON @_y;`,
    told: duplicate('x', 'y'),
  },
  {
    name: 'what a foreign key refers to stays',
    sql: `${unique('x', '(a)')} CREATE TABLE @_child (a int REFERENCES @ (a)); CREATE INDEX ON @_child (a); ${unique('y', '(a)')}`,
    told: duplicate('y', 'x'),
  },
  {
    name: 'an invalid twin',
    sql: `INSERT INTO @ (a) VALUES (1), (1); ${index('x', '(a)')} ${index('y', '(a)')} UPDATE pg_index SET indisvalid = false WHERE indexrelid = '@_y'::regclass;`,
    told: ['index-invalid: y is not valid'],
  },
  {
    name: 'an invalid longer one',
    sql: `${index('x', '(a)')} ${index('y', '(a, b)')} UPDATE pg_index SET indisvalid = false WHERE indexrelid = '@_y'::regclass;`,
    told: ['index-invalid: y is not valid'],
  },
  {
    name: 'the same on two tables',
    sql: `${index('x', '(a)')} CREATE TABLE @_other (LIKE @ INCLUDING INDEXES);`,
  },
  {
    name: 'partitioned, told at the parent',
    sql: `CREATE TABLE @_p (a int, b int) PARTITION BY RANGE (a); CREATE TABLE @_p1 PARTITION OF @_p FOR VALUES FROM (0) TO (9); CREATE TABLE @_p2 PARTITION OF @_p FOR VALUES FROM (9) TO (19); CREATE INDEX @_x ON @_p (b); CREATE INDEX @_y ON @_p (b);`,
    told: duplicate('y', 'x'),
  },
  {
    name: 'partitioned, covered at the parent',
    sql: `CREATE TABLE @_p (a int, b int) PARTITION BY RANGE (a); CREATE TABLE @_p1 PARTITION OF @_p FOR VALUES FROM (0) TO (9); CREATE INDEX @_x ON @_p (b); CREATE INDEX @_y ON @_p (b, a);`,
    told: covered('x', 'y'),
  },
  {
    name: 'a partition’s own index beside the attached one',
    sql: `CREATE TABLE @_p (a int, b int) PARTITION BY RANGE (a); CREATE TABLE @_p1 PARTITION OF @_p FOR VALUES FROM (0) TO (9); CREATE INDEX @_x ON @_p1 (b); CREATE INDEX @_p1_y ON @_p1 (b); CREATE INDEX @_w ON @_p (b);`,
    told: duplicate('p1_y', 'x'),
  },
  {
    name: 'a materialized view',
    sql: `CREATE MATERIALIZED VIEW @_v AS SELECT a, b FROM @; CREATE UNIQUE INDEX @_u ON @_v (a); CREATE INDEX @_x ON @_v (a);`,
    told: covered('x', 'u'),
  },
  {
    name: 'a domain over text',
    sql: `CREATE DOMAIN @_label AS varchar(20); ALTER TABLE @ ADD z @_label; ${index('x', '(z)')} ${index('y', '(z varchar_pattern_ops)')} ${index('w', '(z, a)')}`,
    told: covered('x', 'w'),
  },
];

describe.each([14, 16, 18] as const)('PostgreSQL %i', major => {
  let db: TestDatabase;
  let found: Assessment;
  const there = cases.filter(({since = 0}) => since <= major);

  beforeAll(async () => {
    db = await createDatabase(major, 'overlap');
    const sql = cases.map(({sql: own, since = 0}, at) =>
      since <= major ? `CREATE TABLE t${at} (${columns}); ${own.replaceAll('@', `t${at}`)}` : '',
    );
    await db.sql(sql.join('\n'));
    const reading = await readIndexes(db);
    expect(indexesOf(reading).indexes.length).toBeGreaterThan(there.length);
    found = await assess(reading);
  });
  afterAll(() => db.drop());

  it.each(there)('$name', ({name, told: expected = []}) => {
    const at = cases.findIndex(one => one.name === name);
    const own = told(found.findings, new RegExp(`^t${at}(_|$)`)).map(line => line.replaceAll(`t${at}_`, ''));
    expect(own).toEqual(expected.toSorted());
  });
});
