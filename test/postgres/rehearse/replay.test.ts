import {afterAll, describe, expect, it} from 'vitest';
import type {MigrationScript, Piece} from '../../../src/core/rehearse/script.ts';
import type {Stage} from '../../../src/core/rehearse/stage.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {replay, type Replayed, type ReplayRequest} from '../../../src/postgres/rehearse/replay.ts';
import {useStage} from '../../embedded/stage-rig.ts';
import {value} from '../../rig/sessions.ts';

const rig = useStage();
const parser = createParser();
let open: Promise<Stage> | undefined;

async function stageNow(): Promise<Stage> {
  open ??= rig.shared().open().then(value);
  return open;
}

afterAll(async () => (await open)?.release());

function script(nr: number, sql: string, how: Piece['how'] = 'query'): MigrationScript {
  return {
    migration: {id: String(nr), label: String(nr).padStart(4, '0'), title: 'test'},
    direction: 'up',
    path: `/migrations/${nr}.up.sql`,
    sql,
    pieces: sql === '' ? [] : [{start: 0, end: sql.length, how}],
  };
}

function history(...texts: readonly string[]): readonly MigrationScript[] {
  return texts.map((sql, index) => script(index + 1, sql));
}

/** Each test is a project of its own, so that none finds the states of another. */
async function run(
  scripts: readonly MigrationScript[],
  project: string,
  more: Partial<ReplayRequest> = {},
): Promise<Replayed> {
  return value(await replay(await stageNow(), parser, {project, scripts, ...more}));
}

async function ready(...args: Parameters<typeof run>): Promise<Extract<Replayed, {kind: 'ready'}>> {
  const replayed = await run(...args);
  if (replayed.kind === 'stopped') throw new Error(JSON.stringify(replayed.stop));
  return replayed;
}

async function stopped(
  ...args: Parameters<typeof run>
): Promise<Extract<Replayed, {kind: 'stopped'}>['stop']> {
  const replayed = await run(...args);
  if (replayed.kind === 'ready') throw new Error('it ran');
  return replayed.stop;
}

describe('what is run again', () => {
  const first = ['CREATE TABLE a (id int)', 'CREATE TABLE b (id int)', 'CREATE TABLE c (id int)'] as const;

  it('is what comes after the first change, and nothing where nothing changed', async () => {
    const files = async (...texts: readonly string[]): Promise<number> =>
      (await ready(history(...texts), 'again')).files;
    expect(await files(...first)).toBe(3);
    expect(await files(...first)).toBe(0);
    expect(await files(...first, 'CREATE TABLE d (id int)')).toBe(1);
    expect(await files(first[0], 'CREATE TABLE b (id bigint)', first[2])).toBe(2);
    expect(await files(...first)).toBe(0);
    expect(await files(first[0])).toBe(0);
    expect(await files()).toBe(0);
  });

  it('is all of it for another project', async () => {
    expect((await ready(history(...first), 'another')).files).toBe(3);
  });

  it('says how far it is', async () => {
    const seen: string[] = [];
    const stage = await stageNow();
    await replay(
      stage,
      parser,
      {project: 'progress', scripts: history(...first)},
      {
        onProgress: (done, of) => seen.push(`${done}/${of}`),
      },
    );
    expect(seen).toEqual(['0/3', '1/3', '2/3', '3/3']);
  });
});

describe('a file', () => {
  it('runs in a session that is as new', async () => {
    const {session} = await ready(
      history(
        'CREATE SCHEMA s; SET search_path = s; SET ROLE pg_monitor; RESET ROLE; CREATE TEMP TABLE t (a int)',
        'CREATE TABLE plain (id int); CREATE TEMP TABLE t (a int)',
      ),
      'fresh',
    );
    expect(value(await session.texts("SELECT 'public.plain'::regclass"))).toEqual(['plain']);
  });

  it.each([
    ['as one query', 'query', 'CREATE TABLE x (a int); SELECT 1/0', false],
    ['in a transaction', 'transaction', 'CREATE TABLE x (a int); SELECT 1/0', false],
    ['bare', 'bare', 'CREATE TABLE x (a int); SELECT 1/0', true],
  ] as const)('that is sent %s leaves what its tool would leave', async (_, how, sql, isLeft) => {
    const stop = await stopped([script(1, sql, how)], `how ${how}`);
    expect(stop.failure.server?.sqlState).toBe('22012');
    const session = value(await (await stageNow()).session());
    expect(value(await session.texts("SELECT to_regclass('x') IS NOT NULL"))).toEqual([isLeft ? 't' : 'f']);
  });

  it('may be empty, or need to be outside of a transaction', async () => {
    const texts = [
      'CREATE TABLE x (a int)',
      '',
      '-- nothing',
      'CREATE INDEX CONCURRENTLY i ON x (a)',
      'VACUUM x',
    ];
    expect((await ready(history(...texts), 'outside')).files).toBe(5);
  });
});

