import {afterEach, describe, expect, it} from 'vitest';
import type {Session} from '../../src/core/session.ts';
import {createDatabase, type TestDatabase} from '../rig/databases.ts';
import {startProxy, type Proxy, type Verdict} from '../rig/proxy.ts';
import {ends, type Major} from '../rig/servers.ts';
import {failure, openFor, value} from '../rig/sessions.ts';

const cleanUps: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function database(major: Major = 18): Promise<TestDatabase> {
  const made = await createDatabase(major, 'session');
  cleanUps.push(() => made.drop());
  return made;
}

async function sessionOn(
  made: TestDatabase,
  ...more: [Parameters<typeof openFor>[1]?, Parameters<typeof openFor>[2]?]
): Promise<Session> {
  const session = await openFor(made, ...more);
  cleanUps.push(() => session.close());
  return session;
}

async function proxied(made: TestDatabase): Promise<{readonly proxy: Proxy; readonly session: Session}> {
  const proxy = await startProxy(made.port);
  cleanUps.push(() => proxy.stop());
  return {proxy, session: await sessionOn(made, {endpoints: [{host: '127.0.0.1', port: proxy.port}]})};
}

const active = (made: TestDatabase, text: string): Promise<readonly Record<string, unknown>[]> =>
  made.sql(
    `SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%${text}%' AND pid <> pg_backend_pid()`,
  );

async function untilActive(made: TestDatabase, text: string): Promise<void> {
  await expect.poll(() => active(made, text)).toHaveLength(1);
}

