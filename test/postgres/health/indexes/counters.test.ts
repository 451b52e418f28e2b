import {setTimeout as pause} from 'node:timers/promises';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Session} from '../../../../src/core/session.ts';
import {readIndexCounters, type CountersRead} from '../../../../src/postgres/health/index-counters.ts';
import {createDatabase, type TestDatabase} from '../../../rig/databases.ts';
import {openFor} from '../../../rig/sessions.ts';

describe.each([14, 16, 18] as const)('counters of indexes on PostgreSQL %i', major => {
  let database: TestDatabase;
  let session: Session;
  let oids: Readonly<Record<string, number>>;

  beforeAll(async () => {
    database = await createDatabase(major, 'counters');
    const rows = await database.sql(`CREATE TABLE t (a int PRIMARY KEY, b int, c int);
      CREATE INDEX t_b_idx ON t (b);
      CREATE INDEX t_c_idx ON t (c);
      INSERT INTO t SELECT n, n, n FROM generate_series(1, 1000) AS n;
      ANALYZE t;
      SELECT relname AS name, oid::int AS oid FROM pg_class WHERE relname LIKE 't\\_%'`);
    oids = Object.fromEntries(rows.map(({name, oid}) => [String(name), Number(oid)]));
    session = await openFor(database);
  });
  afterAll(async () => {
    await session?.close();
    await database?.drop();
  });

  const scan = (column: string): Promise<unknown> =>
    database.sql(
      `SET enable_seqscan = off; SET enable_bitmapscan = off; SELECT a FROM t WHERE ${column} = 7`,
    );
  const read = async (since?: number): Promise<CountersRead> => {
    const outcome = await readIndexCounters(session, since, {});
    if (!outcome.ok) throw new Error(outcome.failure.message);
    return outcome.value;
  };
  const scansOf = async (index: string, since?: number): Promise<number | undefined> =>
    (await read(since)).counters.find(({oid}) => oid === oids[index])?.scans;

  it('tell what was scanned, and leave out what never was', async () => {
    await scan('b');
    await expect.poll(() => scansOf('t_b_idx'), {timeout: 20_000}).toBe(1);
    expect(await scansOf('t_c_idx')).toBeUndefined();
    const [found] = (await read()).counters.filter(({oid}) => oid === oids['t_b_idx']);
    expect(found?.tuplesRead).toBe(1);
  });

  it('tell what was scanned since the last look, however late the server hears of it', async () => {
    const {at} = await read();
    await pause(20);
    await scan('c');
    await expect.poll(() => scansOf('t_c_idx', at), {timeout: 20_000}).toBe(1);
    expect(Math.abs(at - Date.now())).toBeLessThan(60_000);
  });

  it('take no lock that anybody waits for, and wait for none', async () => {
    const other = await openFor(database);
    await other.script('BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE');
    expect(await scansOf('t_b_idx')).toBeGreaterThan(0);
    await other.close();
  });

  it('leave out from 16 on what was scanned long before', async () => {
    expect(await scansOf('t_b_idx', Date.now() + 3_600_000)).toBe(major >= 16 ? undefined : 1);
  });
});
