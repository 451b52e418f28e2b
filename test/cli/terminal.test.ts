import {expect, it} from 'vitest';
import type {TestDatabase} from '../rig/databases.ts';
import {secret, useCli} from './repository.ts';

const {cli, repository} = useCli();
const colour = /\u001B\[3[1-6]m/u;

it('uses colours on a terminal only, and none with NO_COLOR', async () => {
  const {path: cwd} = await repository(16);
  expect((await cli().onTerminal(['status'], [], {cwd})).stdout).toMatch(colour);
  expect((await cli().onTerminal(['status'], [], {cwd, env: {NO_COLOR: '1'}})).stdout).not.toMatch(colour);
  expect((await cli().run(['status'], {cwd})).stdout).not.toMatch(colour);
  expect((await cli().run(['status'], {cwd, env: {FORCE_COLOR: '1'}})).stdout).toMatch(colour);
});

it.each<[string, string, number, readonly object[]]>([
  ['y', 'y\r', 0, [{version: 3}]],
  ['yes', 'YES\r', 0, [{version: 3}]],
  ['only Enter', '\r', 130, []],
  ['n', 'n\r', 130, []],
  ['Ctrl+C', '\u0003', 130, []],
  ['Ctrl+D', '\u0004', 130, []],
])('asks before it writes: %s', async (_name, answer, code, rows) => {
  const {path: cwd, database} = await repository(16);
  const ended = await cli().onTerminal(['up'], [['[y/N] ', answer]], {cwd});
  expect(ended.code).toBe(code);
  expect(ended.stdout).toContain('Apply 3 migrations on ');
  expect(await recorded(database)).toEqual(rows);
});

it.each<[string, number, readonly object[]]>([
  ['.env DATABASE_URL', 0, [{version: 3}]],
  ['y', 130, []],
  ['.ENV database_url', 130, []],
  ['', 130, []],
])('production wants its name typed, and %j ends with %i', async (answer, code, rows) => {
  const {path: cwd, database} = await repository(16);
  const args = ['up', '--yes', '--environment', 'production'];
  const ended = await cli().onTerminal(args, [['Type its name', `${answer}\r`]], {cwd});
  expect(ended.code).toBe(code);
  expect(ended.stdout).toMatch(/\u001B\[31mPRODUCTION/u);
  expect(await recorded(database)).toEqual(rows);
});

it('asks for the password when the server wants one, and does not show it', async () => {
  const {path: cwd, openUrl} = await repository(16);
  const ended = await cli().onTerminal(
    ['status', '-c', openUrl],
    [
      ['Password of ', 'wrong\r'],
      ['Password of ', `${secret}\r`],
    ],
    {cwd},
  );
  expect(ended.code).toBe(0);
  expect(ended.stdout).toContain('3 pending');
  expect(ended.stdout).not.toContain('wrong');
});

it('gives up after three wrong passwords, and at once on Ctrl+C', async () => {
  const {path: cwd, openUrl} = await repository(16);
  const wrong = Array.from({length: 3}, () => ['Password of ', 'wrong\r'] as const);
  expect(await cli().onTerminal(['status', '-c', openUrl], wrong, {cwd})).toMatchObject({code: 3});
  const stopped = [['Password of ', '\u0003']] as const;
  expect(await cli().onTerminal(['status', '-c', openUrl], stopped, {cwd})).toMatchObject({code: 130});
});

it('asks for what a template needs and the title does not tell', async () => {
  const {path: cwd} = await repository(16);
  const ended = await cli().onTerminal(['create', 'x', '-t', 'create-table'], [['Table: ', 'orders\r']], {
    cwd,
  });
  expect(ended).toMatchObject({code: 0, stdout: expect.stringContaining('db/000004_x.up.sql')});
});

/** The table is made by the first run only. */
async function recorded(database: TestDatabase): Promise<readonly object[]> {
  const [row] = await database.sql("SELECT to_regclass('schema_migrations') IS NULL AS absent");
  return row?.['absent'] === true ? [] : database.sql('SELECT version::int FROM schema_migrations');
}