describe.each(ends)('a session on PostgreSQL %i', major => {
  it('says who the server is', async () => {
    const made = await database(major);
    const {server} = await sessionOn(made);
    expect(server).toMatchObject({
      database: made.name,
      user: 'postgres',
      host: '127.0.0.1',
      port: made.port,
      encrypted: false,
      standby: false,
    });
    expect(Math.floor(server.versionNumber / 10_000)).toBe(major);
    expect(server.version.startsWith(String(major))).toBe(true);
  });

  it('gives rows, names and counts, and takes values as parameters', async () => {
    const session = await sessionOn(await database(major));
    const result = value(
      await session.query(
        'SELECT $1::int8 AS big, $2::numeric AS exact, $3::text AS "Grüße 🐘", $4::timestamptz AS at',
        [9007199254740993n, '1.10', "O'Brien; 🐘", new Date(0)],
      ),
    );
    expect(result).toEqual({
      rows: [{big: '9007199254740993', exact: '1.10', 'Grüße 🐘': "O'Brien; 🐘", at: new Date(0)}],
      rowCount: 1,
      columns: ['big', 'exact', 'Grüße 🐘', 'at'],
    });
  });

  it('refuses a second statement in a query, also without values', async () => {
    const session = await sessionOn(await database(major));
    expect(failure(await session.query('SELECT 1; SELECT 2'))).toMatchObject({
      reason: 'sql',
      server: {sqlState: '42601'},
    });
  });

  it('runs a script as one implicit transaction', async () => {
    const session = await sessionOn(await database(major));
    const failed = failure(await session.script('CREATE TABLE "ä" (id int);\nSELECT * FROM "Größe";'));
    expect(failed).toMatchObject({
      reason: 'sql',
      server: {sqlState: '42P01', severity: 'ERROR', position: 42},
    });
    expect(value(await session.query(`SELECT to_regclass('"ä"') AS found`)).rows).toEqual([{found: null}]);
    expect(session.transactionStatus()).toBe('idle');
  });

  it.each([
    ['CREATE TABLE a (); CREATE INDEX ON a (nothing)', 1],
    ['SELECT 1; SELECT 2; SELECT 1/0; SELECT 3', 2],
    ['SELECT 1/0', 0],
    ['SELECT 1; SELEC 2', 0],
  ])('says how many statements of %j were completed', async (sql, completed) => {
    const session = await sessionOn(await database(major));
    expect(failure(await session.script(sql)).completedStatements).toBe(completed);
    expect(failure(await session.script('SELECT 1/0')).completedStatements).toBe(0);
  });

  it('leaves transaction control to the script', async () => {
    const session = await sessionOn(await database(major));
    const failed = failure(
      await session.script('BEGIN; CREATE TABLE kept (); COMMIT; CREATE TABLE gone (); SELECT 1/0;'),
    );
    expect(failed.server?.sqlState).toBe('22012');
    const {rows} = value(
      await session.query(`SELECT to_regclass('kept')::text AS kept, to_regclass('gone')::text AS gone`),
    );
    expect(rows).toEqual([{kept: 'kept', gone: null}]);
  });

  it('knows the state of the transaction as soon as an outcome is there', async () => {
    const session = await sessionOn(await database(major));
    const states = [session.transactionStatus()];
    for (const sql of ['BEGIN', 'SELECT 1/0', 'SELECT 1', 'ROLLBACK']) {
      await session.query(sql);
      states.push(session.transactionStatus());
    }
    await session.script('BEGIN; SELECT 1/0');
    states.push(session.transactionStatus());
    expect(states).toEqual(['idle', 'open', 'failed', 'failed', 'idle', 'failed']);
  });

  it('passes on every field of an error', async () => {
    const session = await sessionOn(await database(major));
    value(await session.script('CREATE TABLE t (id int CONSTRAINT positive CHECK (id > 0))'));
    expect(failure(await session.query('INSERT INTO t VALUES (-1)')).server).toMatchObject({
      sqlState: '23514',
      schema: 'public',
      table: 't',
      constraint: 'positive',
      detail: expect.stringContaining('-1'),
    });
    expect(
      failure(await session.script(`DO $$ BEGIN EXECUTE 'SELECT nothing'; END $$`)).server,
    ).toMatchObject({
      sqlState: '42703',
      internalQuery: 'SELECT nothing',
      internalPosition: 8,
      where: expect.stringContaining('PL/pgSQL'),
    });
  });

  it.each(['query', 'script'] as const)('cancels a %s on the server within a second', async kind => {
    const made = await database(major);
    const session = await sessionOn(made);
    const abort = new AbortController();
    const running =
      kind === 'query'
        ? session.query('SELECT pg_sleep(60)', [], abort.signal)
        : session.script('SELECT pg_sleep(60)', abort.signal);
    await untilActive(made, 'pg_sleep(60)');
    const start = Date.now();
    abort.abort();
    expect(failure(await running)).toMatchObject({reason: 'cancelled', server: {sqlState: '57014'}});
    expect(Date.now() - start).toBeLessThan(1000);
    expect(await active(made, 'pg_sleep(60)')).toEqual([]);
    expect(value(await session.query('SELECT 1 AS one')).rows).toEqual([{one: 1}]);
  });

  it('calls a statement timeout by another name than a cancel', async () => {
    const session = await sessionOn(await database(major), {parameters: {statement_timeout: '50'}});
    expect(
      failure(await session.query('SELECT pg_sleep(60)', [], new AbortController().signal)),
    ).toMatchObject({
      reason: 'sql',
      server: {sqlState: '57014'},
    });
  });

  it.each(['query', 'script'] as const)('survives a COPY from nowhere in a %s', async kind => {
    const session = await sessionOn(await database(major));
    value(await session.script('CREATE TABLE t (id int)'));
    expect(failure(await session[kind]('COPY t FROM STDIN')).reason).toBe('sql');
    expect(value(await session.query('SELECT 1 AS one')).rows).toEqual([{one: 1}]);
  });

  it('is lost when its backend is terminated under a statement', async () => {
    const made = await database(major);
    const session = await sessionOn(made);
    const running = session.script('SELECT pg_sleep(60)');
    await untilActive(made, 'pg_sleep(60)');
    await made.sql(`SELECT pg_terminate_backend(${session.server.backendPid})`);
    expect(failure(await running)).toMatchObject({reason: 'connection-lost', server: {sqlState: '57P01'}});
    expect(session.transactionStatus()).toBe('gone');
    expect(failure(await session.query('SELECT 1')).reason).toBe('connection-lost');
    await session.close();
  });

  it('is lost when its backend is terminated while idle', async () => {
    const made = await database(major);
    const session = await sessionOn(made);
    await made.sql(`SELECT pg_terminate_backend(${session.server.backendPid})`);
    await expect.poll(() => session.transactionStatus()).toBe('gone');
    expect(failure(await session.script('SELECT 1'))).toMatchObject({
      reason: 'connection-lost',
      server: {sqlState: '57P01'},
    });
  });

  it('writes nothing when it is read-only', async () => {
    const session = await sessionOn(await database(major), {}, {readOnly: true});
    expect(failure(await session.query('CREATE TABLE t ()'))).toMatchObject({
      reason: 'read-only',
      server: {sqlState: '25006'},
    });
    expect(failure(await session.script('CREATE TABLE t ()')).reason).toBe('read-only');
  });

  it('reports a lock that another session holds', async () => {
    const made = await database(major);
    const [holder, waiter] = [
      await sessionOn(made),
      await sessionOn(made, {parameters: {lock_timeout: '50ms'}}),
    ];
    value(await holder.script('CREATE TABLE t ()'));
    value(await holder.query('BEGIN'));
    value(await holder.query('LOCK TABLE t'));
    expect(failure(await waiter.query('SELECT * FROM t'))).toMatchObject({
      reason: 'locked',
      server: {sqlState: '55P03'},
    });
  });
});

