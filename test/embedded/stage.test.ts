import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {mkdir, readdir, utimes} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, describe, expect, it} from 'vitest';
import {emptyState, type Stage} from '../../src/core/rehearse/stage.ts';
import type {Session} from '../../src/core/session.ts';
import {readHolder} from '../../src/embedded/lock.ts';
import type {StageKeeper} from '../../src/embedded/stage/keeper.ts';
import {failure, value} from '../rig/sessions.ts';
import {isRunning, until} from './rig.ts';
import {useStage} from './stage-rig.ts';

const rig = useStage();
let opened: readonly Stage[] = [];

// a stage that a failing test keeps would make all others wait
afterEach(async () => {
  await Promise.all(opened.map(stage => stage.release()));
  opened = [];
});

async function openOn(keeper: StageKeeper): Promise<Stage> {
  const stage = value(await keeper.open());
  opened = [...opened, stage];
  return stage;
}

async function sessionOn(stage: Stage): Promise<Session> {
  return value(await stage.session());
}

async function run(stage: Stage, sql: string): Promise<void> {
  value(await (await sessionOn(stage)).script(sql));
}

/** Everything in the database that people made, the values of its sequences, and the rows of one table. */
const picture = `
SELECT concat_ws(' ', 'relation', relname, relkind, relfilenode <> 0, relnatts) FROM pg_class WHERE oid >= 16384
UNION ALL SELECT concat_ws(' ', 'column', attrelid::regclass, attname, atttypid::regtype, attisdropped) FROM pg_attribute
 WHERE attrelid >= 16384
UNION ALL SELECT concat_ws(' ', 'function', oid::regprocedure, md5(prosrc)) FROM pg_proc WHERE oid >= 16384
UNION ALL SELECT concat_ws(' ', 'role', rolname) FROM pg_authid WHERE oid >= 16384
UNION ALL SELECT concat_ws(' ', 'database', datname) FROM pg_database
UNION ALL SELECT concat_ws(' ', 'sequence', seqrelid::regclass, pg_sequence_last_value(seqrelid)) FROM pg_sequence
UNION ALL SELECT concat_ws(' ', 'setting', setdatabase, setrole, setconfig) FROM pg_db_role_setting
ORDER BY 1`;

async function pictureOf(stage: Stage): Promise<readonly string[]> {
  return value(await (await sessionOn(stage)).texts(picture));
}

/** @returns the folder and the process of the embedded server that a session is on: its lock file has the address */
async function homeOf(session: Session): Promise<{readonly folder: string; readonly pid: number}> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith('howdah-stage-')) continue;
    const folder = join(tmpdir(), name);
    const holder = await readHolder(folder);
    if (holder?.host === session.server.host) return {folder, pid: holder.pid};
  }
  throw new Error('no folder belongs to the session');
}

const steps = [
  'CREATE TABLE orders (id serial PRIMARY KEY, note text UNIQUE); INSERT INTO orders (note) SELECT i::text FROM generate_series(1, 2000) i',
  'CREATE ROLE clerk; GRANT SELECT ON orders TO clerk; ALTER ROLE clerk SET work_mem = 1000',
  "CREATE EXTENSION hstore; ALTER TABLE orders ADD COLUMN h hstore DEFAULT 'a=>1'; UPDATE orders SET note = note || '!'",
  'CREATE DATABASE elsewhere',
  'DROP TABLE orders; CREATE TABLE customers (id int); VACUUM FULL customers',
  'CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1; SELECT f()',
];

