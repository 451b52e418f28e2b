import {setTimeout as sleep} from 'node:timers/promises';
import {crc32} from 'node:zlib';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {Goal, RunReport} from '../../src/core/migrations/plan.ts';
import type {Outcome} from '../../src/core/outcome.ts';
import type {Session} from '../../src/core/session.ts';
import type {OpenSession, RunOptions} from '../../src/frameworks/framework.ts';
import {startProxy} from '../rig/proxy.ts';
import {golangFixture, type GolangFixture} from './golang-fixture.ts';
import {startPooler} from '../rig/pgbouncer.ts';
import {must, openTo} from './sessions.ts';

const patient: RunOptions = {lockTimeout: 0, statementTimeout: 0};
const slow = 'CREATE TABLE slow (id int);\nSELECT pg_sleep(30);\n';

describe.each([14, 16, 18] as const)('golang-migrate on PostgreSQL %i', major => {
  let fixture: GolangFixture;
  let session: Session;

  beforeEach(async () => {
    fixture = await golangFixture(major);
    session = must(await fixture.open());
    await fixture.file('1_good.up.sql', 'CREATE TABLE good (id int);\n');
    await fixture.file('1_good.down.sql', 'DROP TABLE good;\n');
  });

  afterEach(async () => {
    await session.close();
    await fixture.dispose();
  });

  const row = async () =>
    (await fixture.database.sql('SELECT version::text, dirty FROM schema_migrations'))[0];
  const tables = async () =>
    (
      await fixture.database.sql(
        `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'schema_migrations' ORDER BY 1`,
      )
    ).map(({relname}) => relname);
  const advisoryLocks = async () =>
    (
      await fixture.database.sql(
        `SELECT objid::int8::text AS key FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      )
    ).length;
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
  const all = (options?: RunOptions) => run({kind: 'apply-all'}, options);
  /** Waits until the server executes `text`, and returns its process. */
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
  const recommended = async (on = session) => {
    const status = must(await fixture.project.status(on, fixture.options));
    const diagnosis = must(await fixture.project.diagnose(on, status, fixture.options));
    return {diagnosis, ids: diagnosis.choices.filter(choice => choice.recommended).map(({id}) => id)};
  };

  it('is killed in the middle of a file', async () => {
    await fixture.file('2_slow.up.sql', slow);
    const running = all();
    await fixture.database.sql(`SELECT pg_terminate_backend(${await workingOn('pg_sleep')})`);
    const report = must(await running);
    expect(report.stopped?.failure.reason).toBe('connection-lost');
    expect(report.position).toEqual({kind: 'failed', id: '2'});
    expect(report.words).toMatch(/connection was lost while 2_slow\.up\.sql ran.*dirty at version 2/);
    expect(await row()).toEqual({version: '2', dirty: true});
    expect(await tables()).toEqual(['good']);
    const again = must(await fixture.open());
    const {diagnosis, ids} = await recommended(again);
    expect(diagnosis).toMatchObject({direction: 'up', traces: [{object: 'table slow', found: 'not-done'}]});
    expect(ids).toEqual(['1']);
    await again.close();
  });

  it.each<[string, (text: string) => boolean, readonly string[], string | undefined]>([
    ['between "dirty" and the file', text => text.includes('CREATE TABLE second'), ['good'], '1'],
    ['between the file and "clean"', text => text.includes('VALUES (2, false)'), ['good', 'second'], '2'],
  ])('loses the connection %s', async (_when, last, left, repair) => {
    await fixture.file('2_second.up.sql', 'CREATE TABLE second (id int);\n');
    const proxy = await startProxy(fixture.database.port);
    const through = must(await openTo({port: proxy.port, name: fixture.database.name}));
    proxy.onClientData(data => (last(data.toString('latin1')) ? 'cut' : 'pass'));
    const report = must(await run({kind: 'apply-all'}, patient, through));
    expect(report).toMatchObject({
      stopped: {failure: {reason: 'connection-lost'}},
      position: {kind: 'failed', id: '2'},
    });
    expect(report.words).toContain('dirty at version 2');
    expect(await row()).toEqual({version: '2', dirty: true});
    expect(await tables()).toEqual(left);
    expect((await recommended()).ids).toEqual([repair]);
    await through.close();
    await proxy.stop();
  });

  it('loses the connection for good, and says that it does not know', async () => {
    await fixture.file('2_slow.up.sql', slow);
    const proxy = await startProxy(fixture.database.port);
    const through = must(await openTo({port: proxy.port, name: fixture.database.name}));
    let opened = 0;
    const reopen: OpenSession = async () => {
      opened += 1;
      return opened === 1 ? fixture.open() : {ok: false, failure: {reason: 'unreachable', message: 'gone'}};
    };
    const running = run({kind: 'apply-all'}, patient, through, reopen);
    await workingOn('pg_sleep');
    proxy.cut();
    const report = must(await running);
    expect(report.position).toEqual({kind: 'unknown'});
    expect(report.words).toContain('connect again and look');
    await through.close();
    await proxy.stop();
  });

  it('tells that the server is still at work after the connection was lost', async () => {
    await fixture.file('2_slow.up.sql', slow);
    const proxy = await startProxy(fixture.database.port);
    const through = must(await openTo({port: proxy.port, name: fixture.database.name}));
    const running = run({kind: 'apply-all'}, patient, through);
    const pid = await workingOn('pg_sleep');
    proxy.cut();
    expect(must(await running).words).toContain(`still working on it (pid ${pid})`);
    await fixture.database.sql(`SELECT pg_terminate_backend(${pid})`);
    await through.close();
    await proxy.stop();
  });

  it('meets another runner, and says who it is', async () => {
    await fixture.file('2_slow.up.sql', slow);
    const stop = new AbortController();
    const running = run({kind: 'apply-all'}, {...patient, signal: stop.signal});
    const pid = await workingOn('pg_sleep');
    const second = must(await openTo(fixture.database, {applicationName: 'second runner'}));
    const events: unknown[] = [];
    const refused = await fixture.project.force(
      second,
      {kind: 'none'},
      fixture.options,
      {...patient, lockWait: 300, onEvent: event => void events.push(event)},
      fixture.open,
    );
    expect(refused).toMatchObject({ok: false, failure: {reason: 'locked'}});
    const message = refused.ok ? '' : refused.failure.message;
    expect(message).toMatch(
      new RegExp(`pid ${pid}, user postgres, application howdah-test, from 127.0.0.1, for \\d+ s`),
    );
    expect(events).toEqual([
      {
        kind: 'waiting-for-lock',
        holder: {
          pid,
          user: 'postgres',
          applicationName: 'howdah-test',
          clientAddress: '127.0.0.1',
          ageSeconds: expect.any(Number),
        },
      },
    ]);
    stop.abort();
    expect(must(await running).position).toEqual({kind: 'failed', id: '2'});
    // The lock is free again, and the second one gets both keys now.
    must(await fixture.project.force(second, {kind: 'at', id: '1'}, fixture.options, patient));
    expect(await row()).toEqual({version: '1', dirty: false});
    expect(await advisoryLocks()).toBe(0);
    await second.close();
  });

  it.each([
    ['the command line', '/'],
    ['programs that embed the library', ''],
  ])('waits for a runner that holds only the key of %s', async (_who, prefix) => {
    const name = `public\0schema_migrations\0${prefix}${fixture.database.name}`;
    const key = (BigInt(crc32(name)) * 1_486_364_155n) % 4_294_967_296n;
    const other = must(await fixture.open());
    must(await other.query('SELECT pg_advisory_lock($1::int8)', [key.toString()]));
    const refused = await all({...patient, lockWait: 250});
    expect(refused).toMatchObject({ok: false, failure: {reason: 'locked'}});
    expect(await advisoryLocks()).toBe(1);
    const running = all();
    await sleep(150);
    await other.close();
    expect(must(await running).position).toEqual({kind: 'at', id: '1'});
  });

  it('runs once when two runners start at the same time', async () => {
    await fixture.file('2_second.up.sql', 'SELECT pg_sleep(0.2); CREATE TABLE second (id int);\n');
    const other = must(await fixture.open());
    const [one, two] = await Promise.all([all(), run({kind: 'apply-all'}, patient, other)]);
    expect([one.ok, two.ok].filter(Boolean)).toEqual([true]);
    expect(await row()).toEqual({version: '2', dirty: false});
    await other.close();
  });

  it('is cancelled in a long statement', async () => {
    await fixture.file('2_slow.up.sql', slow);
    const controller = new AbortController();
    const running = all({...patient, signal: controller.signal});
    await workingOn('pg_sleep');
    controller.abort();
    const report = must(await running);
    expect(report).toMatchObject({
      stopped: {failure: {reason: 'cancelled'}},
      position: {kind: 'failed', id: '2'},
    });
    expect(report.words).toMatch(
      /2_slow\.up\.sql was cancelled, and nothing of it remains.*dirty at version 2/,
    );
    expect(await row()).toEqual({version: '2', dirty: true});
    expect(await tables()).toEqual(['good']);
    expect((await recommended()).ids).toEqual(['1']);
  });

  it('is cancelled while it waits for the lock', async () => {
    const holder = must(await fixture.open());
    const [key] = must(await fixture.project.status(session, {})).bookkeeping.lockKeys ?? [];
    must(await holder.query('SELECT pg_advisory_lock($1::int8)', [key]));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 150);
    expect(await all({...patient, signal: controller.signal})).toMatchObject({
      failure: {reason: 'cancelled'},
    });
    await holder.close();
  });

  it.each<[string, string, string, RunOptions, readonly string[], RegExp, boolean]>([
    [
      'a failing BEGIN of its own',
      'BEGIN;\nCREATE TABLE second (id int);\nSELECT 1/0;\nCOMMIT;\n',
      '22012',
      patient,
      ['good'],
      /2_fails\.up\.sql failed.*dirty at version 2/,
      true,
    ],
    [
      'a part that it commits itself',
      'BEGIN;\nCREATE TABLE second (id int);\nCOMMIT;\nCREATE TABLE third (id int);\nSELECT nothing_there;\n',
      '42703',
      patient,
      ['good', 'second'],
      /What it committed before remains/,
      false,
    ],
    [
      'a statement beyond the time limit',
      'CREATE TABLE second (id int);\nSELECT pg_sleep(30);\n',
      '57014',
      {lockTimeout: 0, statementTimeout: 200},
      ['good'],
      /failed, and nothing of it remains/,
      true,
    ],
    [
      'a full disk',
      `CREATE TABLE second (id int);\nDO $$ BEGIN RAISE EXCEPTION 'No space left' USING ERRCODE = 'disk_full'; END $$;\n`,
      '53100',
      patient,
      ['good'],
      /failed, and nothing of it remains/,
      true,
    ],
    [
      'too many temporary files',
      `CREATE TABLE second (id int);\nSET LOCAL temp_file_limit = '64kB';\nSET LOCAL work_mem = '64kB';\nSELECT g FROM generate_series(1, 300000) AS g ORDER BY g DESC;\n`,
      '53400',
      patient,
      ['good'],
      /failed, and nothing of it remains/,
      true,
    ],
  ])('has %s', async (_what, sql, sqlState, options, left, words, undone) => {
    await fixture.file('2_fails.up.sql', sql);
    const report = must(await all(options));
    expect(report.stopped?.failure.server?.sqlState).toBe(sqlState);
    expect(report.position).toEqual({kind: 'failed', id: '2'});
    expect(report.words).toMatch(words);
    expect(await row()).toEqual({version: '2', dirty: true});
    expect(await tables()).toEqual(left);
    expect(session.transactionStatus()).toBe('idle');
    expect(await advisoryLocks()).toBe(0);
    expect((await recommended()).ids).toEqual(undone ? ['1'] : []);
  });

  it('cannot get a table lock in time', async () => {
    await all();
    await fixture.file(
      '2_alter.up.sql',
      'CREATE TABLE second (id int);\nALTER TABLE good ADD COLUMN note text;\n',
    );
    const holder = must(await fixture.open());
    must(await holder.script('BEGIN; SELECT * FROM good;'));
    const report = must(await all({lockTimeout: 150, statementTimeout: 0}));
    expect(report.stopped?.failure.server?.sqlState).toBe('55P03');
    expect(await row()).toEqual({version: '2', dirty: true});
    expect(await tables()).toEqual(['good']);
    await holder.close();
    const [limit] = must(await session.query('SHOW lock_timeout')).rows;
    expect(limit).toEqual({lock_timeout: '0'});
  });

  it('leaves a transaction open, which is rolled back as the tool’s driver does', async () => {
    await fixture.file('2_open.up.sql', 'BEGIN;\nCREATE TABLE second (id int);\n');
    const report = must(await all());
    expect(report.stopped?.failure.message).toContain('leaves a transaction open');
    expect(await row()).toEqual({version: '2', dirty: true});
    expect(await tables()).toEqual(['good']);
  });

  it('fails on the way down: the version before is dirty, and the objects tell the direction', async () => {
    await fixture.file('2_second.up.sql', 'CREATE TABLE second (id int);\n');
    await fixture.file('2_second.down.sql', 'DROP TABLE second;\nSELECT nothing_there;\n');
    must(await all());
    const report = must(await run({kind: 'roll-back-last'}));
    expect(report).toMatchObject({
      position: {kind: 'failed', id: '1'},
      stopped: {at: {start: {line: 1, column: 7}, end: {line: 1, column: 20}}},
    });
    expect(await row()).toEqual({version: '1', dirty: true});
    const {diagnosis, ids} = await recommended();
    expect(diagnosis).toMatchObject({failedId: '1', direction: 'down'});
    expect(diagnosis.path).toMatch(/2_second\.down\.sql$/);
    expect(ids).toEqual(['2']);
  });

  it('fails on the way down to nothing: -1 is dirty', async () => {
    await fixture.file('1_good.down.sql', 'DROP TABLE absent;\n');
    must(await all());
    const report = must(await run({kind: 'roll-back-all'}));
    expect(report.position).toEqual({kind: 'failed', id: '-1'});
    expect(report.words).toContain('dirty at no version (-1)');
    expect(await row()).toEqual({version: '-1', dirty: true});
    const status = must(await fixture.project.status(session, {}));
    expect(status.migrations.map(({state}) => state.kind)).toEqual(['failed']);
    const {diagnosis, ids} = await recommended();
    expect(diagnosis.direction).toBe('down');
    expect(ids).toEqual(['1']);
    const forced = must(await fixture.project.force(session, {kind: 'none'}, {}, patient, fixture.open));
    expect(forced.position).toEqual({kind: 'none'});
    expect(await row()).toBeUndefined();
  });

  it('leaves an invalid index behind, and says so', async () => {
    await fixture.file('2_rows.up.sql', 'INSERT INTO good VALUES (1), (1);\n');
    await fixture.file('3_index.up.sql', 'CREATE UNIQUE INDEX CONCURRENTLY good_id ON good (id);\n');
    const report = must(await all());
    expect(report.words).toContain('an invalid index may remain');
    expect(report.stopped?.at).toMatchObject({start: {line: 0, column: 33}, end: {line: 0, column: 40}});
    const {diagnosis, ids} = await recommended();
    expect(diagnosis.traces).toMatchObject([{found: 'not-done', object: expect.stringContaining('drop it')}]);
    expect(ids).toEqual(['2']);
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
