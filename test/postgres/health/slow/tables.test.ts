import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {partOf} from '../../../../src/core/health/assess.ts';
import type {TableRow, TablesPart} from '../../../../src/core/health/parts/tables.ts';
import type {Session} from '../../../../src/core/session.ts';
import {tablesSql} from '../../../../src/postgres/health/sql/tables.ts';
import {createDatabase, type TestDatabase} from '../../../rig/databases.ts';
import {openFor, value} from '../../../rig/sessions.ts';
import {dropWithRoles, makeRoles, readAs, type Who} from './roles.ts';

const fixture = `
CREATE TABLE plain (id int PRIMARY KEY, note text) WITH (autovacuum_enabled = on);
INSERT INTO plain SELECT n, 'x' FROM generate_series(1, 1000) AS n;
CREATE TABLE tuned (id int) WITH (fillfactor = 70, autovacuum_vacuum_threshold = 7, autovacuum_vacuum_scale_factor = 0.5,
  autovacuum_vacuum_insert_threshold = 11, autovacuum_vacuum_insert_scale_factor = 0.25,
  autovacuum_analyze_threshold = 13, autovacuum_analyze_scale_factor = 0.125,
  autovacuum_freeze_max_age = 150000000, autovacuum_multixact_freeze_max_age = 500000000);
INSERT INTO tuned SELECT generate_series(1, 1000);
CREATE TABLE "Off" (id int) WITH (autovacuum_enabled = off);
CREATE TABLE no_insert_vacuum (id int) WITH (autovacuum_vacuum_insert_threshold = -1);
CREATE TABLE wide (id int, body text) WITH (autovacuum_vacuum_threshold = 99);
ALTER TABLE wide ALTER body SET STORAGE EXTERNAL;
INSERT INTO wide SELECT n, repeat('x', 5000) FROM generate_series(1, 20) AS n;
CREATE TABLE wide_own (id int, body text) WITH (autovacuum_vacuum_threshold = 99, toast.autovacuum_vacuum_threshold = 5);
ALTER TABLE wide_own ALTER body SET STORAGE EXTERNAL;
INSERT INTO wide_own SELECT n, repeat('x', 5000) FROM generate_series(1, 20) AS n;
CREATE TABLE parted (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE "parted 2026" PARTITION OF parted FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY RANGE (id);
CREATE TABLE parted_leaf PARTITION OF "parted 2026" FOR VALUES FROM (0) TO (1000);
CREATE TABLE parted_rest PARTITION OF parted DEFAULT;
INSERT INTO parted SELECT n, '2026-03-01' FROM generate_series(1, 50) AS n;
CREATE TABLE locked (id int PRIMARY KEY);
INSERT INTO locked SELECT generate_series(1, 500);
CREATE MATERIALIZED VIEW copied AS SELECT * FROM plain;
`;
const vacuumed = 'VACUUM ANALYZE plain, tuned, wide, wide_own, parted_leaf, parted_rest, locked';
const changed = `UPDATE plain SET note = 'y' WHERE id <= 100;
SELECT count(*) FROM plain WHERE id = 5`;