describe('the states of a stage', () => {
  it('are gone back to from any other, in any order, as they were', async () => {
    const stage = await openOn(rig.shared());
    value(await stage.restore(emptyState));
    const pictures = new Map([[emptyState, await pictureOf(stage)]]);
    for (const [index, sql] of steps.entries()) {
      for (const statement of sql.split('; ')) await run(stage, statement);
      value(await stage.checkpoint(`state ${index}`));
      pictures.set(`state ${index}`, await pictureOf(stage));
    }
    for (const name of [
      'state 2',
      'state 5',
      emptyState,
      'state 3',
      'state 0',
      'state 4',
      'state 4',
      'state 1',
    ]) {
      value(await stage.restore(name));
      expect(await pictureOf(stage), name).toEqual(pictures.get(name));
      expect(await stage.current?.()).toBe(name);
    }
    // a branch from an older state, which leaves those behind it alone
    await run(stage, 'CREATE TABLE branch (a int); INSERT INTO branch SELECT generate_series(1, 5000)');
    value(await stage.checkpoint('branch'));
    value(await stage.restore('state 3'));
    await run(stage, 'CREATE DATABASE another');
    expect(await pictureOf(stage)).not.toEqual(pictures.get('state 3'));
    value(await stage.restore('branch'));
    expect(value(await (await sessionOn(stage)).texts('SELECT count(*) FROM branch'))).toEqual(['5000']);
    await stage.release();
  });

  it('are as they were for the next one, whatever was committed since', async () => {
    const stage = await openOn(rig.shared());
    value(await stage.restore(emptyState));
    await run(stage, 'CREATE TABLE kept (id serial)');
    value(await stage.checkpoint('kept'));
    await run(stage, 'INSERT INTO kept DEFAULT VALUES; CREATE TABLE lost (a int)');
    expect(await stage.current?.()).toBeUndefined();
    await stage.release();
    const next = await openOn(rig.shared());
    expect(await next.current?.()).toBe('kept');
    expect(await pictureOf(next)).toEqual(expect.not.arrayContaining([expect.stringContaining('lost')]));
    await next.release();
  });

  it.each([
    ['a transaction that is rolled back', 'BEGIN; CREATE TABLE t (a int); ROLLBACK', true],
    ['a transaction that is left open', 'BEGIN; CREATE TABLE t (a int)', false],
    ['a look', 'SELECT count(*) FROM pg_class', true],
    ['a setting of the session', 'SET search_path = nowhere', true],
    ['a commit', 'CREATE TABLE t (a int)', false],
    ['a value of a sequence, though it is rolled back', "BEGIN; SELECT nextval('s'); ROLLBACK", false],
  ])('are known to be current or not after %s', async (what, sql, isCurrent) => {
    const stage = await openOn(rig.shared());
    value(await stage.restore(emptyState));
    await run(stage, 'CREATE SEQUENCE s');
    value(await stage.checkpoint(what));
    await run(stage, 'SELECT 1');
    for (const statement of sql.split('; ')) await run(stage, statement);
    expect(await stage.current?.()).toBe(isCurrent ? what : undefined);
    await stage.release();
    const next = await openOn(rig.shared());
    expect(await next.current?.()).toBe(what);
    expect(value(await (await sessionOn(next)).texts('SHOW search_path'))).toEqual(['"$user", public']);
    await next.release();
  });

  it('need a name that is kept, and no transaction', async () => {
    const stage = await openOn(rig.shared());
    expect(failure(await stage.restore('nothing')).reason).toBe('invalid-input');
    await run(stage, 'BEGIN');
    expect(failure(await stage.checkpoint('in the middle')).reason).toBe('invalid-input');
    await stage.release();
  });
});

