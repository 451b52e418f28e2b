import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {ObservedStatement} from '../../../src/core/rehearse/report.ts';
import type {MigrationScript} from '../../../src/core/rehearse/script.ts';
import type {Session} from '../../../src/core/session.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {runScript, type ScriptRun} from '../../../src/postgres/rehearse/run-script.ts';
import {createDatabase, type TestDatabase} from '../../rig/databases.ts';
import {scriptOf, type ScriptOptions} from '../../rig/migration-scripts.ts';
import {majors} from '../../rig/servers.ts';
import {openFor, value} from '../../rig/sessions.ts';

const parser = createParser();

const setup = `
DROP SCHEMA public CASCADE;
CREATE SCHEMA public;
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE TABLE log (id int);
INSERT INTO t SELECT g, g FROM generate_series(1, 10) AS g;
CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO log VALUES (1); RETURN NEW; END';
CREATE TRIGGER noted AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION noted();
CREATE TABLE parents (id int PRIMARY KEY);
CREATE TABLE children (id int REFERENCES parents DEFERRABLE INITIALLY DEFERRED);
CREATE TYPE mood AS ENUM ('sad');`;

describe.each(majors)('on %i', major => {
  let database: TestDatabase;
  let session: Session;
  beforeAll(async () => {
    database = await createDatabase(major);
    session = await openFor(database);
  });
  afterAll(async () => {
    await session.close();
    await database.drop();
  });

  const run = async (sql: string | MigrationScript, options?: ScriptOptions): Promise<ScriptRun> => {
    value(await session.script(setup));
    return runScript(session, parser, typeof sql === 'string' ? scriptOf(sql, options) : sql);
  };
  const one = async (sql: string): Promise<ObservedStatement> => {
    const {ran, failure} = await run(sql);
    return ran[0]?.observed ?? expect.fail(failure?.failure.message ?? 'nothing ran');
  };

  it('sees what a DO block, a function and a trigger do', async () => {
    expect(
      await one('DO $$ BEGIN UPDATE t SET a = 0 WHERE id < 4; DELETE FROM t WHERE id = 9; END $$'),
    ).toMatchObject({
      command: 'DO',
      locks: [{relation: 'public.t', mode: 'ROW EXCLUSIVE'}],
      rows: [{relation: 'public.t', inserted: 0, updated: 3, deleted: 1}],
    });
    const inserted = await one('INSERT INTO t VALUES (11, 1), (12, 1)');
    expect(inserted.rows).toEqual([
      {relation: 'public.t', inserted: 2, updated: 0, deleted: 0},
      {relation: 'public.log', inserted: 2, updated: 0, deleted: 0},
    ]);
  });

  it('tells a TRUNCATE from a rewrite, also inside a DO block', async () => {
    expect((await one('TRUNCATE t')).rewrites).toEqual([]);
    expect(await one('DO $$ BEGIN TRUNCATE t; END $$')).toMatchObject({rewrites: [], scans: []});
    expect((await one('DO $$ BEGIN ALTER TABLE t ALTER a TYPE bigint; END $$')).rewrites).toEqual([
      'public.t',
    ]);
  });

  it('tells each lock once in a transaction, and says what is new', async () => {
    const {ran} = await run(
      'CREATE TABLE n (id int); INSERT INTO t VALUES (20, 1); ALTER TABLE t ADD b int; ALTER TABLE t ADD c int; ALTER TABLE n ADD d int',
    );
    const locks = ran.map(({observed}) =>
      observed.locks.map(({relation, mode, isNew}) => `${mode} ${relation}${isNew ? ' new' : ''}`),
    );
    expect(locks[0]).toContain('ACCESS EXCLUSIVE public.n new');
    expect(locks.slice(1)).toEqual([
      expect.arrayContaining(['ROW EXCLUSIVE public.t']),
      ['ACCESS EXCLUSIVE public.t'],
      [],
      [],
    ]);
  });

  it('keeps the name that a relation had before the file', async () => {
    const {ran} = await run('ALTER TABLE t RENAME TO u; DROP TABLE u', {how: 'bare'});
    expect(ran.map(({observed}) => observed.locks[0]?.relation)).toEqual(['public.t', 'public.t']);
  });

  it('leaves search_path, settings and counters alone', async () => {
    const {failure} = await run(
      `SET LOCAL search_path = pg_temp; SET LOCAL statement_timeout = '1min'; CREATE TEMP TABLE x (id int);
       DO $$ BEGIN
         IF current_setting('search_path') <> 'pg_temp' OR current_setting('statement_timeout') <> '1min'
         THEN RAISE 'changed'; END IF;
       END $$`,
    );
    expect(failure).toBeUndefined();
  });

  it('lets SET TRANSACTION come first', async () => {
    const {failure, ran} = await run('SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; ALTER TABLE t ADD b int');
    expect(failure).toBeUndefined();
    expect(ran[1]?.observed.locks[0]?.mode).toBe('ACCESS EXCLUSIVE');
  });

  // What the tool gets for the whole text as one query is what the rehearsal has to find.
  it.each([
    ['ALTER TABLE t ADD b int; CREATE INDEX CONCURRENTLY ON t (a)', '25001'],
    ['CREATE INDEX CONCURRENTLY ON t (a)', undefined],
    ['BEGIN; ALTER TABLE t ADD b int; COMMIT; CREATE INDEX CONCURRENTLY ON t (b)', '25001'],
    ['BEGIN; ALTER TABLE t ADD b int; COMMIT', undefined],
    ['BEGIN ISOLATION LEVEL SERIALIZABLE; INSERT INTO t VALUES (50, 1); COMMIT', undefined],
    ['INSERT INTO t VALUES (50, 1); BEGIN; INSERT INTO t VALUES (51, 1); COMMIT; SELECT 1', undefined],
    ['ALTER TABLE t ADD b int; SAVEPOINT s', '25P01'],
    ['BEGIN; SAVEPOINT s; ALTER TABLE t ADD b int; ROLLBACK TO s; COMMIT', undefined],
    ['ALTER TABLE t ADD b int; COMMIT; ALTER TABLE t ADD c int', undefined],
    ['ALTER TABLE t ADD b int; ROLLBACK; ALTER TABLE t DROP b', '42703'],
    ['DO $$ BEGIN INSERT INTO t VALUES (50, 1); COMMIT; END $$', undefined],
    ['SELECT 1; DO $$ BEGIN COMMIT; END $$', '2D000'],
    ['LOCK TABLE t', '25P01'],
    ['LOCK TABLE t; SELECT 1', undefined],
    ['VACUUM t', undefined],
    ['SELECT 1; VACUUM t', '25001'],
    ["ALTER TYPE mood ADD VALUE 'ok'", undefined],
    ["ALTER TYPE mood ADD VALUE 'ok'; SELECT 'ok'::mood", '55P04'],
    ['INSERT INTO children VALUES (1)', '23503'],
    ['INSERT INTO children VALUES (1); INSERT INTO parents VALUES (1)', undefined],
    ['INSERT INTO children VALUES (1); ALTER TABLE children ADD x int', '55006'],
    ['SELECT 1; SELEC 2', '42601'],
    ['DECLARE c CURSOR FOR SELECT 1', '25P01'],
    ['DECLARE c CURSOR FOR SELECT 1; FETCH c', undefined],
    ['CREATE DATABASE howdah_never; SELECT 1', '25001'],
  ])('%s', async (sql, sqlState) => {
    value(await session.script(setup));
    const sent = await session.script(sql);
    await session.script('ROLLBACK');
    expect(sent.ok ? undefined : sent.failure.server?.sqlState).toBe(sqlState);
    const {failure} = await run(sql);
    expect(failure?.failure.server?.sqlState).toBe(sqlState);
    expect(session.transactionStatus()).toBe('idle');
  });

  it('says of a BEGIN without its COMMIT that it stays open', async () => {
    const {failure} = await run('SELECT 1; BEGIN; ALTER TABLE t ADD b int');
    expect(failure?.failure.message).toContain('leaves a transaction open');
    expect(failure?.at?.start.column).toBe(10);
    expect(session.transactionStatus()).toBe('idle');
  });

  it('follows BEGIN and COMMIT over pieces that are sent one by one', async () => {
    const sql = 'BEGIN;ALTER TABLE t ADD b int;COMMIT;CREATE INDEX CONCURRENTLY ON t (b);';
    const pieces = [...sql.matchAll(/[^;]+;/g)].map(({index, 0: text}) => ({
      start: index,
      end: index + text.length,
      how: 'query' as const,
    }));
    const {failure, ran} = await run({...scriptOf(sql), pieces});
    expect(failure).toBeUndefined();
    expect(ran.map(({observed}) => observed.transaction)).toEqual(['control', 'block', 'control', 'alone']);
  });

  it('runs a piece in the tool’s own transaction, and another outside of any', async () => {
    expect(
      (await run('CREATE INDEX CONCURRENTLY ON t (a)', {how: 'transaction'})).failure?.failure.server
        ?.sqlState,
    ).toBe('25001');
    const {failure, ran} = await run(
      'ALTER TABLE t ADD b int; VACUUM t; CREATE INDEX CONCURRENTLY ON t (a)',
      {how: 'bare'},
    );
    expect(failure).toBeUndefined();
    expect(ran.map(({observed}) => observed.transaction)).toEqual(['block', 'alone', 'alone']);
  });

  it('finds the one that fails among many of one sort', async () => {
    const rows = Array.from({length: 60}, (_, index) => `INSERT INTO log VALUES (${index});`);
    const bad = "INSERT INTO log VALUES ('x');";
    const {failure, ran} = await run(['SELECT 1;', ...rows, bad, ...rows].join('\n'));
    expect(failure?.at?.start).toEqual({line: 61, column: 24});
    expect(ran).toHaveLength(61);
    const whole = await run(rows.join('\n'));
    expect(whole.ran.flatMap(({observed}) => observed.rows)).toEqual([
      {relation: 'public.log', inserted: 60, updated: 0, deleted: 0},
    ]);
  });

  it('places a deferred error that COMMIT finds', async () => {
    const {failure} = await run('SELECT 1;\nINSERT INTO children VALUES (1);\nSELECT 2');
    expect(failure?.at?.start.line).toBe(1);
  });

  it('ends a file that never ends in less than a second', async () => {
    value(await session.script(setup));
    const stop = new AbortController();
    const running = runScript(session, parser, scriptOf('SELECT 1; SELECT pg_sleep(600)'), {
      signal: stop.signal,
    });
    await new Promise(resolve => setTimeout(resolve, 200));
    stop.abort();
    const {failure} = await running;
    expect(failure?.failure.reason).toBe('cancelled');
    expect(session.transactionStatus()).toBe('idle');
  });
});

it('observes 5,000 statements', async () => {
  const database = await createDatabase(18);
  const session = await openFor(database);
  const inserts = Array.from({length: 4500}, (_, index) => `INSERT INTO t VALUES (${index});`);
  const tables = Array.from(
    {length: 499},
    (_, index) => `CREATE TABLE t${index} (id int PRIMARY KEY, a text);`,
  );
  const sql = ['CREATE TABLE t (id int PRIMARY KEY);', ...inserts, ...tables].join('\n');
  const began = performance.now();
  const {failure, ran} = await runScript(session, parser, scriptOf(sql));
  console.info('5,000 statements in ms:', performance.now() - began);
  expect(failure).toBeUndefined();
  expect(ran).toHaveLength(5000);
  expect(ran.at(-1)?.observed.range.start.line).toBe(4999);
  await session.close();
  await database.drop();
});