it('sends nothing when the signal was aborted before', async () => {
  const {proxy, session} = await proxied(await database());
  let sent = 0;
  proxy.onClientData(() => {
    sent += 1;
    return 'pass';
  });
  expect(failure(await session.query('SELECT 1', [], AbortSignal.abort())).reason).toBe('cancelled');
  expect(failure(await session.script('SELECT 1', AbortSignal.abort())).reason).toBe('cancelled');
  expect(sent).toBe(0);
});

it('cancels a statement that waits for its turn without sending it', async () => {
  const made = await database();
  const session = await sessionOn(made);
  const abort = new AbortController();
  const first = session.query('SELECT pg_sleep(0.3)');
  const second = session.script('CREATE TABLE never ()', abort.signal);
  abort.abort();
  value(await first);
  expect(failure(await second).reason).toBe('cancelled');
  expect(await made.sql(`SELECT to_regclass('never') AS found`)).toEqual([{found: null}]);
});

it('does not cancel the statement after the one that had ended', async () => {
  const session = await sessionOn(await database());
  for (let round = 0; round < 20; round += 1) {
    const abort = new AbortController();
    const quick = session.query('SELECT pg_sleep(0.001)', [], abort.signal);
    setTimeout(() => abort.abort(), round % 4);
    await quick;
    value(await session.query('SELECT pg_sleep(0.01)'));
  }
});

it.each<[Verdict, boolean]>([
  ['cut', false],
  ['pass-then-cut', true],
])('tells of a connection that breaks when a statement passes (%s)', async (verdict, arrived) => {
  const made = await database();
  const {proxy, session} = await proxied(made);
  proxy.onClientData(data => (data.includes('CREATE TABLE marked') ? verdict : 'pass'));
  expect(failure(await session.script('CREATE TABLE marked ()')).reason).toBe('connection-lost');
  expect(session.transactionStatus()).toBe('gone');
  await expect
    .poll(async () => (await made.sql(`SELECT to_regclass('marked') IS NOT NULL AS found`))[0]?.['found'])
    .toBe(arrived);
});

it('gives up a server that does not react to a cancel', {timeout: 30_000}, async () => {
  const made = await database();
  const {proxy, session} = await proxied(made);
  const abort = new AbortController();
  const running = session.script('SELECT pg_sleep(2)', abort.signal);
  await untilActive(made, 'pg_sleep(2)');
  proxy.pause();
  abort.abort();
  expect(failure(await running).reason).toBe('connection-lost');
});

it('closes at once and twice, also over a connection that hangs', async () => {
  const made = await database();
  const {proxy, session} = await proxied(made);
  proxy.pause();
  const start = Date.now();
  await Promise.all([session.close(), session.close()]);
  await session.close();
  expect(Date.now() - start).toBeLessThan(4000);
  expect(session.transactionStatus()).toBe('gone');
});

it('hands notices to those who listen', async () => {
  const session = await sessionOn(await database());
  const heard: unknown[] = [];
  const end = session.onNotice(notice => heard.push(notice));
  value(await session.script(`DO $$ BEGIN RAISE WARNING 'careful' USING HINT = 'look'; END $$`));
  end();
  value(await session.script(`DO $$ BEGIN RAISE WARNING 'unheard'; END $$`));
  expect(heard).toEqual([
    expect.objectContaining({severity: 'WARNING', message: 'careful', hint: 'look', sqlState: '01000'}),
  ]);
});

it('does not send a NUL, which would end the text early', async () => {
  const session = await sessionOn(await database());
  expect(failure(await session.script('SELECT 1;\0 DROP TABLE t')).reason).toBe('invalid-input');
  expect(failure(await session.query('SELECT $1::text', ['a\0b']))).toMatchObject({
    server: {sqlState: '22021'},
  });
});