describe.each([14, 16, 18] as const)('tables of PostgreSQL %i', major => {
  let database: TestDatabase;
  let part: TablesPart;
  let passing: Session;
  const table = (name: string): TableRow =>
    part.rows.find(row => row.name === name) ?? expect.fail(`no table ${name}`);
  const toastOf = (name: string): TableRow =>
    part.rows.find(row => row.main?.name === name) ?? expect.fail(`no TOAST table of ${name}`);

  beforeAll(async () => {
    database = await createDatabase(major, 'tables');
    await makeRoles(database);
    for (const text of [fixture, vacuumed, changed]) await database.sql(text);
    passing = await openFor(database);
    value(await passing.script('CREATE TEMP TABLE passing (id int)'));
    part = await read('superuser');
    // The collector of 14 is up to half a second behind.
    while (table('plain').updated < 100 || table('plain').live === 0) part = await read('superuser');
  });

  afterAll(async () => {
    await passing.close();
    await dropWithRoles(database);
  });

  async function read(who: Who): Promise<TablesPart> {
    return partOf(await readAs(database, who, ['tables']), 'tables') ?? expect.fail('no tables');
  }

  it('lists tables, materialized views, partitions and TOAST tables that hold something', () => {
    const names = part.rows.filter(({kind}) => kind !== 'toast').map(({name, kind}) => `${kind} ${name}`);
    expect(names.toSorted()).toEqual(
      [
        'materialized-view copied',
        ...[
          'Off',
          'locked',
          'no_insert_vacuum',
          'parted_leaf',
          'parted_rest',
          'plain',
          'tuned',
          'wide',
          'wide_own',
        ].map(name => `table ${name}`),
      ].toSorted(),
    );
    expect(part.rows.flatMap(({main}) => main?.name ?? []).toSorted()).toEqual(['wide', 'wide_own']);
    expect(table('parted_leaf').parent).toBe('public."parted 2026"');
    expect(table('parted_rest').parent).toBe('public.parted');
    expect(part.partitioned).toEqual([
      expect.objectContaining({schema: 'public', name: 'parted', partitions: 2, partitionRows: 50}),
    ]);
  });

  it('computes when autovacuum acts, from the settings and those of the table', () => {
    expect(table('plain')).toMatchObject({vacuumAt: 250, analyzeAt: 150, autovacuum: true, fillfactor: 100});
    expect(table('tuned')).toMatchObject({
      vacuumAt: 507,
      vacuumInsertAt: 261,
      analyzeAt: 138,
      freezeAt: 150_000_000,
      multixactFreezeAt: 400_000_000,
      fillfactor: 70,
    });
    expect(table('Off').autovacuum).toBe(false);
    expect(table('Off')).not.toHaveProperty('vacuumAt');
    expect(table('Off')).not.toHaveProperty('analyzeAt');
    expect(table('no_insert_vacuum')).not.toHaveProperty('vacuumInsertAt');
    expect(table('no_insert_vacuum').vacuumAt).toBe(50);
  });

  it('gives a TOAST table the options of its table unless it has its own', () => {
    expect(toastOf('wide')).toMatchObject({kind: 'toast', main: {schema: 'public', name: 'wide'}});
    // 20 values in three or four pieces each, a fifth of them beside the threshold.
    expect(toastOf('wide').vacuumAt).toBeGreaterThanOrEqual(99 + 12);
    expect(toastOf('wide_own').vacuumAt).toBeLessThanOrEqual(5 + 16);
    expect(toastOf('wide')).not.toHaveProperty('analyzeAt');
  });

  it('counts what happened', () => {
    const row = table('plain');
    expect(row).toMatchObject({
      rows: 1000,
      inserted: 1000,
      updated: 100,
      dead: 100,
      modifiedSinceAnalyze: 100,
    });
    expect(row.lastVacuum).toBeGreaterThan(Date.now() - 600_000);
    expect(row.indexScans).toBeGreaterThan(0);
    expect(row.blocksHit).toBeGreaterThan(0);
    expect(row.frozenAge).toBeGreaterThan(0);
    expect(part.autovacuum).toBe(true);
  });

  it('has the sizes that the runbooks ask for', async () => {
    const asked = await database.sql(`SELECT tablename AS name,
      pg_total_relation_size(quote_ident(schemaname)||'.'||quote_ident(tablename))::float8 AS total,
      pg_relation_size(quote_ident(schemaname)||'.'||quote_ident(tablename))::float8 AS heap
      FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('parted', 'parted 2026')`);
    expect(asked.map(({name, total, heap}) => ({name, total, heap}))).toEqual(
      asked.map(({name}) => ({name, total: table(String(name)).bytes, heap: table(String(name)).heapBytes})),
    );
    for (const {bytes, heapBytes, indexBytes, toastBytes} of part.rows)
      expect(bytes).toBeGreaterThanOrEqual(heapBytes + indexBytes + toastBytes);
  });

  it('has the cache hit ratio that the runbooks ask for', async () => {
    const [asked] =
      await database.sql(`SELECT sum(heap_blks_read)::float8 AS read, sum(heap_blks_hit)::float8 AS hit
      FROM pg_statio_user_tables`);
    const own = (await read('superuser')).rows.filter(({kind}) => kind !== 'toast');
    expect({
      read: own.reduce((sum, {blocksRead}) => sum + blocksRead, 0),
      hit: own.reduce((sum, {blocksHit}) => sum + blocksHit, 0),
    }).toEqual(asked);
  });

  it('has the state of autovacuum that the runbooks ask for', async () => {
    const ms = (column: string): string =>
      `coalesce(round(extract(epoch FROM ${column})::numeric * 1000), 0)::float8 AS "${column}"`;
    const asked =
      await database.sql(`SELECT relname AS name, n_live_tup::int AS live, n_dead_tup::int AS dead,
      ${['last_vacuum', 'last_autovacuum', 'last_analyze', 'last_autoanalyze'].map(ms).join(', ')}
      FROM pg_stat_user_tables WHERE schemaname = 'public' AND relid::regclass::text NOT IN ('parted', '"parted 2026"') ORDER BY relname COLLATE "C"`);
    const own = (await read('superuser')).rows.filter(({kind}) => kind !== 'toast');
    const rounded = (at = 0): number => Math.round(at);
    expect(
      own
        .map(row => ({
          name: row.name,
          live: row.live,
          dead: row.dead,
          last_vacuum: rounded(row.lastVacuum),
          last_autovacuum: rounded(row.lastAutovacuum),
          last_analyze: rounded(row.lastAnalyze),
          last_autoanalyze: rounded(row.lastAutoanalyze),
        }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    ).toEqual(asked);
  });

  it('does not wait for a table that somebody has for himself', async () => {
    const holder = await openFor(database);
    try {
      value(await holder.script('BEGIN; LOCK TABLE locked IN ACCESS EXCLUSIVE MODE'));
      const reading = await readAs(database, 'superuser', ['tables']);
      const row = partOf(reading, 'tables')?.rows.find(({name}) => name === 'locked');
      expect(row).toMatchObject({estimated: true, heapBytes: table('locked').heapBytes});
      expect(reading.tables).toMatchObject({
        gaps: ['1 table under an ACCESS EXCLUSIVE lock: their sizes are those of the last VACUUM.'],
      });
    } finally {
      await holder.close();
    }
  });

  it('leaves out a table that is dropped while it looks', async () => {
    await database.sql('CREATE TABLE gone (id int PRIMARY KEY, body text)');
    const session = await openFor(database);
    value(
      await session.script(
        "BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL search_path = ''; SELECT 1 FROM public.plain LIMIT 1",
      ),
    );
    await database.sql('DROP TABLE gone');
    // The snapshot still has the table, and the functions that measure have it no more.
    expect(value(await session.texts("SELECT 1 FROM pg_class WHERE relname = 'gone'"))).toHaveLength(1);
    const {rows} = value(await session.query(tablesSql(major * 10_000)));
    await session.close();
    expect(rows.map(({name}) => name)).not.toContain('gone');
    expect(rows.map(({name}) => name)).toContain('plain');
  });

  it('measures only the large ones of very many', async () => {
    const rows = await database.sql(`SET search_path = ''; ${tablesSql(major * 10_000, 3)}`);
    const few = await database.sql(`SET search_path = ''; ${tablesSql(major * 10_000)}`);
    expect(rows.map(({name}) => name)).toEqual(few.map(({name}) => name));
    expect(new Set(rows.map(({estimated}) => estimated))).toEqual(new Set([true]));
    expect(new Set(few.map(({estimated}) => estimated))).toEqual(new Set([null]));
    const sizeOf = (list: typeof rows): unknown => list.find(({name}) => name === 'tuned')?.['heapBytes'];
    expect(sizeOf(rows)).toEqual(sizeOf(few));
  });

  it.each(['monitor', 'ordinary'] as const)('shows the same to the %s role', async who => {
    const reading = await readAs(database, who, ['tables']);
    expect(reading.tables).toMatchObject({kind: 'seen', gaps: []});
    const own = partOf(reading, 'tables')?.rows.map(({name, bytes}) => ({name, bytes}));
    expect(own).toEqual(part.rows.map(({name, bytes}) => ({name, bytes})));
  });
});

describe('settings that only some versions have', () => {
  let database: TestDatabase;
  afterAll(() => database.drop());

  it('limits the threshold from 18, and counts only rows that are not frozen', async () => {
    database = await createDatabase(18, 'tables');
    await database.sql('CREATE TABLE big (id int) WITH (autovacuum_vacuum_max_threshold = 60)');
    await database.sql('CREATE TABLE unlimited (id int) WITH (autovacuum_vacuum_max_threshold = -1)');
    await database.sql('INSERT INTO unlimited SELECT generate_series(1, 1000)');
    // VACUUM freezes only what is surely committed.
    await database.sql('SET synchronous_commit = on; INSERT INTO big SELECT generate_series(1, 1000)');
    await database.sql('VACUUM (FREEZE, ANALYZE) big');
    await database.sql('ANALYZE unlimited');
    const part = partOf(await readAs(database, 'superuser', ['tables']), 'tables');
    const of = (name: string): TableRow | undefined => part?.rows.find(row => row.name === name);
    expect(of('big')).toMatchObject({vacuumAt: 60, vacuumInsertAt: 1000});
    expect(of('unlimited')).toMatchObject({vacuumAt: 250, vacuumInsertAt: 1200});
  });
});
