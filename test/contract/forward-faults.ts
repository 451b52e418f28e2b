import {setTimeout as sleep} from 'node:timers/promises';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {MigrationState} from '../../src/core/migrations/migration.ts';
import type {Plan, RunReport} from '../../src/core/migrations/plan.ts';
import type {Outcome} from '../../src/core/outcome.ts';
import type {Session} from '../../src/core/session.ts';
import type {OpenSession, RunOptions} from '../../src/frameworks/framework.ts';
import type {TestDatabase} from '../rig/databases.ts';
import {startPooler} from '../rig/pgbouncer.ts';
import {startProxy} from '../rig/proxy.ts';
import type {Fixture} from './fixture.ts';
import {must, openTo} from './sessions.ts';

/** A tool without a way back. */
export interface ForwardFixture extends Fixture {
  readonly database: TestDatabase;
  /** Writes the script of migration `number`. */
  sql(number: number, text: string): Promise<void>;
  /** The tool's own table. */
  readonly books: string;
  /** What tells that a message to the server records a migration as done. */
  readonly records: (message: string) => boolean;
}

const patient: RunOptions = {lockTimeout: 0, statementTimeout: 0};
const slow = 'CREATE TABLE slow (id int);\nSELECT pg_sleep(30);\n';

/** What has to hold when something goes wrong: nothing of a failed migration is left, and its state is the tool's own. */
export function forwardFaults(name: string, makeFixture: () => Promise<ForwardFixture>): void {
  describe(`${name} in trouble`, () => {
    let fixture: ForwardFixture;
    let session: Session;

    beforeEach(async () => {
      fixture = await makeFixture();
      session = must(await fixture.open());
      await fixture.sql(1, 'CREATE TABLE good (id int);\n');
    });

    afterEach(async () => {
      await session.close();
      await fixture.dispose();
    });

    const tables = async () =>
      (
        await fixture.database.sql(
          `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '${fixture.books}' ORDER BY 1`,
        )
      ).map(({relname}) => relname);
    const locks = async () =>
      (
        await fixture.database.sql(
          `SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        )
      ).length;
    const planned = async (): Promise<Plan> => {
      const status = must(await fixture.project.status(session, fixture.options));
      return must(await fixture.project.plan(status, {kind: 'apply-all'}, fixture.options));
    };
    const run = async (
      options: RunOptions = patient,
      on = session,
      reopen: OpenSession = fixture.open,
    ): Promise<Outcome<RunReport>> =>
      fixture.project.run(on, await planned(), fixture.options, options, reopen);
    const kinds = async (): Promise<readonly MigrationState['kind'][]> => {
      const asked = must(await fixture.open());
      const status = must(await fixture.project.status(asked, fixture.options));
      await asked.close();
      return status.migrations.map(({state}) => state.kind);
    };
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
    const through = async (last: (text: string) => boolean) => {
      const proxy = await startProxy(fixture.database.port);
      const opened = must(await openTo({port: proxy.port, name: fixture.database.name}));
      proxy.onClientData(data => (last(data.toString('latin1')) ? 'cut' : 'pass'));
      return {proxy, opened};
    };
    const onlyFirst = async (left: readonly string[] = ['good']): Promise<void> => {
      expect(await tables()).toEqual(left);
      const marked = fixture.traits.failure === 'marked';
      expect(await kinds()).toEqual(['applied', marked ? 'failed' : 'pending']);
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

    it('loses the connection before a file', async () => {
      await fixture.sql(2, 'CREATE TABLE second (id int);\n');
      const {proxy, opened} = await through(text => text.includes('CREATE TABLE second'));
      const report = must(await run(patient, opened));
      expect(report.stopped?.failure.reason).toBe('connection-lost');
      await opened.close();
      await proxy.stop();
      await onlyFirst();
    });

    it('loses the connection before a file is recorded as done', async () => {
      await fixture.sql(2, 'CREATE TABLE second (id int);\n');
      let records = 0;
      const {proxy, opened} = await through(text => fixture.records(text) && (records += 1) === 2);
      const report = must(await run(patient, opened));
      expect(report.stopped?.failure.reason).toBe('connection-lost');
      await opened.close();
      await proxy.stop();
      await onlyFirst(fixture.traits.failure === 'marked' ? ['good', 'second'] : ['good']);
    });

    it('tells that the server is still at work after the connection was lost', async () => {
      await fixture.sql(2, slow);
      const {proxy, opened} = await through(() => false);
      const running = run(patient, opened);
      const pid = await workingOn('pg_sleep');
      proxy.cut();
      expect(must(await running).words).toContain(`still working on it (pid ${pid})`);
      await fixture.database.sql(`SELECT pg_terminate_backend(${pid})`);
      await opened.close();
      await proxy.stop();
    });

    it('loses the connection for good, and says that it does not know', async () => {
      await fixture.sql(2, slow);
      const {proxy, opened} = await through(() => false);
      let asked = 0;
      const reopen: OpenSession = async () => {
        asked += 1;
        return asked === 1 ? fixture.open() : {ok: false, failure: {reason: 'unreachable', message: 'gone'}};
      };
      const running = run(patient, opened, reopen);
      const pid = await workingOn('pg_sleep');
      proxy.cut();
      expect(must(await running)).toMatchObject({position: {kind: 'unknown'}});
      await fixture.database.sql(`SELECT pg_terminate_backend(${pid})`);
      await opened.close();
      await proxy.stop();
    });

    it('runs once when two runners start at the same time', async () => {
      await fixture.sql(2, 'SELECT pg_sleep(0.3);\nCREATE TABLE second (id int);\n');
      const other = must(await fixture.open());
      const plan = await planned();
      const start = (on: Session): Promise<Outcome<RunReport>> =>
        fixture.project.run(on, plan, fixture.options, patient, fixture.open);
      const [one, two] = await Promise.all([start(session), start(other)]);
      expect([one.ok, two.ok].filter(Boolean)).toEqual([true]);
      expect(await kinds()).toEqual(['applied', 'applied']);
      await other.close();
    });

    it('waits for the lock, says who has it, and gives up or is cancelled', async () => {
      const holder = must(await fixture.open());
      const [key] = must(await fixture.project.status(session, fixture.options)).bookkeeping.lockKeys ?? [];
      must(await holder.query('SELECT pg_advisory_lock($1::int8)', [key]));
      expect(await run({...patient, lockWait: 200})).toMatchObject({
        failure: {reason: 'locked', message: expect.stringContaining(`pid ${holder.server.backendPid}`)},
      });
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 150);
      expect(await run({...patient, signal: controller.signal})).toMatchObject({
        failure: {reason: 'cancelled'},
      });
      await holder.close();
      expect(await tables()).toEqual([]);
    });

    it('is cancelled in a long statement', async () => {
      await fixture.sql(2, slow);
      const controller = new AbortController();
      const running = run({...patient, signal: controller.signal});
      await workingOn('pg_sleep');
      controller.abort();
      expect(must(await running).stopped?.failure.reason).toBe('cancelled');
      expect(session.transactionStatus()).toBe('idle');
      await onlyFirst();
    });

    it.each<[string, string, string, RunOptions]>([
      ['a failing statement', 'CREATE TABLE second (id int);\nSELECT 1/0;\n', '22012', patient],
      ['a statement beyond the time limit', slow, '57014', {lockTimeout: 0, statementTimeout: 200}],
      [
        'a full disk',
        `CREATE TABLE second (id int);\nDO $$ BEGIN RAISE EXCEPTION 'No space left' USING ERRCODE = 'disk_full'; END $$;\n`,
        '53100',
        patient,
      ],
    ])('has %s', async (_what, text, sqlState, options) => {
      await fixture.sql(2, text);
      const report = must(await run(options));
      expect(report.stopped?.failure.server?.sqlState).toBe(sqlState);
      expect(report.words).toContain('nothing of it remains');
      expect(session.transactionStatus()).toBe('idle');
      await onlyFirst();
    });

    it('cannot get a table lock in time, and leaves no limit behind', async () => {
      must(await run());
      await fixture.sql(2, 'CREATE TABLE second (id int);\nALTER TABLE good ADD COLUMN note text;\n');
      const holder = must(await fixture.open());
      must(await holder.script('BEGIN; SELECT * FROM good;'));
      const report = must(await run({lockTimeout: 150, statementTimeout: 0}));
      expect(report.stopped?.failure.server?.sqlState).toBe('55P03');
      await holder.close();
      expect(must(await session.query('SHOW lock_timeout')).rows).toEqual([{lock_timeout: '0'}]);
      await onlyFirst();
    });

    it('leaves an invalid index behind, marks the failure, and says what is there', async () => {
      await fixture.sql(2, 'INSERT INTO good VALUES (1), (1);\n');
      await fixture.sql(3, 'CREATE UNIQUE INDEX CONCURRENTLY good_id ON good (id);\n');
      const report = must(await run());
      expect(report.words).toContain('an invalid index may remain');
      expect(report.stopped?.at).toMatchObject({start: {line: 0, column: 33}, end: {line: 0, column: 40}});
      const status = must(await fixture.project.status(session, fixture.options));
      expect(status.migrations.map(({state}) => state.kind)).toEqual(['applied', 'applied', 'failed']);
      const diagnosis = must(await fixture.project.diagnose(session, status, fixture.options));
      expect(diagnosis.traces).toMatchObject([
        {found: 'not-done', object: expect.stringContaining('drop it')},
      ]);
      const [undone] = diagnosis.choices.filter(choice => choice.recommended);
      const second = status.migrations[1]?.migration.id ?? '';
      expect(undone?.id).toBe(second);
      must(
        await fixture.project.force(
          session,
          {kind: 'at', id: second},
          fixture.options,
          patient,
          fixture.open,
        ),
      );
      expect(await kinds()).toEqual(['applied', 'applied', 'pending']);
    });

    it.each([
      ['transaction', false],
      ['session', true],
    ] as const)('goes through PgBouncer in %s mode', async (mode, good) => {
      const pooler = await startPooler(fixture.database.port, {mode, settings: ['default_pool_size = 5']});
      const to = {port: pooler.port, name: fixture.database.name};
      const opened = must(await openTo(to));
      const report = await run(patient, opened, () => openTo(to));
      expect(report).toMatchObject(good ? {ok: true} : {ok: false, failure: {reason: 'session-not-kept'}});
      expect(await tables()).toEqual(good ? ['good'] : []);
      await opened.close();
      await pooler.stop();
    });
  });
}