describe('what a server would have', () => {
  it('is made up: roles, and databases that are named', async () => {
    const texts = [
      'CREATE TABLE t (id int); CREATE ROLE made; GRANT SELECT ON t TO made, app, "Odd one"',
      'ALTER TABLE t OWNER TO owner; CREATE POLICY p ON t TO reader; ALTER DEFAULT PRIVILEGES FOR ROLE giver GRANT SELECT ON TABLES TO taker',
      'DO $$ BEGIN CREATE ROLE in_body; END $$; GRANT in_body TO app; GRANT pg_monitor TO app',
      'GRANT CONNECT ON DATABASE shop TO app; ALTER DATABASE shop SET search_path = s; ALTER ROLE app IN DATABASE shop SET work_mem = 1000',
    ];
    const {session, notes} = await ready(history(...texts), 'roles', {roles: ['given']});
    const roles =
      'SELECT rolname FROM pg_roles WHERE oid >= 16384 AND NOT rolcanlogin ORDER BY rolname COLLATE "C"';
    expect(value(await session.texts(roles))).toEqual([
      'Odd one',
      'app',
      'given',
      'giver',
      'in_body',
      'made',
      'owner',
      'reader',
      'taker',
    ]);
    expect(notes.filter(note => note.includes('was made up')).length).toBe(7);
    expect(notes.join('\n')).toContain('The role app was made up');
    expect(notes.join('\n')).toContain('A database shop was made up');
    // the notes are there as well where nothing is run
    expect((await ready(history(...texts), 'roles', {roles: ['given']})).notes).toEqual(notes);
  });

  it('has the table of the tool for a file that names it', async () => {
    const bookkeeping = {
      name: 'schema_migrations',
      sql: 'CREATE TABLE IF NOT EXISTS schema_migrations (version bigint)',
    };
    const texts = ['CREATE TABLE t (id int)', 'COMMENT ON TABLE schema_migrations IS NULL'];
    const stop = await stopped(history(...texts), 'without table');
    expect(stop.failure.server?.sqlState).toBe('42P01');
    const scripts = history(...texts).map(script => ({...script, bookkeeping}));
    expect((await ready(scripts, 'with table')).files).toBe(2);
  });
});

describe('a history that stops', () => {
  it.each([
    ['a mistake', 'CREATE TABLE t (id int);\nSELECT nothing FROM t;', 'sql', 1, /nothing/],
    ['an extension', 'SELECT 1;\n\nCREATE EXTENSION postgis;', 'extension', 2, /postgis/],
    [
      'a language',
      "CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS 'return 1'",
      'language',
      0,
      /plpython3u/,
    ],
    ['a setting that is not there', 'SELECT 1;\nSET nonsense = 1', 'version', 1, /nonsense/],
    ['rows after COPY', 'CREATE TABLE t (a int);\nCOPY t FROM STDIN;', 'sql', 1, /COPY/],
    ['a command of psql', 'SELECT 1;\n\\i other.sql', 'sql', 1, /syntax error/],
    ['a transaction left open', 'BEGIN;\nCREATE TABLE t (a int);', 'sql', 0, /leaves a transaction open/],
  ] as const)('tells where, and what would help: %s', async (what, sql, cause, line, message) => {
    const stop = await stopped(history('CREATE TABLE before (id int)', sql), what);
    expect(stop).toMatchObject({
      cause,
      migration: {id: '2'},
      at: {path: '/migrations/2.up.sql', start: {line}},
    });
    expect(stop.failure.message).toMatch(message);
    if (cause === 'extension')
      expect(stop.failure.advice).toMatch(/scratch database .* has .*citext.*pgcrypto/s);
  });

  it('goes on from there when the file is put right', async () => {
    await stopped(history('CREATE TABLE a (id int)', 'CREATE TABLE b (id wrong)'), 'repaired');
    expect(
      (await ready(history('CREATE TABLE a (id int)', 'CREATE TABLE b (id int)'), 'repaired')).files,
    ).toBe(1);
  });

  it('is stopped by an abort, and runs when it is asked for again', async () => {
    const scripts = history('CREATE TABLE a (id int)', 'SELECT pg_sleep(30)');
    const request = {project: 'abort', scripts};
    const stage = await stageNow();
    await ready(scripts.slice(0, 1), 'abort');
    const signal = AbortSignal.timeout(300);
    const replayed = value(await replay(stage, parser, request, {signal}));
    expect(replayed).toMatchObject({kind: 'stopped', stop: {cause: 'cancelled', migration: {id: '2'}}});
    expect((await ready(history('CREATE TABLE a (id int)', 'SELECT 2'), 'abort')).files).toBe(1);
  });
});

describe('a large history', () => {
  it('of 5,000 statements in one file runs', async () => {
    const sql = Array.from({length: 5000}, (_, nr) => `INSERT INTO t VALUES (${nr});`).join('\n');
    const {session} = await ready(history('CREATE TABLE t (a int)', sql), 'statements');
    expect(value(await session.texts('SELECT count(*) FROM t'))).toEqual(['5000']);
  });

  it('of 300 files keeps few states of its beginning, and the last ones all', async () => {
    const texts = Array.from(
      {length: 300},
      (_, nr) => `CREATE FUNCTION f${nr}() RETURNS int LANGUAGE sql RETURN ${nr}`,
    );
    const stage = await stageNow();
    const before = stage.checkpoints().size;
    await ready(history(...texts), 'long');
    expect(stage.checkpoints().size - before).toBeLessThan(90);
    const edited = async (index: number): Promise<number> =>
      (await ready(history(...texts.with(index, 'SELECT 1')), 'long')).files;
    expect(await edited(299)).toBe(1);
    expect(await edited(280)).toBe(20);
    expect(await edited(100)).toBeLessThan(206);
  });
});
