import {afterAll, afterEach, describe, expect, it} from 'vitest';
import type {Failure, Outcome} from '../../../src/core/outcome.ts';
import type {Session} from '../../../src/core/session.ts';
import {offsetOfPosition} from '../../../src/core/sql/positions.ts';
import {openSession} from '../../../src/postgres/connect.ts';
import {
  explainStatement,
  type ExplainRequest,
  type Explained,
} from '../../../src/postgres/explain/explain.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {startPooler} from '../../rig/pgbouncer.ts';
import {majors, startServer, type Major} from '../../rig/servers.ts';
import {failure, openFor, openOptions, settingsFor, value} from '../../rig/sessions.ts';

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

const schema = `
  CREATE TABLE orders (id int PRIMARY KEY, status text NOT NULL, note text);
  INSERT INTO orders SELECT i, CASE WHEN i % 1000 = 0 THEN 'open' ELSE 'done' END, repeat('é', 10)
    FROM generate_series(1, 5000) i;
  CREATE INDEX ON orders (status);
  CREATE TABLE written (at text);
  CREATE FUNCTION writes() RETURNS int LANGUAGE plpgsql AS
    $$BEGIN INSERT INTO written VALUES ('planned'); RETURN 1; END$$;
  CREATE FUNCTION lies() RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$BEGIN RETURN writes(); END$$;
  CREATE FUNCTION says(n int) RETURNS int LANGUAGE plpgsql AS
    $$BEGIN FOR i IN 1..n LOOP RAISE NOTICE 'note %', i; END LOOP; RETURN n; END$$;
  ANALYZE orders;`;

const shared = new Map<Major, Promise<TestDatabase>>();

/** One for all tests of a version: none leaves anything in it. */
function database(major: Major): Promise<TestDatabase> {
  const known = shared.get(major) ?? newDatabase(major);
  shared.set(major, known);
  return known;
}

async function newDatabase(major: Major): Promise<TestDatabase> {
  const made = await createDatabase(major, 'explain');
  await made.sql(schema);
  return made;
}

afterAll(async () => {
  for (const made of shared.values()) await (await made).drop();
});

async function open(
  made: TestDatabase,
  ...more: Parameters<typeof openFor> extends [unknown, ...infer R] ? R : never
) {
  const session = await openFor(made, ...more);
  cleanUps.push(() => session.close());
  return session;
}

const timeouts = {statement: 10_000, lock: 1000};

type Asked = Partial<ExplainRequest> & Pick<ExplainRequest, 'sql'>;

async function explain(session: Session, asked: Asked, signal?: AbortSignal): Promise<Outcome<Explained>> {
  const outcome = await explainStatement(session, {mode: 'explain', timeouts, ...asked}, signal);
  expect(['idle', 'gone']).toContain(session.transactionStatus());
  return outcome;
}

async function textOf(session: Session, asked: Asked): Promise<string> {
  return value(await explain(session, asked)).text;
}

/** What a session would keep of an EXPLAIN that did not clean up. */
async function leftovers(session: Session): Promise<unknown> {
  const {rows} = value(
    await session.query(`SELECT (SELECT count(*)::int FROM pg_prepared_statements) AS prepared,
      current_setting('plan_cache_mode') AS mode, current_setting('statement_timeout') AS timeout,
      current_setting('lock_timeout') AS lock, current_setting('transaction_read_only') AS readonly`),
  );
  return rows;
}

const clean = [{prepared: 0, mode: 'auto', timeout: '0', lock: '0', readonly: 'off'}];

