import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {assess, type Assessment} from '../../../../src/core/health/assess.ts';
import type {Action} from '../../../../src/core/health/finding.ts';
import {createDatabase, type TestDatabase} from '../../../rig/databases.ts';
import {readIndexes, told} from './index-rig.ts';

interface Case {
  readonly name: string;
  /** `@` is the name of the table with the key: `a`, `b` and `"C c"` refer to `parent`. */
  readonly sql: string;
  readonly told?: readonly string[];
  readonly since?: number;
}

const lacking = (of: string, columns: string, where = ''): string =>
  `foreign-key-without-index: No index supports ${of} on @ (${columns})${where}`;
const one = `CREATE TABLE @ (id int, a int CONSTRAINT fk REFERENCES one, b int, "C c" int, d int4range);`;
const two = `CREATE TABLE @ (id int, a int, b int, "C c" int, CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES two (x, y));`;
const partitioned = `CREATE TABLE @ (id int, a int CONSTRAINT fk REFERENCES one) PARTITION BY RANGE (id);
  CREATE TABLE @_1 PARTITION OF @ FOR VALUES FROM (0) TO (10); CREATE TABLE @_2 PARTITION OF @ FOR VALUES FROM (10) TO (20);`;

const cases: readonly Case[] = [
  {name: 'none', sql: one, told: [lacking('fk', 'a')]},
  {name: 'btree', sql: `${one} CREATE INDEX ON @ (a);`},
  {name: 'hash', sql: `${one} CREATE INDEX ON @ USING hash (a);`},
  {name: 'descending', sql: `${one} CREATE INDEX ON @ (a DESC NULLS LAST);`},
  {name: 'first of several', sql: `${one} CREATE INDEX ON @ (a, b);`},
  {name: 'second of several', sql: `${one} CREATE INDEX ON @ (b, a);`, told: [lacking('fk', 'a')]},
  {name: 'carried along', sql: `${one} CREATE INDEX ON @ (b) INCLUDE (a);`, told: [lacking('fk', 'a')]},
  {name: 'BRIN', sql: `${one} CREATE INDEX ON @ USING brin (a);`, told: [lacking('fk', 'a')]},
  {name: 'an expression', sql: `${one} CREATE INDEX ON @ ((a + 0));`, told: [lacking('fk', 'a')]},
  {name: 'without NULLs', sql: `${one} CREATE INDEX ON @ (a) WHERE a IS NOT NULL;`},
  {
    name: 'without NULLs of another column',
    sql: `${one} CREATE INDEX ON @ (a) WHERE b IS NOT NULL;`,
    told: [lacking('fk', 'a')],
  },
  {name: 'partial', sql: `${one} CREATE INDEX ON @ (a) WHERE a > 5;`, told: [lacking('fk', 'a')]},
  {
    name: 'without NULLs and partial',
    sql: `${one} CREATE INDEX ON @ (a) WHERE a IS NOT NULL AND b > 1;`,
    told: [lacking('fk', 'a')],
  },
  {name: 'unique', sql: `${one} CREATE UNIQUE INDEX ON @ (a);`},
  {
    name: 'invalid',
    sql: `${one} CREATE INDEX @_i ON @ (a); UPDATE pg_index SET indisvalid = false WHERE indexrelid = '@_i'::regclass;`,
    told: ['index-invalid: @_i is not valid', lacking('fk', 'a')],
  },
  {name: 'two columns, none', sql: two, told: [lacking('fk', 'a, b')]},
  {name: 'two columns', sql: `${two} CREATE INDEX ON @ (a, b);`},
  {name: 'two columns, the other way round', sql: `${two} CREATE INDEX ON @ (b, a, id);`},
  {
    name: 'two columns with another between',
    sql: `${two} CREATE INDEX ON @ (a, id, b);`,
    told: [lacking('fk', 'a, b')],
  },
  {name: 'two columns, one of them', sql: `${two} CREATE INDEX ON @ (a);`, told: [lacking('fk', 'a, b')]},
  {
    name: 'two columns without NULLs',
    sql: `${two} CREATE INDEX ON @ (b, a) WHERE b IS NOT NULL AND a IS NOT NULL;`,
  },
  {name: 'two columns without NULLs of one', sql: `${two} CREATE INDEX ON @ (a, b) WHERE b IS NOT NULL;`},
  {
    name: 'another collation',
    sql: `CREATE TABLE @ (a text CONSTRAINT fk REFERENCES words); CREATE INDEX ON @ (a COLLATE "C");`,
    told: [lacking('fk', 'a')],
  },
  {
    name: 'a class for patterns',
    sql: `CREATE TABLE @ (a text CONSTRAINT fk REFERENCES words); CREATE INDEX ON @ (a text_pattern_ops);`,
  },
  {
    name: 'two keys over one column',
    sql: `${one} ALTER TABLE @ ADD CONSTRAINT fk2 FOREIGN KEY (a) REFERENCES other;`,
    told: [lacking('fk', 'a')],
  },
  {
    name: 'the same key twice',
    sql: `${one} ALTER TABLE @ ADD CONSTRAINT fk2 FOREIGN KEY (a) REFERENCES one ON DELETE CASCADE; CREATE INDEX ON @ (a);`,
    told: ['foreign-key-duplicate: fk2 of @ is the same foreign key as fk'],
  },
  {
    name: 'the same key twice in another order',
    sql: `${two} ALTER TABLE @ ADD CONSTRAINT fk2 FOREIGN KEY (b, a) REFERENCES two (y, x); CREATE INDEX ON @ (a, b);`,
    told: ['foreign-key-duplicate: fk2 of @ is the same foreign key as fk'],
  },
  {
    name: 'the same columns, crossed',
    sql: `${two} ALTER TABLE @ ADD CONSTRAINT fk2 FOREIGN KEY (a, b) REFERENCES two (y, x); CREATE INDEX ON @ (a, b);`,
  },
  {
    name: 'the proven one stays',
    sql: `CREATE TABLE @ (a int); ALTER TABLE @ ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES one NOT VALID; ALTER TABLE @ ADD CONSTRAINT fk2 FOREIGN KEY (a) REFERENCES one; CREATE INDEX ON @ (a);`,
    told: ['foreign-key-duplicate: fk of @ is the same foreign key as fk2'],
  },
  {name: 'a partitioned table without', sql: partitioned, told: [lacking('fk', 'a', ' in @_1 and @_2')]},
  {name: 'a partitioned table with', sql: `${partitioned} CREATE INDEX ON @ (a);`},
  {
    name: 'a partitioned table with one partition’s',
    sql: `${partitioned} CREATE INDEX ON @_2 (a);`,
    told: [lacking('fk', 'a', ' in @_1')],
  },
  {
    name: 'a partitioned table with each partition’s',
    sql: `${partitioned} CREATE INDEX ON @_1 (a); CREATE INDEX ON @_2 (a, id);`,
  },
  {
    name: 'refers to a partitioned table',
    sql: `CREATE TABLE @_p (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE @_p1 PARTITION OF @_p FOR VALUES FROM (0) TO (10); CREATE TABLE @ (a int CONSTRAINT fk REFERENCES @_p);`,
    told: [lacking('fk', 'a')],
  },
  {
    name: 'not enforced',
    sql: `CREATE TABLE @ (a int, CONSTRAINT fk FOREIGN KEY (a) REFERENCES one NOT ENFORCED);`,
    since: 18,
  },
  {
    name: 'temporal',
    sql: `CREATE TABLE @ (a int4range, d daterange, CONSTRAINT fk FOREIGN KEY (a, PERIOD d) REFERENCES temporal (id, PERIOD d));`,
    since: 18,
  },
];

