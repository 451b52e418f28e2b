import {setTimeout as sleep} from 'node:timers/promises';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Goal, RunReport} from '../../src/core/migrations/plan.ts';
import type {Outcome} from '../../src/core/outcome.ts';
import type {Session} from '../../src/core/session.ts';
import type {OpenSession, RunOptions} from '../../src/frameworks/framework.ts';
import type {TestDatabase} from '../rig/databases.ts';
import {startPooler} from '../rig/pgbouncer.ts';
import {startProxy} from '../rig/proxy.ts';
import type {Fixture} from './fixture.ts';
import {must, openTo} from './sessions.ts';

/** A tool that keeps no mark of a failure and runs each migration in a transaction with its record. */
export interface UndoneFixture extends Fixture {
  readonly database: TestDatabase;
  /** Writes migration `number`, whose up is `up` and whose down is `down`. */
  sql(number: number, up: string, options?: {readonly down?: string; readonly bare?: boolean}): Promise<void>;
  /** The numbers of the migrations that are recorded. */
  recorded(): Promise<readonly number[]>;
}

const patient: RunOptions = {lockTimeout: 0, statementTimeout: 0};
const slow = 'CREATE TABLE slow (id int);\nSELECT pg_sleep(30);';

/** What has to hold when something goes wrong: a failed migration is pending again, and nothing of it is left. */
export function undoneFaults(name: string, makeFixture: () => Promise<UndoneFixture>): void {
  describe(`${name} in trouble`, () => {
    let fixture: UndoneFixture;
    let session: Session;

    beforeEach(async () => {
      fixture = await makeFixture();
      session = must(await fixture.open());
      await fixture.sql(1, 'CREATE TABLE good (id int);', {down: 'DROP TABLE good;'});
    });

    afterEach(async () => {
      await session.close();
      await fixture.dispose();
    });

    const tables = async () =>
      (
        await fixture.database.sql(
          `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname !~ 'version|migrations' ORDER BY 1`,
        )
      ).map(({relname}) => relname);
    const locks = async () =>
      (
        await fixture.database.sql(
          `SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        )
      ).length;
    const run = async (
      goal: Goal['kind'] = 'apply-all',
      options: RunOptions = patient,
      on = session,
      reopen: OpenSession = fixture.open,
    ): Promise<Outcome<RunReport>> => {
      if (goal === 'apply-to' || goal === 'roll-back-to') throw new Error('not here');
      const status = must(await fixture.project.status(on, fixture.options));
      const plan = must(await fixture.project.plan(status, {kind: goal}, fixture.options));
      return fixture.project.run(on, plan, fixture.options, options, reopen);
    };
    const kinds = async () => {
      const asked = must(await fixture.open());
      const status = must(await fixture.project.status(asked, fixture.options));
      await asked.close();
      return status.migrations.map(({state}) => state.kind);
    };
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
    /** Only the first migration is there, and nothing is held any more. */
    const onlyFirst = async (): Promise<void> => {
      expect(await fixture.recorded()).toEqual([1]);
      expect(await tables()).toEqual(['good']);
      expect(await kinds()).toEqual(['applied', 'pending']);
      expect(await locks()).toBe(0);
    };

    it('is killed in the middle of a file', async () => {
      await fixture.sql(2, slow);
      const running = run();
      await fixture.database.sql(`SELECT pg_terminate_backend(${await workingOn('pg_sleep')})`);
      const report = must(await running);
      expect(report.stopped?.failure.reason).toBe('connection-lost');
      expect(report.words).toContain('The connection was lost while');
      await onlyFirst();
    });

    it('loses the connection with a file', async () => {
      await fixture.sql(2, 'CREATE TABLE second (id int);');
      must(await run('apply-next'));
      const proxy = await startProxy(fixture.database.port);
      const through = must(await openTo({port: proxy.port, name: fixture.database.name}));
      proxy.onClientData(data => (data.includes('CREATE TABLE second') ? 'cut' : 'pass'));
      const report = must(await run('apply-all', patient, through));
      expect(report.stopped?.failure.reason).toBe('connection-lost');
      expect(report.position).toMatchObject({kind: 'at'});
      await through.close();
      await proxy.stop();
      await onlyFirst();
    });

    it('loses the connection for good, and says that it does not know', async () => {
      await fixture.sql(2, slow);
      const proxy = await startProxy(fixture.database.port);
      const through = must(await openTo({port: proxy.port, name: fixture.database.name}));
      let opened = 0;
      const reopen: OpenSession = async () => {
        opened += 1;
        return opened === 1 ? fixture.open() : {ok: false, failure: {reason: 'unreachable', message: 'gone'}};
      };
      const running = run('apply-all', patient, through, reopen);
      const pid = await workingOn('pg_sleep');
      proxy.cut();
      const report = must(await running);
      expect(report.position).toEqual({kind: 'unknown'});
      expect(report.words).toContain('connect again and look');
      await fixture.database.sql(`SELECT pg_terminate_backend(${pid})`);
      await through.close();
      await proxy.stop();
    });

    it('meets another runner, and runs once', async () => {
      await fixture.sql(2, 'SELECT pg_sleep(0.3);\nCREATE TABLE second (id int);');
      const other = must(await fixture.open());
      const [one, two] = await Promise.all([run(), run('apply-all', patient, other)]);
      expect([one.ok, two.ok].filter(Boolean)).toEqual([true]);
      expect(await fixture.recorded()).toEqual([1, 2]);
      await other.close();
    });

    it('waits for the lock, says who has it, and gives up', async () => {
      const holder = must(await fixture.open());
      const [key] = must(await fixture.project.status(session, fixture.options)).bookkeeping.lockKeys ?? [];
      must(await holder.query('SELECT pg_advisory_lock($1::int8)', [key]));
      const refused = await run('apply-all', {...patient, lockWait: 200});
      expect(refused).toMatchObject({
        failure: {reason: 'locked', message: expect.stringContaining(`pid ${holder.server.backendPid}`)},
      });
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 150);
      expect(await run('apply-all', {...patient, signal: controller.signal})).toMatchObject({
        failure: {reason: 'cancelled'},
      });
      await holder.close();
      expect(await tables()).toEqual([]);
    });

    it('is cancelled in a long statement', async () => {
      await fixture.sql(2, slow);
      const controller = new AbortController();
      const running = run('apply-all', {...patient, signal: controller.signal});
      await workingOn('pg_sleep');
      controller.abort();
      const report = must(await running);
      expect(report.stopped?.failure.reason).toBe('cancelled');
      expect(session.transactionStatus()).toBe('idle');
      await onlyFirst();
    });

    it.each<[string, string, string, RunOptions]>([
      ['a failing statement', 'CREATE TABLE second (id int);\nSELECT 1/0;', '22012', patient],
      ['a statement beyond the time limit', slow, '57014', {lockTimeout: 0, statementTimeout: 200}],
      [
        'a full disk',
        `CREATE TABLE second (id int);\nDO $$ BEGIN RAISE EXCEPTION 'No space left' USING ERRCODE = 'disk_full'; END $$;`,
        '53100',
        patient,
      ],
      [
        'a constraint that is checked at the end',
        'CREATE TABLE second (id int UNIQUE DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO second VALUES (1), (1);',
        '23505',
        patient,
      ],
      ['CONCURRENTLY in its transaction', 'CREATE INDEX CONCURRENTLY i ON good (id);', '25001', patient],
    ])('has %s', async (_what, up, sqlState, options) => {
      await fixture.sql(2, up);
      const report = must(await run('apply-all', options));
      expect(report.stopped?.failure.server?.sqlState).toBe(sqlState);
      expect(report.words).toContain('nothing of it remains');
      expect(session.transactionStatus()).toBe('idle');
      await onlyFirst();
    });

    it('cannot get a table lock in time, and leaves no limit behind', async () => {
      must(await run());
      await fixture.sql(2, 'CREATE TABLE second (id int);\nALTER TABLE good ADD COLUMN note text;');
      const holder = must(await fixture.open());
      must(await holder.script('BEGIN; SELECT * FROM good;'));
      const report = must(await run('apply-all', {lockTimeout: 150, statementTimeout: 0}));
      expect(report.stopped?.failure.server?.sqlState).toBe('55P03');
      await holder.close();
      expect(must(await session.query('SHOW lock_timeout')).rows).toEqual([{lock_timeout: '0'}]);
      await onlyFirst();
    });

    it('fails on the way down, and is applied still', async () => {
      await fixture.sql(2, 'CREATE TABLE second (id int);', {
        down: 'DROP TABLE second;\nSELECT nothing_there;',
      });
      must(await run());
      const report = must(await run('roll-back-all'));
      expect(report.done).toEqual([]);
      expect(report.stopped?.failure.server?.sqlState).toBe('42703');
      expect(await fixture.recorded()).toEqual([1, 2]);
      expect(await tables()).toEqual(['good', 'second']);
    });

    it('leaves an invalid index of a file without a transaction behind, and says so', async () => {
      await fixture.sql(2, 'INSERT INTO good VALUES (1), (1);');
      await fixture.sql(3, 'CREATE UNIQUE INDEX CONCURRENTLY good_id ON good (id);', {bare: true});
      const report = must(await run());
      expect(report.words).toContain('an invalid index may remain');
      expect(report.stopped?.at).toMatchObject({start: {column: 33}, end: {column: 40}});
      expect(await fixture.recorded()).toEqual([1, 2]);
    });

    it('cannot write its record', async () => {
      must(await run());
      const [table] = [must(await fixture.project.status(session, fixture.options)).bookkeeping.table];
      await fixture.sql(
        2,
        `CREATE TABLE second (id int);\nALTER TABLE ${table} ADD CHECK (false) NOT VALID;`,
      );
      const report = must(await run());
      expect(report.stopped?.failure.server?.sqlState).toBe('23514');
      await onlyFirst();
    });

    it.each([
      ['transaction', false],
      ['session', true],
    ] as const)('goes through PgBouncer in %s mode', async (mode, good) => {
      const pooler = await startPooler(fixture.database.port, {mode, settings: ['default_pool_size = 5']});
      const to = {port: pooler.port, name: fixture.database.name};
      const through = must(await openTo(to));
      const report = await run('apply-all', patient, through, () => openTo(to));
      expect(report).toMatchObject(good ? {ok: true} : {ok: false, failure: {reason: 'session-not-kept'}});
      expect(await tables()).toEqual(good ? ['good'] : []);
      await through.close();
      await pooler.stop();
    });
  });
}