describe.each(majors)('EXPLAIN on PostgreSQL %i', major => {
  it('asks for all that this version can tell', async () => {
    const session = await open(await database(major));
    const sql = "SELECT * FROM orders WHERE status = 'open'";
    const planned = await textOf(session, {sql});
    expect(JSON.parse(planned)).toMatchObject([
      {Plan: {Schema: 'public'}, Planning: {}, 'Planning Time': expect.any(Number)},
    ]);
    expect(planned).not.toContain('Actual');
    const executed = await textOf(session, {sql, mode: 'analyze'});
    expect(JSON.parse(executed)).toMatchObject([
      {
        // A first look at new rows may write that they are there, so that it has WAL of its own.
        Plan: {
          'Actual Loops': 1,
          'Shared Hit Blocks': expect.any(Number),
          'WAL Records': expect.any(Number),
        },
        'Execution Time': expect.any(Number),
      },
    ]);
    expect(executed.includes('"Serialization"')).toBe(major >= 17);
    expect(planned.includes('"Memory Used"')).toBe(major >= 17);
    await session.query("SET work_mem = '5MB'");
    expect(JSON.parse(await textOf(session, {sql}))).toMatchObject([{Settings: {work_mem: '5MB'}}]);
  });

  it('gives the generic plan without values, and the custom plan with them', async () => {
    const session = await open(await database(major));
    const sql = 'SELECT id, $2::int FROM orders WHERE status = $1';
    const generic = await textOf(session, {sql, mode: 'generic', values: ['open', '1']});
    expect(generic).toMatch(/"(Index Cond|Filter)": "\(.*= \$1\)"/);
    for (const mode of ['explain', 'analyze'] as const) {
      const custom = await textOf(session, {sql, mode, values: ['open', null]});
      expect(custom).toMatch(/"Index Cond": "\(.*= 'open'::text\)"/);
      expect(custom).not.toContain('$1');
    }
    // What is common is read from the table, what is rare from the index: so the values count.
    expect(await textOf(session, {sql, values: ['done', '7']})).toContain('Seq Scan');
    expect(await leftovers(session)).toEqual(clean);
  });

  it.each([
    ['SELECT * FROM orders WHERE id = 1', 'Index Scan'],
    ['INSERT INTO written VALUES ($1) RETURNING at', 'ModifyTable'],
    ['CREATE TABLE copy AS SELECT * FROM orders WHERE status = $1', '$1'],
    ['VALUES ($1), ($2), (3::text) -- end', 'Values Scan'],
  ])('gives the generic plan of %j', async (sql, part) => {
    const session = await open(await database(major));
    expect(await textOf(session, {sql, mode: 'generic'})).toContain(part);
    expect(await leftovers(session)).toEqual(clean);
  });

  it.each(['explain', 'generic', 'analyze'] as const)(
    'refuses several statements in mode %s, and runs none of them',
    async mode => {
      const made = await database(major);
      const session = await open(made);
      for (const sql of [
        'SELECT 1; COMMIT; INSERT INTO written VALUES (1)',
        'SELECT $1::int; COMMIT; INSERT INTO written VALUES (1)',
        'SELECT 1; COMMIT; INSERT INTO written VALUES ($1)',
      ])
        for (const guard of ['read-only', 'rolled-back'] as const)
          expect(failure(await explain(session, {sql, mode, guard, values: ['1']}))).toMatchObject({
            server: {sqlState: '42601'},
          });
      expect(await made.sql('SELECT * FROM written')).toEqual([]);
      expect(await leftovers(session)).toEqual(clean);
    },
  );

  it.each([
    ['explain', 'SELECT é🐘 FROM orders WHERE wrong = 1', 'é🐘'],
    ['analyze', "SELECT 'é🐘', nothing FROM orders", 'nothing'],
    ['generic', "SELECT 'é🐘', nothing FROM orders WHERE id = $1", 'nothing'],
    ['generic', 'SELECT 1 FROM nowhere', 'nowhere'],
    ['generic', 'CREATE TABLE "🐘" AS SELECT $1::int FROM nowhere', 'nowhere'],
    ['explain', 'SELECT 1 FROM orders WHERE', undefined],
  ] as const)('counts the position of an error in the statement itself: %s %j', async (mode, sql, word) => {
    const session = await open(await database(major));
    const {server} = failure(await explain(session, {sql, mode}));
    const offset = offsetOfPosition(sql, server?.position ?? 0);
    expect(sql.slice(offset).startsWith(word ?? sql.slice(sql.length))).toBe(true);
    expect(offset).toBe(word === undefined ? sql.length : sql.indexOf(word));
  });

  it('lets nothing be written by planning: a function that lies about being immutable', async () => {
    const made = await database(major);
    const session = await open(made);
    const sql = 'SELECT * FROM orders WHERE id = lies()';
    // So it would outside of Howdah.
    await made.sql(`EXPLAIN ${sql}`);
    expect(await made.sql('TABLE written')).toEqual([{at: 'planned'}]);
    for (const mode of ['explain', 'generic', 'analyze'] as const)
      expect(failure(await explain(session, {sql, mode}))).toMatchObject({
        reason: 'read-only',
        message: expect.stringMatching(mode === 'analyze' ? /^It writes: / : /^Planning it writes: /),
        server: {sqlState: '25006'},
      });
    value(await explain(session, {sql, mode: 'analyze', guard: 'rolled-back'}));
    expect(await made.sql('TABLE written')).toEqual([{at: 'planned'}]);
    await made.sql('TRUNCATE written');
  });

  it('runs what writes only to roll it back, and says what did not run', async () => {
    const made = await database(major);
    const session = await open(made);
    const sql = 'DELETE FROM orders';
    expect(failure(await explain(session, {sql, mode: 'analyze'}))).toMatchObject({
      reason: 'read-only',
      message: 'It writes: cannot execute DELETE in a read-only transaction.',
      advice: expect.stringContaining('rolled back'),
      server: {sqlState: '25006'},
    });
    const done = value(await explain(session, {sql, mode: 'analyze', guard: 'rolled-back'}));
    expect(JSON.parse(done.text)).toMatchObject([{Plan: {'Node Type': 'ModifyTable', 'Actual Loops': 1}}]);
    expect(done.notes).toEqual([expect.stringContaining('COMMIT')]);
    expect(await made.sql('SELECT count(*)::int AS n FROM orders')).toEqual([{n: 5000}]);
  });

  it('does not execute without being asked to', async () => {
    const session = await open(await database(major));
    const {notices} = value(await explain(session, {sql: 'SELECT says(1)', guard: 'rolled-back'}));
    expect(notices).toEqual([]);
  });

  it('collects what the server says, up to a hundred', async () => {
    const session = await open(await database(major));
    const few = value(await explain(session, {sql: 'SELECT says(2)', mode: 'analyze'}));
    expect(few.notices).toEqual(['NOTICE: note 1', 'NOTICE: note 2']);
    const many = value(await explain(session, {sql: 'SELECT says(300)', mode: 'analyze'}));
    expect(many.notices).toHaveLength(100);
    expect(few.roundTripMs).toBeGreaterThan(0);
  });

  it('ends with the timeout that was asked for, and says which', async () => {
    const made = await database(major);
    const session = await open(made);
    const slow = {sql: 'SELECT pg_sleep(5)', mode: 'analyze'} as const;
    expect(failure(await explain(session, {...slow, timeouts: {statement: 100.5, lock: 0}}))).toMatchObject({
      reason: 'timed-out',
      message: 'The statement_timeout of 101 ms ended it.',
      server: {sqlState: '57014'},
    });
    const holder = await open(made);
    value(await holder.script('BEGIN; LOCK orders'));
    const blocked = {sql: 'SELECT count(*) FROM orders', timeouts: {statement: 5000, lock: 100}};
    for (const mode of ['explain', 'generic', 'analyze'] as const)
      expect(failure(await explain(session, {...blocked, mode}))).toMatchObject({
        reason: 'locked',
        message: expect.stringContaining('The lock_timeout of 100 ms ended it'),
        server: {sqlState: '55P03'},
      });
    value(await holder.script('ROLLBACK'));
    expect(await leftovers(session)).toEqual(clean);
  });

  it('keeps the timeouts of the session where 0 is asked for', async () => {
    const session = await open(await database(major));
    await session.query('SET statement_timeout = 90');
    const slow = {sql: 'SELECT pg_sleep(5)', mode: 'analyze', timeouts: {statement: 0, lock: 0}} as const;
    const {message, server} = failure(await explain(session, slow));
    expect(server?.sqlState).toBe('57014');
    expect(message).not.toContain('0 ms');
  });

  it('says that it was cancelled with the word of the server', async () => {
    const made = await database(major);
    const session = await open(made);
    for (const guard of ['read-only', 'rolled-back'] as const) {
      const stop = new AbortController();
      const running = explain(session, {sql: 'SELECT pg_sleep(30)', mode: 'analyze', guard}, stop.signal);
      await expect
        .poll(() =>
          made.sql("SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'EXPLAIN%'"),
        )
        .toHaveLength(1);
      stop.abort();
      expect(failure(await running)).toMatchObject({reason: 'cancelled', server: {sqlState: '57014'}});
    }
    expect(await leftovers(session)).toEqual(clean);
    const {reason, server} = failure(await explain(session, {sql: 'SELECT 1'}, AbortSignal.abort()));
    expect([reason, server]).toEqual(['cancelled', undefined]);
  });

  it('survives the end of its connection', async () => {
    const made = await database(major);
    const session = await open(made);
    const running = explain(session, {sql: 'SELECT pg_sleep(30)', mode: 'analyze'});
    await expect
      .poll(() =>
        made.sql(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'EXPLAIN%'",
        ),
      )
      .toHaveLength(1);
    expect(failure(await running).reason).toBe('connection-lost');
    expect(session.transactionStatus()).toBe('gone');
  });

  it('leaves a transaction of somebody else alone', async () => {
    const session = await open(await database(major));
    value(await session.script('BEGIN; INSERT INTO written VALUES (1)'));
    const refused = await explainStatement(session, {sql: 'SELECT 1', mode: 'explain', timeouts});
    expect(failure(refused).reason).toBe('invalid-input');
    expect(session.transactionStatus()).toBe('open');
    value(await session.script('ROLLBACK'));
  });

  it('asks for the values that are missing', async () => {
    const session = await open(await database(major));
    for (const values of [undefined, [], ['1', '2']])
      expect(
        failure(await explain(session, {sql: 'SELECT $1::int', ...(values === undefined ? {} : {values})})),
      ).toMatchObject({reason: 'invalid-input', server: {sqlState: '08P01'}});
    expect(failure(await explain(session, {sql: 'SELECT $1 IS NULL', values: ['1']}))).toMatchObject({
      reason: 'sql',
      advice: expect.stringContaining('$1::integer'),
      server: {sqlState: '42P18'},
    });
  });

  it('cannot write over a connection that is read-only', async () => {
    const made = await database(major);
    const session = await open(made, {}, {readOnly: true});
    for (const sql of ['DELETE FROM orders', 'SELECT lies()'])
      expect(failure(await explain(session, {sql, mode: 'analyze', guard: 'rolled-back'}))).toMatchObject({
        reason: 'read-only',
        message: expect.stringContaining('This connection is read-only in Howdah'),
        server: {sqlState: '25006'},
      });
  });

  it('cannot write where the server lets nobody', async () => {
    const made = await newDatabase(major);
    cleanUps.push(() => made.drop());
    await made.sql(`ALTER DATABASE "${made.name}" SET default_transaction_read_only = on`);
    const other = await open(made);
    const refused = await explain(other, {sql: 'DELETE FROM orders', mode: 'analyze', guard: 'rolled-back'});
    expect(failure(refused).message).toContain('The server makes this user’s transactions read-only');
  });

  it('works through PgBouncer in transaction mode, and leaves nothing in its servers', async () => {
    const made = await database(major);
    const pooler = await startPooler(made.port, {mode: 'transaction', settings: ['server_round_robin = 1']});
    cleanUps.push(() => pooler.stop());
    const session = value(await openSession(settingsFor({port: pooler.port, name: made.name}), openOptions));
    cleanUps.push(() => session.close());
    const sql = 'SELECT id FROM orders WHERE status = $1';
    expect(await textOf(session, {sql, mode: 'generic'})).toContain('= $1');
    expect(await textOf(session, {sql, mode: 'analyze', values: ['open']})).toContain("'open'");
    failure(await explain(session, {sql: 'SELECT nothing FROM orders WHERE id = $1', mode: 'generic'}));
    failure(await explain(session, {sql: 'DELETE FROM orders', mode: 'analyze'}));
    value(await explain(session, {sql: 'DELETE FROM orders', mode: 'analyze', guard: 'rolled-back'}));
    expect(await leftovers(session)).toEqual(clean);
    expect(await made.sql('SELECT count(*)::int AS n FROM orders')).toEqual([{n: 5000}]);
  });
});

it('says that a standby takes no writes', async () => {
  const standby = await startServer(18, {standby: true});
  cleanUps.push(() => standby.stop());
  const session = await openFor({port: standby.port});
  cleanUps.push(() => session.close());
  const refused: Failure = failure(
    await explain(session, {sql: 'DELETE FROM pg_description', mode: 'analyze', guard: 'rolled-back'}),
  );
  expect(refused).toMatchObject({reason: 'read-only', message: expect.stringContaining('standby')});
  expect(await textOf(session, {sql: 'SELECT 1', mode: 'analyze'})).toContain('Execution Time');
});
