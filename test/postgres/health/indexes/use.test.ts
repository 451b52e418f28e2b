import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {HealthFinding} from '../../../../src/core/health/finding.ts';
import {servesOf} from '../../../../src/core/health/indexes/serves.ts';
import type {Reading} from '../../../../src/core/health/parts.ts';
import type {IndexesPart} from '../../../../src/core/health/parts/indexes.ts';
import {createDatabase, type TestDatabase} from '../../../rig/databases.ts';
import {assessAfter, indexesOf, readIndexes, rowOf, told} from './index-rig.ts';

const schema = `
CREATE TABLE parent (id int PRIMARY KEY, note text);
INSERT INTO parent SELECT n FROM generate_series(1, 100) AS n;
CREATE TABLE orders (id int PRIMARY KEY, email text UNIQUE, code int, status text, total int, at timestamptz, span int4range, parent_id int REFERENCES parent, pair int,
  other_id int REFERENCES parent, EXCLUDE USING gist (span WITH &&));
CREATE INDEX orders_status ON orders (status);
CREATE INDEX orders_used ON orders (total);
CREATE UNIQUE INDEX orders_code ON orders (code);
CREATE INDEX orders_parent ON orders (parent_id);
CREATE INDEX orders_other ON orders (other_id, total);
CREATE INDEX orders_other_status ON orders (other_id, status) WHERE other_id IS NOT NULL;
INSERT INTO orders SELECT n, 'e' || n, n, 's' || n % 7, n, now(), int4range(n, n + 1), n % 100 + 1, n, n % 100 + 1 FROM generate_series(1, 5000) AS n;
CREATE TABLE tiny (id int, a int); CREATE INDEX tiny_a ON tiny (a); INSERT INTO tiny SELECT n, n FROM generate_series(1, 50) AS n;
CREATE TABLE identity (a int NOT NULL, b text); INSERT INTO identity SELECT n, repeat('x', 100) FROM generate_series(1, 2000) AS n;
CREATE UNIQUE INDEX identity_a ON identity (a); ALTER TABLE identity REPLICA IDENTITY USING INDEX identity_a;
CREATE TABLE parted (a int, b int, c text) PARTITION BY RANGE (a);
CREATE TABLE parted1 PARTITION OF parted FOR VALUES FROM (0) TO (5000);
CREATE TABLE parted2 PARTITION OF parted FOR VALUES FROM (5000) TO (10000);
CREATE INDEX parted_b ON parted (b); CREATE INDEX parted_c ON parted (c);
INSERT INTO parted SELECT n, n, 'c' || n FROM generate_series(0, 9999) AS n;
CREATE TABLE hot (id int PRIMARY KEY, a text);
INSERT INTO hot SELECT n, repeat(md5(n::text), 7) FROM generate_series(1, 21000) AS n;
CREATE INDEX hot_a ON hot (a) WITH (fillfactor = 10);
`;

/** Each is one look at one row; the planner is kept from reading tables as a whole. */
const workload = `
SET enable_seqscan = off; SET enable_bitmapscan = off;
SELECT count(*) FROM orders WHERE total = 7;
SELECT count(*) FROM orders WHERE total = 8;
SELECT count(*) FROM parted WHERE b = 6000;
SELECT count(*) FROM hot WHERE a = 'x';
UPDATE orders SET pair = 1 WHERE id = 1;
INSERT INTO orders (id, email, code, span) VALUES (5001, 'new', 5001, '[6000,6001)');
`;

async function counted(db: TestDatabase, sql: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const [row] = await db.sql(sql);
    if (row?.['there'] === true) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  expect.fail(`the counters did not come: ${sql}`);
}

