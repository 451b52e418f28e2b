import {execFile} from 'node:child_process';
import {mkdir, mkdtemp, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {promisify} from 'node:util';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {findSqliteFiles} from '../../src/connections/sqlite.ts';
import type {Goal} from '../../src/core/migrations/plan.ts';
import {environmentsOfIni} from '../../src/frameworks/alembic/environment.ts';
import {
  autogenerateOnSqlite,
  planOnSqlite,
  runOnSqlite,
  sqliteStatus,
  sqlForSqlite,
  stampSqlite,
  type SqliteTarget,
} from '../../src/frameworks/alembic/sqlite.ts';
import {listSqliteColumns, listSqliteIndexes, listSqliteTables} from '../../src/sqlite/read.ts';
import {revisionText, template, usualEnv, usualIni, type RevisionParts} from './alembic-fixture.ts';
import {must} from './sessions.ts';

let folder: string;
let target: SqliteTarget;

const file = async (path: string, text: string): Promise<string> => {
  await mkdir(dirname(join(folder, path)), {recursive: true});
  await writeFile(join(folder, path), text);
  return join(folder, path);
};
const revision = (id: string, parts: Partial<RevisionParts>): Promise<string> =>
  file(`alembic/versions/${id}.py`, revisionText(id, parts));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'howdah-sqlite-'));
  const [environment] = await environmentsOfIni(await file('alembic.ini', usualIni), [folder]);
  if (!environment) throw new Error('no environment');
  await file('alembic/env.py', usualEnv);
  await revision('r1', {
    upgrade: `op.create_table('users', sa.Column('id', sa.Integer, primary_key=True), sa.Column('email', sa.String(80), nullable=False, server_default='x'))`,
    downgrade: `op.drop_table('users')`,
  });
  await revision('r2', {
    down: `'r1'`,
    upgrade: `op.create_index('users_email', 'users', ['email'], unique=True)`,
    downgrade: `op.drop_index('users_email')`,
  });
  target = {environment, path: join(folder, 'test.db'), variables: {}, options: {}};
});

afterEach(() => rm(folder, {recursive: true, force: true}));

const status = async () => must(await sqliteStatus(target));
const run = async (goal: Goal, signal = new AbortController().signal) => {
  const plan = must(await planOnSqlite(target, await status(), goal));
  return runOnSqlite(target, plan, {signal, onEvent: () => {}});
};