describe('the process of a stage', () => {
  it('ends when nobody uses it, and finds its states when it starts again', async () => {
    const keeper = rig.keeper({idleMs: 1000});
    expect(keeper.state()).toBe('none');
    const stage = await openOn(keeper);
    expect(keeper.state()).toBe('running');
    await run(stage, 'CREATE TABLE t (a int)');
    value(await stage.checkpoint('one'));
    await run(stage, 'CREATE TABLE u (a int)');
    value(await stage.checkpoint('two'));
    const {folder, pid} = await homeOf(await sessionOn(stage));
    await stage.release();
    await until(() => keeper.state() === 'idle');
    await until(() => !isRunning(pid));
    expect(keeper.state()).toBe('none');
    const again = await openOn(keeper);
    expect([...again.checkpoints()]).toEqual([emptyState, 'one', 'two']);
    expect(await again.current?.()).toBe('two');
    expect(await homeOf(await sessionOn(again))).toMatchObject({folder});
    value(await again.restore('one'));
    expect((await pictureOf(again)).filter(line => line.startsWith('relation'))).toEqual([
      'relation t r t 1',
    ]);
    await again.release();
    await keeper.dispose();
    expect(existsSync(folder)).toBe(false);
  });

  it('is started again when it was killed, at the state that was kept last', async () => {
    const keeper = rig.keeper();
    const stage = await openOn(keeper);
    await run(stage, 'CREATE TABLE t (a int)');
    value(await stage.checkpoint('one'));
    await run(stage, 'CREATE TABLE u (a int)');
    const session = await sessionOn(stage);
    const {pid} = await homeOf(session);
    const busy = session.script('SELECT pg_sleep(100)');
    process.kill(pid, 'SIGKILL');
    expect(failure(await busy).reason).toBe('connection-lost');
    await until(() => !isRunning(pid));
    expect((await pictureOf(stage)).filter(line => line.startsWith('relation'))).toEqual([
      'relation t r t 1',
    ]);
    value(await stage.restore(emptyState));
    await stage.release();
  });

  it('has one user at a time; who waits can give up', async () => {
    const keeper = rig.keeper();
    const first = await openOn(keeper);
    const controller = new AbortController();
    const impatient = keeper.open(controller.signal);
    const patient = keeper.open();
    controller.abort();
    expect(failure(await impatient).reason).toBe('cancelled');
    await first.release();
    await first.release();
    const second = value(await patient);
    expect(value(await (await sessionOn(second)).texts('SELECT 1'))).toEqual(['1']);
    await second.release();
    await keeper.dispose();
    expect(failure(await keeper.open()).reason).toBe('cancelled');
  });

  it('removes folders of processes that are gone, and leaves those of others', async () => {
    const gone = join(tmpdir(), 'howdah-stage-4194305-gone');
    const old = join(tmpdir(), `howdah-stage-${process.pid}-old`);
    const own = join(tmpdir(), `howdah-stage-${process.pid}-new`);
    for (const folder of [gone, old, own]) await mkdir(folder, {recursive: true});
    const longAgo = new Date(Date.now() - 3 * 86_400_000);
    await utimes(old, longAgo, longAgo);
    const keeper = rig.keeper();
    await (await openOn(keeper)).release();
    expect([gone, old, own].map(folder => existsSync(folder))).toEqual([false, false, true]);
    execFileSync('rm', ['-r', own]);
  });
});

describe('a statement that does harm', () => {
  it.each([
    ['never ends', 'SELECT pg_sleep(100)'],
    ['loops', 'DO $$ BEGIN LOOP END LOOP; END $$'],
    ['calculates', 'SELECT count(*) FROM generate_series(1, 10000000000) i'],
  ])('and %s is cancelled', async (_, sql) => {
    const stage = await openOn(rig.shared());
    const session = await sessionOn(stage);
    const running = session.script(sql, AbortSignal.timeout(200));
    const {reason} = failure(await running);
    expect(['cancelled', 'connection-lost']).toContain(reason);
    expect(value(await (await sessionOn(stage)).texts('SELECT 1'))).toEqual(['1']);
    await stage.release();
  });

  it.each([
    [
      'fills the memory',
      "SELECT length(string_agg(repeat('x', 1000000), '')) FROM generate_series(1, 3000)",
      /memory|larger|exceeds/,
    ],
    ['answers with too much', "SELECT repeat('x', 1000000) FROM generate_series(1, 200)", /more rows than/],
    ['answers with one value that is too much', "SELECT repeat('x', 100000000)", /more rows than/],
    [
      'fills the disk',
      "SELECT count(*) FROM (SELECT md5(i::text) || repeat('x', 1000) a FROM generate_series(1, 600000) i ORDER BY 1) s",
      /temporary file size/,
    ],
    ['copies from the client', 'CREATE TEMP TABLE c (a int); COPY c FROM STDIN', /COPY FROM STDIN/],
  ])('and %s fails in words, and the next use works', async (_, sql, words) => {
    const stage = await openOn(rig.shared());
    const {message} = failure(await (await sessionOn(stage)).script(sql));
    expect(message).toMatch(words);
    await stage.release();
    const next = await openOn(rig.shared());
    expect(value(await (await sessionOn(next)).texts('SELECT 1'))).toEqual(['1']);
    await next.release();
  });

  it('may end its own backend', async () => {
    const stage = await openOn(rig.shared());
    await (await sessionOn(stage)).script('SELECT pg_terminate_backend(pg_backend_pid())');
    await stage.release();
    const next = await openOn(rig.shared());
    expect(value(await (await sessionOn(next)).texts('SELECT 1'))).toEqual(['1']);
    await next.release();
  });
});