describe.each([14, 16, 18] as const)('PostgreSQL %i', major => {
  let db: TestDatabase;
  let reading: Reading;
  let part: IndexesPart;

  beforeAll(async () => {
    db = await createDatabase(major, 'use');
    await db.sql(schema);
    await db.sql('VACUUM ANALYZE');
    await db.sql(workload);
    await counted(
      db,
      "SELECT (SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'hot_a') = 1 AND (SELECT n_tup_ins FROM pg_stat_user_tables WHERE relname = 'orders') = 5001 AS there",
    );
    reading = await readIndexes(db);
    part = indexesOf(reading);
  });
  afterAll(() => db.drop());

  const findingsAfter = async (days: number): Promise<readonly HealthFinding[]> =>
    (await assessAfter(reading, days)).findings;

  it('tells what no query uses, and nothing that serves something else', async () => {
    expect(told(await findingsAfter(40))).toEqual([
      'index-rarely-used: hot_a was used 1 time in 40 days and written 21,000 times',
      // One of the two that support the key has to stay.
      'index-unused: orders_other was not used in 40 days',
      'index-unused: orders_status was not used in 40 days',
      'index-unused: parted_c was not used in 40 days',
    ]);
  });

  it('takes counters of less than a week for no evidence', async () => {
    expect(told(await findingsAfter(6))).toEqual([]);
  });

  it('says what the verdict rests on, and how to drop the index and make it again', async () => {
    const finding = (await findingsAfter(40)).find(({what}) => what.startsWith('orders_status '));
    expect(finding).toMatchObject({
      severity: 'information',
      area: 'indexes',
      subject: {kind: 'index', schema: 'public', name: 'orders_status', table: 'orders'},
    });
    expect(finding?.evidence.join(' ')).toMatch(
      /^orders \(status\) had no scan\. The counters count since \d{4}-\d\d-\d\d, 40 days\. It takes \d+ kB\.$/,
    );
    expect(finding?.actions).toEqual([
      {
        kind: 'migration',
        title: 'Drop the index orders_status',
        migrations: [
          {
            title: 'Drop the index orders_status',
            up: 'DROP INDEX CONCURRENTLY public.orders_status;',
            down: 'CREATE INDEX CONCURRENTLY orders_status ON public.orders USING btree (status);',
          },
        ],
      },
    ]);
  });

  it('drops the index of a partitioned table in the form that works there', async () => {
    const finding = (await findingsAfter(40)).find(({what}) => what.startsWith('parted_c '));
    const [action] = finding?.actions ?? [];
    if (action?.kind !== 'migration') expect.fail('no migration');
    expect(action.migrations).toEqual([
      {
        title: 'Drop the index parted_c',
        up: 'DROP INDEX public.parted_c;',
        down: [
          'CREATE INDEX parted_c ON ONLY public.parted USING btree (c);',
          'CREATE INDEX parted1_c_idx ON public.parted1 USING btree (c);',
          'ALTER INDEX public.parted_c ATTACH PARTITION public.parted1_c_idx;',
          'CREATE INDEX parted2_c_idx ON public.parted2 USING btree (c);',
          'ALTER INDEX public.parted_c ATTACH PARTITION public.parted2_c_idx;',
        ].join('\n'),
      },
    ]);
  });

  it('rolls bytes and counters of partitions’ indexes up', async () => {
    const [one, two, whole] = ['parted1_b_idx', 'parted2_b_idx', 'parted_b'].map(name => rowOf(part, name));
    expect(whole).toMatchObject({partitioned: true, scans: 2, tuplesRead: 1, rows: 10_000});
    expect(whole?.bytes).toBe((one?.bytes ?? 0) + (two?.bytes ?? 0));
    expect([one?.parent, two?.parent, one?.scans, two?.scans]).toEqual([whole?.oid, whole?.oid, 1, 1]);
    expect(part.tables.find(({name}) => name === 'parted')).toMatchObject({rows: 10_000, inserted: 10_000});
  });

  it('counts an exclusion’s checks as scans, and a unique index’s not', () => {
    const exclusion = part.indexes.find(({constraint}) => constraint?.kind === 'exclusion');
    expect(exclusion?.scans).toBeGreaterThan(0);
    expect(rowOf(part, 'orders_code').scans).toBe(0);
    expect(rowOf(part, 'orders_email_key').scans).toBe(0);
  });

  it('knows the last use from 16 on', () => {
    const {lastScan} = rowOf(part, 'orders_used');
    if (major < 16) expect(lastScan).toBeUndefined();
    else expect(Math.abs((lastScan ?? 0) - Date.now())).toBeLessThan(600_000);
    expect(rowOf(part, 'orders_status').lastScan).toBeUndefined();
  });

  it('tells what was used once and is forgotten', async () => {
    const forgotten = 'index-unused: orders_used was last used 120 days ago';
    const lines = told(await findingsAfter(120), /^orders$/);
    expect(lines.includes(forgotten)).toBe(major >= 16);
  });

  it.each([
    ['orders_pkey', [/primary key orders_pkey/, /replica identity/]],
    ['orders_email_key', [/unique constraint orders_email_key/]],
    ['orders_code', [/keeps \(code\) unique/]],
    ['orders_parent', [/alone supports the foreign key orders_parent_id_fkey.*parent/]],
    ['orders_other', [/supports the foreign key orders_other_id_fkey.*as orders_other_status does/]],
    ['identity_a', [/keeps \(a\) unique/, /replica identity/]],
    ['parent_pkey', [/primary key/, /replica identity/, /foreign keys orders_.* and orders_.* refer to/]],
    ['parted_b', [/2 partitions/]],
    ['parted1_b_idx', [/attached to parted_b/]],
    ['orders_status', []],
  ] as const)('says what %s serves', (name, expected) => {
    const words = servesOf(part, rowOf(part, name));
    expect(words).toHaveLength(expected.length);
    for (const [at, pattern] of expected.entries()) expect(words[at]).toMatch(pattern);
  });

  it('takes a reset for the end of all evidence', async () => {
    await db.sql('SELECT pg_stat_reset()');
    await counted(
      db,
      "SELECT idx_scan = 0 AS there FROM pg_stat_user_indexes WHERE indexrelname = 'orders_used'",
    );
    const later = indexesOf(await readIndexes(db));
    expect(later.since).toBeGreaterThan(part.since ?? Infinity);
    expect(rowOf(later, 'orders_used').scans).toBe(0);
  });
});
