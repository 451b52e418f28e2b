import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {RehearsalReport} from '../../../src/core/rehearse/report.ts';
import type {Session} from '../../../src/core/session.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {
  rehearseOnServer,
  type ServerOptions,
  type ServerRehearsed,
} from '../../../src/postgres/rehearse/on-server.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {scriptOf} from '../../rig/migration-scripts.ts';
import {startProxy} from '../../rig/proxy.ts';
import {majors} from '../../rig/servers.ts';
import {failure, openFor, value} from '../../rig/sessions.ts';

const parser = createParser();

const setup = `
CREATE TABLE orders (id int PRIMARY KEY, note text);
INSERT INTO orders SELECT g, 'n' FROM generate_series(1, 5000) AS g;
CREATE SEQUENCE numbers;
CREATE FUNCTION harmless() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION harmful() RETURNS int LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_lock(1); RETURN 1; END';
CREATE PROCEDURE commits() LANGUAGE plpgsql AS 'BEGIN COMMIT; END';
ANALYZE`;

describe.each(majors)('on %i', major => {
  let database: TestDatabase;
  let session: Session;
  beforeAll(async () => {
    database = await createDatabase(major);
    await database.sql(setup);
    session = await openFor(database);
  });
  afterAll(async () => {
    await session.close();
    await database.drop();
  });

  const run = async (
    sql: string | readonly string[],
    options: ServerOptions = {},
  ): Promise<ServerRehearsed> => {
    const steps = [sql].flat().map((each, index) => ({up: scriptOf(each, {id: String(index + 1)})}));
    return value(await rehearseOnServer(session, parser, {steps, target: 'live'}, options));
  };
  const reportOf = async (
    sql: string | readonly string[],
    options?: ServerOptions,
  ): Promise<RehearsalReport> => {
    const done = await run(sql, options);
    return done.kind === 'report' ? done.report : expect.fail(done.refused[0]?.why ?? 'refused');
  };
  const leavesNothing = async (): Promise<void> => {
    const rows = await database.sql(
      `SELECT (SELECT count(*)::int FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attnum > 0) AS columns,
        (SELECT count(*)::int FROM pg_locks WHERE relation = 'orders'::regclass AND pid <> pg_backend_pid()) AS locks`,
    );
    expect(rows).toEqual([{columns: 2, locks: 0}]);
  };

  it('observes with the real rows, and takes all of it back', async () => {
    const report = await reportOf([
      'ALTER TABLE orders ALTER note SET NOT NULL; ALTER TABLE orders ADD x float DEFAULT random();',
      "SELECT nextval('numbers'); UPDATE orders SET x = 1 WHERE id < 11",
    ]);
    expect(report).toMatchObject({
      where: 'server',
      target: 'live',
      steps: [{verdict: 'passes'}, {verdict: 'passes'}],
    });
    const [first, second] = report.steps;
    expect(first?.statements).toMatchObject([
      {scans: ['public.orders'], locks: [{mode: 'ACCESS EXCLUSIVE', facts: {rows: 5000}}]},
      {rewrites: ['public.orders']},
    ]);
    expect(first?.statements[0]?.words[0]).toMatch(
      /^ACCESS EXCLUSIVE on public\.orders \(\d+ kB(, [\d.]+ writes\/s)?\) for the length of a full scan, and then until the file’s transaction ends, 1 statement later, through the scan or rewrite of public\.orders: reads and writes wait\.$/,
    );
    expect(second?.statements[1]?.rows).toEqual([
      {relation: 'public.orders', inserted: 0, updated: 10, deleted: 0},
    ]);
    expect(report.notes.join(' ')).toContain('A sequence keeps its new value after ROLLBACK.');
    await leavesNothing();
  });

  it('places an error, and takes back what ran before it', async () => {
    const report = await reportOf([
      'ALTER TABLE orders ADD x int;\nALTER TABLE orders DROP nope;',
      'SELECT 1',
    ]);
    expect(report.steps).toMatchObject([
      {verdict: 'fails', failure: {at: {start: {line: 1, column: 24}}}},
      {verdict: 'not-run'},
    ]);
    await leavesNothing();
  });

  it.each<readonly [sql: string, why: string]>([
    ['BEGIN; SELECT 1; COMMIT', 'It would end the transaction'],
    ['CREATE INDEX CONCURRENTLY ON orders (note)', 'outside of transactions only'],
    ['DROP INDEX CONCURRENTLY orders_pkey', 'outside of transactions only'],
    ['REINDEX TABLE CONCURRENTLY orders', 'outside of transactions only'],
    ['REINDEX DATABASE x', 'outside of transactions only'],
    ['ALTER TABLE a DETACH PARTITION b CONCURRENTLY', 'outside of transactions only'],
    ['VACUUM orders', 'outside of transactions only'],
    ['CREATE DATABASE d', 'outside of transactions only'],
    ['DROP DATABASE d', 'outside of transactions only'],
    ["CREATE TABLESPACE t LOCATION '/tmp'", 'outside of transactions only'],
    ['DROP TABLESPACE t', 'outside of transactions only'],
    ['ALTER SYSTEM SET work_mem = 1', 'outside of transactions only'],
    ["CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p", 'acts on another server'],
    ['DROP SUBSCRIPTION s', 'acts on another server'],
    ["COPY orders TO PROGRAM 'cat'", 'runs a program'],
    ["COPY orders FROM PROGRAM 'cat'", 'runs a program'],
    ["COPY orders TO '/tmp/x'", 'writes a file'],
    ['DISCARD ALL', 'outside of transactions only'],
    ['CHECKPOINT', 'all changed pages'],
    ['SELECT pg_terminate_backend(1)', 'ends other sessions (pg_terminate_backend)'],
    ["SELECT dblink_exec('x', 'y')", 'connection of its own (dblink_exec)'],
    ["CREATE TABLE t AS SELECT lo_export(1, '/tmp/x')", 'writes files on the server (lo_export)'],
    ['DO $$ BEGIN COMMIT; END $$', 'Its code ends the transaction'],
    ['DO $$ BEGIN PERFORM pg_reload_conf(); END $$', '(pg_reload_conf)'],
    ['SELECT harmful()', 'It calls harmful. Its code takes an advisory lock'],
    ['CALL commits()', 'It calls commits. Its code ends the transaction'],
  ])('refuses %s', async (sql, why) => {
    const done = await run(`SELECT 1;\n${sql};`);
    expect(done.kind).toBe('refused');
    if (done.kind !== 'refused') return;
    expect(done.refused[0]?.why).toContain(why);
    expect(done.refused[0]?.at?.start).toEqual({line: 1, column: 0});
  });

  it.each([
    'SELECT harmless()',
    "DO $$ BEGIN RAISE NOTICE 'COMMIT;'; END $$",
    'DO $$ BEGIN /* COMMIT; */ PERFORM harmless(); END $$',
    'ALTER TABLE orders ADD COLUMN committed int',
    'ANALYZE orders',
  ])('runs %s', async sql => {
    expect((await reportOf(sql)).steps[0]?.verdict).toBe('passes');
  });

  it('does not wait for a lock longer than it was told, whatever the file says', async () => {
    const other = await openFor(database);
    value(await other.script('BEGIN; LOCK TABLE orders IN ACCESS SHARE MODE'));
    const began = performance.now();
    const report = await reportOf("SET lock_timeout = '1h'; ALTER TABLE orders ADD x int", {
      lockTimeout: 300,
    });
    expect(performance.now() - began).toBeLessThan(5000);
    expect(report.steps[0]?.failure?.failure).toMatchObject({reason: 'locked', server: {sqlState: '55P03'}});
    await other.script('COMMIT');
    await other.close();
    await leavesNothing();
  });

  it('ends what takes too long, and what is cancelled', async () => {
    const report = await reportOf('SELECT pg_sleep(600)', {statementTimeout: 200});
    expect(report.steps[0]?.failure?.failure.server?.sqlState).toBe('57014');
    const stop = new AbortController();
    const running = rehearseOnServer(
      session,
      parser,
      {steps: [{up: scriptOf('ALTER TABLE orders ADD x int; SELECT pg_sleep(600)')}]},
      {signal: stop.signal, onProgress: ({kind}) => kind === 'statement' && stop.abort()},
    );
    expect(failure(await running).reason).toBe('cancelled');
    await leavesNothing();
  });

  it('says after the loss of the connection that the server rolls back', async () => {
    const proxy = await startProxy(database.port);
    const through = await openFor({port: proxy.port, name: database.name});
    const lost = await rehearseOnServer(
      through,
      parser,
      {steps: [{up: scriptOf('ALTER TABLE orders ADD x int; SELECT pg_sleep(1)')}]},
      {onProgress: ({kind}) => kind === 'statement' && proxy.cut()},
    );
    expect(failure(lost)).toMatchObject({reason: 'connection-lost'});
    expect(failure(lost).message).toContain('the server rolls back');
    await proxy.stop();
    await expect.poll(leavesNothing, {timeout: 10_000}).toBeUndefined();
  });

  it('tells a role with few rights what it may not do', async () => {
    const name = `few_${major}`;
    await database.sql(`CREATE ROLE ${name} LOGIN PASSWORD 'few'; GRANT CREATE ON SCHEMA public TO ${name}`);
    const few = await openFor(database, {user: name}, {password: 'few'});
    const steps = [{up: scriptOf('CREATE TABLE mine (id int);\nALTER TABLE orders ADD x int')}];
    const done = value(await rehearseOnServer(few, parser, {steps}));
    if (done.kind !== 'report') expect.fail('refused');
    const [step] = done.report.steps;
    expect(step?.statements[0]?.locks).toContainEqual(
      expect.objectContaining({relation: 'public.mine', isNew: true}),
    );
    expect(step?.failure).toMatchObject({
      failure: {server: {sqlState: '42501'}},
      at: {start: {line: 1, column: 12}},
    });
    await few.close();
    await database.sql(`DROP OWNED BY ${name}; DROP ROLE ${name}`);
  });
});
