import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {partOf} from '../../../../src/core/health/assess.ts';
import {liveParts, type Reading} from '../../../../src/core/health/parts.ts';
import {ratesBetween} from '../../../../src/core/health/series.ts';
import {readHealth} from '../../../../src/postgres/health/read-health.ts';
import {createDatabase, type TestDatabase} from '../../../rig/databases.ts';
import {startPooler} from '../../../rig/pgbouncer.ts';
import {majors} from '../../../rig/servers.ts';
import {openFor, value} from '../../../rig/sessions.ts';
import {startWorkload} from '../../../rig/workload.ts';
import {dropWithRoles, makeRoles, readAs} from '../slow/roles.ts';
import {Programs} from './programs.ts';

const who = ['superuser', 'monitor', 'ordinary'] as const;

describe.each(majors)('on PostgreSQL %s', major => {
  let database: TestDatabase;
  let programs: Programs;
  beforeAll(async () => {
    database = await createDatabase(major);
    await makeRoles(database);
    programs = new Programs(database);
  });
  afterAll(async () => {
    await programs.close();
    await dropWithRoles(database);
  });

  it.each(who)('reads all live parts as a role of the kind %s, with a statement for each', async role => {
    const session = await openFor(database, {
      user: role === 'superuser' ? 'postgres' : `${database.name}_${role}`,
    });
    const {reading, cost} = value(await readHealth(session, liveParts));
    const again = value(await readHealth(session, liveParts));
    await session.close();
    for (const look of [reading, again.reading]) {
      expect(partOf(look, 'server')?.databaseBytes).toBeGreaterThan(1_000_000);
      const here = partOf(look, 'database')?.databases.find(({name}) => name === database.name);
      expect(here?.bytes).toBe(partOf(look, 'server')?.databaseBytes);
      const template = partOf(look, 'database')?.databases.find(({name}) => name === 'template1');
      expect(template?.bytes).toBeGreaterThan(1_000_000);
    }
    expect(Object.keys(reading).toSorted()).toEqual(liveParts.toSorted());
    expect(Object.values(reading).filter(({kind}) => kind !== 'seen')).toEqual([]);
    expect(cost.statements).toBeLessThanOrEqual(7);
    const [server, writing] = [partOf(reading, 'server'), partOf(reading, 'writing')];
    expect(server?.memoryBytes !== undefined).toBe(role === 'superuser');
    expect(writing?.walDirectoryBytes !== undefined).toBe(role !== 'ordinary');
    expect(reading.writing?.kind === 'seen' && reading.writing.gaps).toHaveLength(
      role === 'ordinary' ? 1 : 0,
    );
  });

  it('shows what sessions do to who may see it', async () => {
    const idler = await programs.open('idler', ['BEGIN', 'CREATE TABLE kept (id int)', 'SELECT FROM kept']);
    await idler.ended;
    const rowOf = (reading: Reading) =>
      partOf(reading, 'sessions')?.rows.find(({application}) => application === 'idler');
    const seen = rowOf(await readAs(database, 'monitor', ['sessions']));
    expect(seen).toMatchObject({
      kind: 'client backend',
      user: 'postgres',
      database: database.name,
      client: '127.0.0.1',
      state: 'idle in transaction',
      query: 'SELECT FROM kept',
      own: false,
      blockedBy: [],
    });
    const now = Date.now();
    for (const moment of [seen?.startedAt, seen?.transactionAt, seen?.queryAt, seen?.stateAt])
      expect(Math.abs((moment ?? 0) - now)).toBeLessThan(60_000);
    const reading = await readAs(database, 'ordinary', ['sessions']);
    const hidden = partOf(reading, 'sessions')?.rows.find(({pid}) => pid === seen?.pid);
    expect(hidden).toMatchObject({kind: 'client backend', user: 'postgres', database: database.name});
    expect(hidden?.query).toBe(undefined);
    expect(partOf(reading, 'sessions')?.rows.filter(({own}) => own)).toHaveLength(1);
  });

  it('counts what was done between two looks, and nothing below zero after a reset', async () => {
    const before = await readAs(database, 'superuser', liveParts);
    const workload = await startWorkload(database.url, {sessions: 3, pauseMs: 0, rollbackEvery: 3});
    await expect.poll(() => workload.transactions(), {timeout: 30_000}).toBeGreaterThan(60);
    const done = await workload.stop();
    await programs.until(
      `SELECT xact_commit >= ${done} AS done FROM pg_stat_database WHERE datname = current_database()`,
    );
    const after = await readAs(database, 'superuser', liveParts);
    const rates = ratesBetween(before, after);
    const seconds = rates?.seconds ?? 0;
    expect((rates?.transactions ?? 0) * seconds).toBeGreaterThanOrEqual(done * 1.4);
    expect((rates?.rollbacks ?? 0) * seconds).toBeGreaterThanOrEqual(done * 0.4);
    expect((rates?.rowsWritten ?? 0) * seconds).toBeGreaterThanOrEqual(done * 3);
    expect(rates?.walBytes).toBeGreaterThan(0);
    expect(rates?.cacheHit).toBeGreaterThan(0.5);
    await database.sql('SELECT pg_stat_reset()');
    await programs.until(
      `SELECT xact_commit < ${done} AS done FROM pg_stat_database WHERE datname = current_database()`,
    );
    const reset = await readAs(database, 'superuser', liveParts);
    const numbers = Object.values(ratesBetween(after, reset) ?? {});
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(partOf(reset, 'database')?.counters.commits).toBeLessThan(done);
    expect(partOf(reset, 'database')?.counters.resetAt).toBeGreaterThan(0);
  });

  it('names the long commands that run, and how far they are', async () => {
    await database.sql(`CREATE TABLE large AS SELECT i AS id, repeat('x', 100) AS note FROM generate_series(1, 50000) AS i;
      CREATE TABLE held (id int); INSERT INTO held SELECT generate_series(1, 1000);
      CREATE TABLE busy (id int)`);
    await programs.open('slow vacuum', [
      'SET vacuum_cost_delay = 100',
      'SET vacuum_cost_limit = 1',
      'SET vacuum_cost_page_miss = 10',
      'SET vacuum_cost_page_hit = 10',
      'VACUUM large',
    ]);
    const writer = await programs.open('writer', ['BEGIN', 'INSERT INTO busy VALUES (1)', 'SELECT 1']);
    await programs.open('index', ['CREATE INDEX CONCURRENTLY busy_id ON busy (id)']);
    const copy = await programs.open('copy', [
      'CREATE TABLE copied (id int)',
      'BEGIN',
      'CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(30); RETURN NEW; END $$',
      'CREATE TRIGGER slowly BEFORE INSERT ON copied FOR EACH ROW EXECUTE FUNCTION slowly()',
      `COPY copied FROM PROGRAM 'seq 1000'`,
    ]);
    const runs = (view: string, phase = 'true'): string =>
      `EXISTS (SELECT FROM pg_stat_progress_${view} WHERE datname = current_database() AND ${phase})`;
    await programs.until(
      `SELECT ${runs('copy')} AND ${runs('vacuum', `phase = 'scanning heap'`)} AND ${runs('create_index', `phase LIKE 'waiting%'`)} AS done`,
    );
    const reading = await readAs(database, 'monitor', ['progress']);
    const rows = partOf(reading, 'progress')?.rows.filter(({database: other}) => other === undefined);
    const find = (command: string) => rows?.find(one => one.command === command);
    expect(find('vacuum')).toMatchObject({
      title: 'VACUUM',
      relation: 'public.large',
      phase: 'scanning heap',
      unit: 'blocks',
    });
    expect(find('vacuum')?.total).toBeGreaterThan(find('vacuum')?.done ?? Infinity);
    expect(find('create-index')).toMatchObject({
      title: 'CREATE INDEX CONCURRENTLY',
      relation: 'public.busy',
      phase: 'waiting for writers before build',
      done: 0,
      total: 1,
      unit: 'lockers',
    });
    expect(find('copy')).toMatchObject({pid: copy.pid, title: 'COPY FROM', unit: 'rows'});
    const ordinary = await readAs(database, 'ordinary', ['progress']);
    expect(ordinary.progress?.kind === 'seen' && ordinary.progress.gaps.join('')).toMatch(/of other roles/);
    await writer.client.query('ROLLBACK');
  });
});

it('reads through a pooler that gives each transaction another session', async () => {
  const database = await createDatabase(17);
  const pooler = await startPooler(database.port, {mode: 'transaction'});
  const session = await openFor({port: pooler.port, name: database.name});
  const workload = await startWorkload(database.url, {sessions: 2});
  for (let round = 0; round < 3; round += 1) {
    const {reading} = value(await readHealth(session, liveParts));
    expect(Object.values(reading).filter(({kind}) => kind !== 'seen')).toEqual([]);
    expect(partOf(reading, 'sessions')?.rows.filter(({own}) => own)).toHaveLength(1);
  }
  await workload.stop();
  await session.close();
  await pooler.stop();
  await database.drop();
});
