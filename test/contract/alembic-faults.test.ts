import {setTimeout as sleep} from 'node:timers/promises';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Goal, RunReport} from '../../src/core/migrations/plan.ts';
import type {Outcome} from '../../src/core/outcome.ts';
import type {Session} from '../../src/core/session.ts';
import type {OpenSession, RunOptions} from '../../src/frameworks/framework.ts';
import {startPooler} from '../rig/pgbouncer.ts';
import {alembicFixture, type AlembicFixture} from './alembic-fixture.ts';
import {must, openTo} from './sessions.ts';

const patient: RunOptions = {lockTimeout: 0, statementTimeout: 0};

describe('faults of Alembic’s runs', () => {
  let fixture: AlembicFixture;
  let session: Session;

  beforeEach(async () => {
    fixture = await alembicFixture(18);
    session = must(await fixture.open());
    await fixture.revision('r1', {upgrade: 'op.execute("CREATE TABLE good (id int)")'});
  });

  afterEach(async () => {
    await session.close();
    await fixture.dispose();
  });

  const second = (upgrade: string) => fixture.revision('r2', {down: "'r1'", upgrade});
  const slow = () => second('op.execute("SELECT pg_sleep(30)")');
  const run = async (
    options: RunOptions = patient,
    {
      goal = {kind: 'apply-all'},
      on = session,
      reopen = fixture.open,
    }: {goal?: Goal; on?: Session; reopen?: OpenSession} = {},
  ): Promise<Outcome<RunReport>> => {
    const plan = must(await fixture.project.plan(must(await fixture.project.status(on, {})), goal, {}));
    return fixture.project.run(on, plan, {}, options, reopen);
  };
  /** Waits until the server executes `text`, and returns its process. */
  const workingOn = async (text: string): Promise<number> => {
    for (let time = 0; time < 400; time += 1) {
      const [found] = await fixture.database.sql(
        `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE '%${text}%' AND pid <> pg_backend_pid()`,
      );
      if (found !== undefined) return Number(found['pid']);
      await sleep(25);
    }
    throw new Error(`nobody works on ${text}`);
  };
  const left = async () => {
    const rows = await fixture.database.sql(
      `SELECT (SELECT count(*)::int FROM pg_class WHERE relname IN ('good', 'alembic_version')) AS tables,
        (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS locks,
        (SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid() AND backend_type = 'client backend') AS busy`,
    );
    return rows[0];
  };
  const nothing = {tables: 0, locks: 0, busy: 0};

  it('loses the server process of the migration', async () => {
    await slow();
    const running = run();
    await fixture.database.sql(`SELECT pg_terminate_backend(${await workingOn('pg_sleep')})`);
    const report = must(await running);
    expect(report).toMatchObject({
      stopped: {step: {migration: {id: 'r2'}}, failure: {reason: 'connection-lost'}},
      position: {kind: 'none'},
      done: [],
    });
    expect(await left()).toEqual(nothing);
    await second('pass');
    expect(must(await run()).position).toEqual({kind: 'at', id: 'r2'});
  });

  it('loses the process of Python', async () => {
    await second('import os; os.kill(os.getpid(), 9)');
    const report = must(await run());
    expect(report).toMatchObject({
      stopped: {step: {migration: {id: 'r2'}}, failure: {reason: 'connection-lost'}},
      position: {kind: 'none'},
      done: [],
    });
    expect(report.words).toContain('connection was lost while r2_make.py ran');
    expect(await left()).toEqual(nothing);
  });

  it('loses the session of the extension, and asks over a new one', async () => {
    await second('op.execute("SELECT pg_sleep(2)")');
    const running = run();
    await workingOn('pg_sleep');
    await fixture.database.sql(`SELECT pg_terminate_backend(${session.server.backendPid})`);
    expect(must(await running)).toMatchObject({position: {kind: 'at', id: 'r2'}});
    session = must(await fixture.open());
  });

  it.each([
    ['a long statement', 'op.execute("SELECT pg_sleep(30)")', 'pg_sleep'],
    [
      'Python',
      'op.execute("SELECT 1 AS begun")\n    import time; op.execute("SELECT 2 AS pausing"); time.sleep(30)',
      '',
    ],
  ])('is cancelled in %s', async (_what, upgrade, text) => {
    await second(upgrade);
    const controller = new AbortController();
    const running = run({...patient, signal: controller.signal});
    if (text !== '') await workingOn(text);
    else await inTransaction();
    controller.abort();
    const report = must(await running);
    expect(report).toMatchObject({
      stopped: {failure: {reason: 'cancelled'}},
      position: {kind: 'none'},
      done: [],
    });
    expect(report.words).toContain('nothing of this run remains');
    expect(await left()).toEqual(nothing);
  });

  const inTransaction = async (): Promise<void> => {
    for (let time = 0; time < 400; time += 1) {
      const [found] = await fixture.database.sql(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction' AND query LIKE '%pausing%'`,
      );
      if (found) return;
      await sleep(25);
    }
    throw new Error('nobody pauses');
  };

  it('excludes another run of the extension, and says who is at work', async () => {
    await second('op.execute("SELECT pg_sleep(2)")');
    const other = must(await fixture.open());
    const running = run();
    await workingOn('pg_sleep');
    const refused = await fixture.project.force(
      other,
      {kind: 'none'},
      {},
      {...patient, lockWait: 200},
      fixture.open,
    );
    expect(refused).toMatchObject({failure: {reason: 'locked'}});
    expect(refused.ok ? '' : refused.failure.message).toContain(`pid ${session.server.backendPid}`);
    expect(must(await running).position).toEqual({kind: 'at', id: 'r2'});
    await other.close();
  });

  it('runs once when two start at the same time', async () => {
    await second('op.execute("SELECT pg_sleep(0.2)")');
    const other = must(await fixture.open());
    const both = await Promise.all([run(), run(patient, {on: other})]);
    expect(both.filter(({ok}) => ok)).toHaveLength(1);
    await other.close();
  });

  it('fails at the end of the transaction', async () => {
    await second(
      'op.execute("CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (id int REFERENCES p DEFERRABLE INITIALLY DEFERRED); INSERT INTO c VALUES (1)")',
    );
    const report = must(await run());
    expect(report).toMatchObject({
      stopped: {failure: {server: {sqlState: '23503'}}},
      position: {kind: 'none'},
      done: [],
    });
    expect(report.stopped?.at).toBeUndefined();
    expect(await left()).toEqual(nothing);
  });

  it.each([
    ['transaction', false],
    ['session', true],
  ] as const)('goes through PgBouncer in %s mode', async (mode, good) => {
    const pooler = await startPooler(fixture.database.port, {mode, settings: ['default_pool_size = 5']});
    const to = {port: pooler.port, name: fixture.database.name};
    const through = must(await openTo(to));
    const report = await run(patient, {on: through, reopen: () => openTo(to)});
    expect(report).toMatchObject(good ? {ok: true} : {ok: false, failure: {reason: 'session-not-kept'}});
    expect(await left()).toMatchObject({tables: good ? 2 : 0});
    await through.close();
    await pooler.stop();
  });
});