describe('Alembic on SQLite', () => {
  it('makes no file by looking', async () => {
    expect(await status()).toMatchObject({position: {kind: 'none'}, bookkeeping: {exists: false}});
    await expect(stat(target.path)).rejects.toThrow('ENOENT');
  });

  it('applies, is read, rolls back and stamps', async () => {
    expect(must(await run({kind: 'apply-all'}))).toMatchObject({position: {kind: 'at', id: 'r2'}});
    expect(await status()).toMatchObject({position: {kind: 'at', id: 'r2'}});
    expect(must(listSqliteTables(target.path))).toEqual([
      {name: 'alembic_version', kind: 'table'},
      {name: 'users', kind: 'table'},
    ]);
    expect(must(listSqliteColumns(target.path, 'users'))).toEqual([
      {name: 'id', type: 'INTEGER', notNull: true, primaryKey: true},
      {name: 'email', type: 'VARCHAR(80)', notNull: true, primaryKey: false, fallback: "'x'"},
    ]);
    expect(must(listSqliteIndexes(target.path, 'users'))).toEqual([
      {name: 'users_email', unique: true, columns: ['email']},
    ]);
    const back = must(await run({kind: 'roll-back-last'}));
    expect(back).toMatchObject({position: {kind: 'at', id: 'r1'}});
    expect(back.words).toBe('Rolled back 1 migration. The file is at r1.');
    expect(must(await stampSqlite(target, 'r2'))).toMatchObject({position: {kind: 'at', id: 'r2'}});
    expect(must(listSqliteIndexes(target.path, 'users'))).toEqual([]);
  });

  it('tells what stays after a failure', async () => {
    await revision('r3', {down: `'r2'`, upgrade: `op.execute('SELECT * FROM nothing_there')`});
    const report = must(await run({kind: 'apply-all'}));
    expect(report.stopped?.step.migration.id).toBe('r3');
    expect(report.stopped?.failure.message).toContain('nothing_there');
    expect(report.done).toHaveLength(2);
    expect(await status()).toMatchObject({position: {kind: 'at', id: 'r2'}});
  });

  it('opens no other database, whatever env.py says', async () => {
    const elsewhere = join(folder, 'other.db');
    await file(
      'alembic/env.py',
      usualEnv.replace(
        'config = context.config',
        `config = context.config\nconfig.set_main_option("sqlalchemy.url", "sqlite:///${elsewhere}")`,
      ),
    );
    const told = await run({kind: 'apply-all'});
    expect(told).toMatchObject({ok: false, failure: {message: expect.stringContaining(elsewhere)}});
    await expect(stat(elsewhere)).rejects.toThrow('ENOENT');
    await expect(stat(target.path)).rejects.toThrow('ENOENT');
  });

  it('shows the SQL of a plan and of one of its steps', async () => {
    const plan = must(await planOnSqlite(target, await status(), {kind: 'apply-all'}));
    expect(must(await sqlForSqlite(target, plan))).toMatch(
      /CREATE TABLE users[^]*CREATE UNIQUE INDEX users_email/,
    );
    const second = must(await sqlForSqlite(target, {...plan, steps: plan.steps.slice(1)}));
    expect(second).toContain('CREATE UNIQUE INDEX users_email');
    expect(second).not.toContain('CREATE TABLE');
    await expect(stat(target.path)).rejects.toThrow('ENOENT');
  });

  describe('autogenerate', () => {
    beforeEach(async () => {
      await file('alembic/script.py.mako', template);
      await file(
        'models.py',
        'import sqlalchemy as sa\nmetadata = sa.MetaData()\nsa.Table("users", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("email", sa.String(80), nullable=False, server_default="x"), sa.Index("users_email", "email", unique=True))\nsa.Table("orders", metadata, sa.Column("id", sa.Integer))\n',
      );
      await file(
        'alembic/env.py',
        `import models\n${usualEnv.replace('connection=connection', 'connection=connection, target_metadata=models.metadata')}`,
      );
    });

    it('writes what the models have and the file has not', async () => {
      await run({kind: 'apply-all'});
      const [path = ''] = must(await autogenerateOnSqlite(target, 'orders'));
      const text = await readFile(path, 'utf8');
      expect(text).toContain(`op.create_table('orders'`);
      expect(text).not.toContain('users');
      expect((await status()).migrations.map(({state}) => state.kind)).toEqual([
        'applied',
        'applied',
        'pending',
      ]);
    });

    it('writes nothing while something is pending, and says what to do', async () => {
      expect(await autogenerateOnSqlite(target, 'orders')).toMatchObject({
        failure: {
          message: 'Target database is not up to date. Nothing was written.',
          advice: expect.stringContaining('apply what is pending'),
        },
      });
      expect((await status()).migrations).toHaveLength(2);
    });

    it('begins a history with the version table alone, as Alembic does', async () => {
      for (const id of ['r1', 'r2']) await rm(join(folder, `alembic/versions/${id}.py`));
      const [path = ''] = must(await autogenerateOnSqlite(target, 'all'));
      expect(await readFile(path, 'utf8')).toMatch(/create_table\('orders'[^]*create_table\('users'/);
      expect(must(listSqliteTables(target.path))).toEqual([{name: 'alembic_version', kind: 'table'}]);
    });
  });

  it('goes on through Alembic in a Node without SQLite, which says what is not shown', async () => {
    must(await run({kind: 'apply-next'}));
    const source = (path: string): string => join(import.meta.dirname, '../../src', path);
    const program = `
      import * as read from ${JSON.stringify(source('sqlite/read.ts'))};
      import {planOnSqlite, runOnSqlite, sqliteStatus} from ${JSON.stringify(source('frameworks/alembic/sqlite.ts'))};
      const target = ${JSON.stringify(target)};
      const status = await sqliteStatus(target);
      const plan = await planOnSqlite(target, status.value, {kind: 'apply-all'});
      const run = await runOnSqlite(target, plan.value, {signal: new AbortController().signal, onEvent: () => {}});
      console.log(JSON.stringify({
        reads: [
          read.listSqliteTables(target.path),
          read.listSqliteColumns(target.path, 'users'),
          read.listSqliteIndexes(target.path, 'users'),
        ],
        position: status.value.position,
        words: run.value.words,
      }));`;
    const {stdout} = await promisify(execFile)(process.execPath, [
      '--no-experimental-sqlite',
      '--no-warnings',
      '--input-type=module',
      '--eval',
      program,
    ]);
    const missing = {
      ok: false,
      failure: {
        reason: 'unsupported',
        message: `This editor’s Node (${process.version}) cannot read SQLite files.`,
        advice: 'Its tables are not shown; its migrations are, because Alembic reads them.',
      },
    };
    expect(JSON.parse(stdout)).toEqual({
      reads: [missing, missing, missing],
      position: {kind: 'at', id: 'r1'},
      words: 'Applied 1 migration. The file is at r2.',
    });
  });

  it('says what is no database', async () => {
    await writeFile(target.path, 'not a database at all, but long enough to be read as one');
    expect(listSqliteTables(target.path)).toMatchObject({ok: false, failure: {reason: 'unreadable-file'}});
  });
});

describe('addresses of SQLite files', () => {
  const found = async () => {
    const files = {
      roots: [folder],
      find: async (glob: string) =>
        glob === '**/.env'
          ? [join(folder, '.env')]
          : glob === '**/alembic.ini'
            ? [join(folder, 'alembic.ini')]
            : [],
    };
    const machine = {env: {}, home: folder, platform: process.platform, user: 'me'};
    return (await findSqliteFiles(files, machine)).map(({path, scheme, variable}) => ({
      path,
      scheme,
      variable,
    }));
  };

  it.each([
    ['DATABASE_URL=sqlite+aiosqlite:///./test.db', 'test.db', 'sqlite+aiosqlite'],
    ['DB_URL="sqlite:///data/app.db?timeout=5"', 'data/app.db', 'sqlite'],
    ['DATABASE_URL=sqlite:////tmp/somewhere.db', '/tmp/somewhere.db', 'sqlite'],
  ])('%s', async (line, path, scheme) => {
    await file('.env', `${line}\n`);
    const absolute = path.startsWith('/') ? path : join(folder, path);
    expect(await found()).toMatchObject([{path: absolute, scheme}]);
  });

  it.each(['DATABASE_URL=sqlite://', 'DATABASE_URL=sqlite:///:memory:', 'DATABASE_URL=postgresql:///app'])(
    'none in %s',
    async line => {
      await file('.env', `${line}\n`);
      expect(await found()).toEqual([]);
    },
  );

  it('takes one of alembic.ini, once', async () => {
    await file(
      'alembic.ini',
      '[alembic]\nscript_location = alembic\nsqlalchemy.url = sqlite:///%(here)s/dev.db\n',
    );
    await file('.env', 'DATABASE_URL=sqlite:///dev.db\n');
    expect(await found()).toMatchObject([{path: join(folder, 'dev.db'), variable: 'DATABASE_URL'}]);
    await file('.env', '');
    expect(await found()).toMatchObject([{path: join(folder, 'dev.db'), variable: undefined}]);
  });
});
