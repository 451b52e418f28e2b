import {setTimeout as sleep} from 'node:timers/promises';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Goal, RunReport} from '../../src/core/migrations/plan.ts';
import type {Outcome} from '../../src/core/outcome.ts';
import type {Session} from '../../src/core/session.ts';
import type {OpenSession, RunOptions} from '../../src/frameworks/framework.ts';
import {startPooler} from '../rig/pgbouncer.ts';
import {startProxy} from '../rig/proxy.ts';
import {nodePgMigrateFixture, type NodePgMigrateFixture} from './node-pg-migrate-fixture.ts';
import {must, openTo} from './sessions.ts';

const patient: RunOptions = {lockTimeout: 0, statementTimeout: 0};
const slow = 'CREATE TABLE slow (id int);\nSELECT pg_sleep(30);\n';

describe.each([14, 18] as const)('faults of node-pg-migrate on PostgreSQL %i', major => {
  let fixture: NodePgMigrateFixture;
  let session: Session;

  beforeEach(async () => {
    fixture = await nodePgMigrateFixture(major);
    session = must(await fixture.open());
    await fixture.file(
      '1_good.sql',
      '-- Up Migration\nCREATE TABLE good (id int);\n-- Down Migration\nDROP TABLE good;\n',
    );
  });

  afterEach(async () => {
    await session.close();
    await fixture.dispose();
  });

  const run = async (
    goal: Goal,
    options: RunOptions = patient,
    on = session,
    reopen: OpenSession = fixture.open,
  ): Promise<Outcome<RunReport>> => {
    const status = must(await fixture.project.status(on, fixture.options));
    const plan = must(await fixture.project.plan(status, goal, fixture.options));
    return fixture.project.run(on, plan, fixture.options, options, reopen);
  };
  const all = (options?: RunOptions, on?: Session) => run({kind: 'apply-all'}, options, on);
  const tables = async () =>
    (
      await fixture.database.sql(
        `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'pgmigrations' ORDER BY 1`,
      )
    ).map(({relname}) => relname);
  const names = async () =>
    (await fixture.database.sql('SELECT name FROM pgmigrations ORDER BY run_on, id')).map(({name}) => name);
  const locks = async () =>
    (
      await fixture.database.sql(
        `SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      )
    ).length;
  const workingOn = async (text: string): Promise<number> => {
    for (let time = 0; time < 200; time += 1) {
      const [found] = await fixture.database.sql(
        `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE '%${text}%' AND pid <> pg_backend_pid()`,
      );
      if (found !== undefined) return Number(found['pid']);
      await sleep(25);
    }
    throw new Error(`nobody works on ${text}`);
  };
  const nothing = async (): Promise<void> => {
    expect(await names()).toEqual([]);
    expect(await tables()).toEqual([]);
    expect(await locks()).toBe(0);
  };

  it('is killed in the middle of a file: nothing of the run remains', async () => {
    await fixture.file('2_slow.sql', slow);
    const running = all();
    await fixture.database.sql(`SELECT pg_terminate_backend(${await workingOn('pg_sleep')})`);
    const report = must(await running);
    expect(report).toMatchObject({
      stopped: {failure: {reason: 'connection-lost'}},
      position: {kind: 'none'},
      words: expect.stringContaining('connection was lost while 2_slow.sql ran'),
    });
    await nothing();
  });

  it.each<[string, string, readonly string[]]>([
    ['before the row', 'INSERT INTO', []],
    ['before the commit', 'COMMIT', []],
  ])('loses the connection %s', async (_when, text, left) => {
    const proxy = await startProxy(fixture.database.port);
    const through = must(await openTo({port: proxy.port, name: fixture.database.name}));
    proxy.onClientData(data => (data.toString('latin1').includes(text) ? 'cut' : 'pass'));
    const report = must(await all(patient, through));
    expect(report).toMatchObject({
      stopped: {failure: {reason: 'connection-lost'}},
      position: {kind: 'none'},
    });
    expect(await tables()).toEqual(left);
    await through.close();
    await proxy.stop();
  });

  it('runs once when two runners start at the same time', async () => {
    await fixture.file('2_second.sql', 'SELECT pg_sleep(0.2); CREATE TABLE second (id int);\n');
    const other = must(await fixture.open());
    const [one, two] = await Promise.all([all(), all(patient, other)]);
    expect([one.ok, two.ok].filter(Boolean)).toEqual([true]);
    expect(await names()).toEqual(['1_good', '2_second']);
    await other.close();
  });

  it('waits for the tool’s lock as long as it is told, and names who holds it', async () => {
    const other = must(await fixture.open());
    must(await other.query('SELECT pg_advisory_lock(7241865325823964)'));
    expect(await all({...patient, lockWait: 200})).toMatchObject({
      failure: {reason: 'locked', message: expect.stringContaining('user postgres')},
    });
    const force = fixture.project.force(session, {kind: 'none'}, {}, {...patient, lockWait: 200});
    expect(await force).toMatchObject({failure: {reason: 'locked'}});
    const running = all();
    await sleep(150);
    await other.close();
    expect(must(await running).position).toEqual({kind: 'at', id: '1_good'});
  });

  it('is cancelled in a long statement', async () => {
    await fixture.file('2_slow.sql', slow);
    const controller = new AbortController();
    const running = all({...patient, signal: controller.signal});
    await workingOn('pg_sleep');
    controller.abort();
    expect(must(await running)).toMatchObject({
      stopped: {failure: {reason: 'cancelled'}},
      position: {kind: 'none'},
      words: expect.stringMatching(/2_slow\.sql was cancelled, and nothing of this run remains/),
    });
    await nothing();
  });

  it.each<[string, string, string, RunOptions, readonly string[]]>([
    ['an error', 'CREATE TABLE second (id int);\nSELECT 1/0;\n', '22012', patient, []],
    ['CONCURRENTLY', 'CREATE INDEX CONCURRENTLY a ON good (id);\n', '25001', patient, []],
    [
      'a statement beyond the time limit',
      'SELECT pg_sleep(30);\n',
      '57014',
      {...patient, statementTimeout: 200},
      [],
    ],
    [
      'a COMMIT of its own, behind which nothing is undone',
      'CREATE TABLE second (id int);\nCOMMIT;\nCREATE TABLE third (id int);\nSELECT 1/0;\n',
      '22012',
      patient,
      ['good', 'second'],
    ],
  ])('has %s', async (_what, sql, sqlState, options, left) => {
    await fixture.file('2_fails.sql', sql);
    const report = must(await all(options));
    expect(report.stopped?.failure.server?.sqlState).toBe(sqlState);
    expect(await tables()).toEqual(left);
    expect(await names()).toEqual(left.slice(0, 1).map(name => `1_${name}`));
    expect(report.position).toEqual(left.length === 0 ? {kind: 'none'} : {kind: 'at', id: '1_good'});
    expect(report.words.includes('nothing of this run remains')).toBe(left.length === 0);
    expect(session.transactionStatus()).toBe('idle');
    expect(await locks()).toBe(0);
  });

  it('fails at the commit, where deferred constraints are checked', async () => {
    await fixture.file(
      '2_defer.sql',
      'CREATE TABLE a (id int PRIMARY KEY);\nCREATE TABLE b (a int REFERENCES a DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO b VALUES (1);\n',
    );
    const report = must(await all());
    expect(report.stopped?.failure.server?.sqlState).toBe('23503');
    await nothing();
  });

  it.each([
    ['transaction', false],
    ['session', true],
  ] as const)('goes through PgBouncer in %s mode', async (mode, good) => {
    const pooler = await startPooler(fixture.database.port, {mode, settings: ['default_pool_size = 5']});
    const to = {port: pooler.port, name: fixture.database.name};
    const through = must(await openTo(to));
    const report = await run({kind: 'apply-all'}, patient, through, () => openTo(to));
    expect(report).toMatchObject(good ? {ok: true} : {ok: false, failure: {reason: 'session-not-kept'}});
    expect(await tables()).toEqual(good ? ['good'] : []);
    await through.close();
    await pooler.stop();
  });
});