const setting = `CREATE TABLE one (id int PRIMARY KEY); CREATE TABLE other (id int PRIMARY KEY); CREATE TABLE two (x int, y int, PRIMARY KEY (x, y), UNIQUE (y, x)); CREATE TABLE words (w text PRIMARY KEY);`;
const busy = `CREATE TABLE customers (id int PRIMARY KEY, name text);
INSERT INTO customers SELECT n FROM generate_series(1, 100) AS n;
CREATE TABLE lines (id int, "Customer" int CONSTRAINT lines_fk REFERENCES customers);
INSERT INTO lines SELECT n, 2 + n % 90 FROM generate_series(1, 12000) AS n; ANALYZE lines;
DELETE FROM customers WHERE id = 1;
CREATE TABLE parts (id int, a int CONSTRAINT parts_fk REFERENCES one) PARTITION BY RANGE (id);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (10);
CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (10) TO (20) PARTITION BY RANGE (id);
CREATE TABLE parts_2a PARTITION OF parts_2 FOR VALUES FROM (10) TO (20);`;

describe.each([14, 18] as const)('PostgreSQL %i', major => {
  let db: TestDatabase;
  let found: Assessment;
  const there = cases.filter(({since = 0}) => since <= major);

  beforeAll(async () => {
    db = await createDatabase(major, 'foreign_keys');
    const sql = there.map(({name, sql: own}) => own.replaceAll('@', nameOf(name)));
    const temporal =
      major >= 18
        ? 'CREATE TABLE temporal (id int4range, d daterange, PRIMARY KEY (id, d WITHOUT OVERLAPS));'
        : '';
    await db.sql([setting, temporal, busy, ...sql].join('\n'));
    // Counters of another session come within a second.
    for (let tries = 0; tries < 60; tries += 1) {
      const [row] = await db.sql("SELECT n_tup_del FROM pg_stat_user_tables WHERE relname = 'customers'");
      if (Number(row?.['n_tup_del']) === 1) break;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    found = await assess(await readIndexes(db));
  });
  afterAll(() => db.drop());

  const nameOf = (name: string): string => `t${cases.findIndex(each => each.name === name)}`;

  it.each(there)('$name', ({name, told: expected = []}) => {
    const own = told(found.findings, new RegExp(`^${nameOf(name)}$`));
    expect(own.map(line => line.replaceAll(new RegExp(`\\b${nameOf(name)}(?=_|\\b)`, 'g'), '@'))).toEqual(
      expected.toSorted(),
    );
  });

  const actionOf = (constraint: string): Extract<Action, {kind: 'migration'}> => {
    const finding = found.findings.find(
      ({check, subject}) =>
        check === 'foreign-key-without-index' &&
        subject?.kind === 'constraint' &&
        subject.name === constraint,
    );
    const [action] = finding?.actions ?? [];
    if (action?.kind !== 'migration') expect.fail('no migration');
    return action;
  };

  it('warns where rows are deleted, and says what each of them costs', () => {
    const finding = found.findings.find(
      ({what}) => what === 'No index supports lines_fk on lines (Customer)',
    );
    expect(finding?.severity).toBe('warning');
    expect(finding?.why).toContain('12,000 rows');
    expect(finding?.evidence[0]).toBe('Rows of customers that were deleted: 1; updated: 0.');
    expect(actionOf('lines_fk').migrations).toEqual([
      {
        title: 'Index lines (Customer)',
        up: 'CREATE INDEX CONCURRENTLY "lines_Customer_idx" ON public.lines USING btree ("Customer");',
        down: 'DROP INDEX CONCURRENTLY public."lines_Customer_idx";',
      },
    ]);
  });

  it.each(['lines_fk', 'parts_fk'])('creates what %s lacks, and drops it again', async name => {
    const {migrations} = actionOf(name);
    expect(migrations.map(({up}) => /CONCURRENTLY/.test(up))).toEqual(
      name === 'parts_fk' ? [true, true, false] : [true],
    );
    const unsupported = async (): Promise<boolean> => {
      const {findings} = await assess(await readIndexes(db));
      return findings.some(
        ({check, subject}) =>
          check === 'foreign-key-without-index' && subject?.kind === 'constraint' && subject.name === name,
      );
    };
    for (const {up} of migrations) await db.sql(up);
    expect(await unsupported()).toBe(false);
    for (const {down} of migrations.toReversed()) await db.sql(down);
    expect(await unsupported()).toBe(true);
  });

  it('drops a key that is there twice, and adds it again as it was', async () => {
    const table = nameOf('the same key twice');
    const state = (): Promise<readonly unknown[]> =>
      db.sql(
        `SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = '${table}'::regclass AND contype = 'f' ORDER BY 1`,
      );
    const before = await state();
    const finding = found.findings.find(({what}) => what.startsWith(`fk2 of ${table} `));
    const [action] = finding?.actions ?? [];
    const [migration] = action?.kind === 'migration' ? action.migrations : [];
    await db.sql(migration?.up ?? '');
    expect(await state()).toHaveLength(1);
    await db.sql(migration?.down ?? '');
    expect(await state()).toEqual(before);
  });
});
