import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {documentOf, useCli} from './repository.ts';

const {cli, repository} = useCli();
/** This one, and the machine's own, which is older. */
const nodes = [process.execPath, '/usr/bin/node'].filter(path => existsSync(path));
const bookkeeping = 'SELECT version::int, dirty FROM schema_migrations';

describe.each([14, 18] as const)('on PostgreSQL %i', major => {
  it('shows, applies and rolls back, for people', async () => {
    const {path: cwd, database} = await repository(major);
    const before = await cli().run(['status'], {cwd});
    expect(before).toMatchObject({code: 0, stderr: ''});
    expect(before.stdout).toContain('at no version, 3 pending');
    expect(before.stdout).toMatch(/○ {2}000001 {2}create_users {3}pending/u);
    expect(before.stdout).toContain(`PostgreSQL ${major}.`);

    const up = await cli().run(['up', '2', '--yes'], {cwd});
    expect(up.code).toBe(0);
    expect(up.stdout).toMatch(/✓ up 000001 create_users .*\n✓ up 000002 create_orders .*\n/u);
    expect(up.stderr).toMatch(/1\. {2}up {2}000001 create_users {3}db\/000001_create_users\.up\.sql/u);
    expect(await database.sql(bookkeeping)).toEqual([{version: 2, dirty: false}]);

    const status = await cli().run(['status'], {cwd});
    expect(status.stdout).toMatch(/✓ {2}000002 {2}create_orders {2}applied ← current/u);
    expect(status.stdout).toMatch(/○ {2}000003 {2}add_status {5}pending/u);

    expect(await cli().run(['down', '--yes'], {cwd})).toMatchObject({code: 0});
    expect(await database.sql(bookkeeping)).toEqual([{version: 1, dirty: false}]);
  });

  it('says the same as JSON', async () => {
    const {path: cwd, database} = await repository(major);
    const plan = documentOf('plan', await cli().run(['plan', '--sql', '--json'], {cwd}));
    expect(plan).toMatchObject({
      ok: true,
      from: {kind: 'none'},
      direction: 'up',
      steps: [{label: '000001', leads: {kind: 'at', id: '1'}}, {label: '000002'}, {label: '000003'}],
      sql: expect.stringContaining('CREATE TABLE users'),
    });
    const up = documentOf('run', await cli().run(['up', '--yes', '--json'], {cwd}));
    expect(up).toMatchObject({
      command: 'up',
      ok: true,
      exitCode: 0,
      connection: {environment: 'development', address: {database: database.name}},
      server: {versionNumber: expect.any(Number), encrypted: false},
      project: {framework: 'golang-migrate', folder: `${cwd}/db`},
      done: [{label: '000001', path: `${cwd}/db/000001_create_users.up.sql`}, {}, {}],
      position: {kind: 'at', id: '3'},
    });
    const status = documentOf('status', await cli().run(['status', '--json'], {cwd}));
    expect(status).toMatchObject({
      pending: 0,
      bookkeeping: {exists: true},
      migrations: [{state: 'applied', current: false}, {}, {state: 'applied', current: true}],
    });
    const down = documentOf('run', await cli().run(['down', '--all', '--yes', '--json'], {cwd}));
    expect(down).toMatchObject({
      command: 'down',
      done: [{id: '3'}, {id: '2'}, {id: '1'}],
      position: {kind: 'none'},
    });
    expect(await database.sql(bookkeeping)).toEqual([]);
  });

  it('points at the token that failed, says what is left, and repairs', async () => {
    const {path: cwd, database, write} = await repository(major);
    await write({'db/000003_add_status.up.sql': 'CREATE TABLE extra (id int);\nSELECT id\nFROM orderz;\n'});
    const up = await cli().run(['up', '--yes'], {cwd});
    expect(up.code).toBe(1);
    expect(up.stderr).toContain('at db/000003_add_status.up.sql:3:6');
    expect(up.stderr).toMatch(/3 \| FROM orderz;\n {4}\| {6}\^{6}\n/u);
    expect(up.stderr).toContain('42P01');
    expect(up.stdout).toMatch(/✗ up 000003 add_status\n.*dirty/u);

    const again = await cli().run(['up', '--yes'], {cwd});
    expect(again).toMatchObject({code: 5, stderr: expect.stringContaining('howdah repair')});
    expect(await cli().run(['status'], {cwd})).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('failed (dirty)'),
    });
    expect(await cli().run(['status', '--check'], {cwd})).toMatchObject({code: 5});
    const diagnosis = await cli().run(['repair', '--json'], {cwd});
    expect(diagnosis.code).toBe(5);
    expect(documentOf('repair', diagnosis)).toMatchObject({
      ok: false,
      position: {kind: 'failed', id: '3'},
      diagnosis: {failedId: '3', traces: [{line: 1, found: 'not-done', object: 'table extra'}]},
    });
    const words = await cli().run(['repair'], {cwd});
    expect(words).toMatchObject({code: 5, stdout: expect.stringContaining('(recommended)')});

    const repaired = await cli().run(['repair', '--apply', 'recommended', '--yes', '--json'], {cwd});
    expect(repaired.code).toBe(0);
    expect(documentOf('repair', repaired)).toMatchObject({
      before: {kind: 'failed'},
      position: {kind: 'at', id: '2'},
    });
    expect(await database.sql(bookkeeping)).toEqual([{version: 2, dirty: false}]);
    expect(await cli().run(['repair'], {cwd})).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Nothing to repair'),
    });
  });

  it('reports a failure as JSON with the place in the file', async () => {
    const {path: cwd} = await repository(major, {
      'db/1_a.up.sql': 'SELECT 1;\n  SELECT nothing;\n',
      'db/1_a.down.sql': '',
    });
    const up = await cli().run(['up', '--yes', '--json'], {cwd});
    expect(up.code).toBe(1);
    expect(documentOf('run', up)).toMatchObject({
      ok: false,
      exitCode: 1,
      done: [],
      stopped: {
        failure: {reason: 'sql', server: {sqlState: '42703'}},
        at: {path: `${cwd}/db/1_a.up.sql`, line: 2, column: 10, endLine: 2, endColumn: 17},
      },
      position: {kind: 'failed', id: '1'},
    });
  });
});

it.each([
  [['force', '000002', '--yes'], [{version: 2, dirty: false}]],
  [['force', '2', '--yes'], [{version: 2, dirty: false}]],
  [['force', '77', '--yes'], [{version: 77, dirty: false}]],
  [['force', 'none', '--yes'], []],
])('%j records a version and runs nothing', async (args, rows) => {
  const {path: cwd, database} = await repository(16);
  await cli().run(['up', '1', '--yes'], {cwd});
  const forced = await cli().run([...args, '--json'], {cwd});
  expect(forced.code).toBe(0);
  expect(documentOf('force', forced)).toMatchObject({before: {kind: 'at', id: '1'}});
  expect(await database.sql(bookkeeping)).toEqual(rows);
  expect(await database.sql("SELECT to_regclass('orders') AS orders")).toEqual([{orders: null}]);
});

it.each<[readonly string[], readonly string[], number | undefined]>([
  [['up', '--all'], [], 3],
  [['up', '--to', '000002'], [], 2],
  [['up'], ['down', '2'], 1],
  [['up'], ['down', '--to', '000001'], 1],
  [['up'], ['down', '--all'], undefined],
  [['up'], ['down', '9'], undefined],
  [['up', '9'], [], 3],
])('%j and then %j lead to the version %s', async (first, second, version) => {
  const {path: cwd, database} = await repository(17);
  expect(await cli().run([...first, '--yes'], {cwd})).toMatchObject({code: 0});
  if (second.length > 0) expect(await cli().run([...second, '--yes'], {cwd})).toMatchObject({code: 0});
  const rows = version === undefined ? [] : [{version, dirty: false}];
  expect(await database.sql(bookkeeping)).toEqual(rows);
});

it('exits with 4 for --check while migrations are pending, and with 0 after', async () => {
  const {path: cwd} = await repository(15);
  for (const command of ['status', 'plan'])
    expect(await cli().run([command, '--check'], {cwd})).toMatchObject({code: 4});
  expect(await cli().run(['up', '--yes'], {cwd})).toMatchObject({code: 0});
  for (const command of ['status', 'plan'])
    expect(await cli().run([command, '--check'], {cwd})).toMatchObject({code: 0});
  const idle = await cli().run(['up', '--json', '--yes'], {cwd});
  expect(idle.code).toBe(0);
  expect(documentOf('run', idle)).toMatchObject({ok: true, done: [], position: {kind: 'at', id: '3'}});
});

it('keeps its bookkeeping in the table that the options name', async () => {
  const {path: cwd, database} = await repository(18);
  await database.sql('CREATE SCHEMA book');
  const table = ['--table', '"book"."Versions"', '--quoted-table'];
  expect(await cli().run(['up', '1', '--yes', ...table], {cwd})).toMatchObject({code: 0});
  expect(await database.sql('SELECT version::int FROM book."Versions"')).toEqual([{version: 1}]);
  const status = await cli().run(['status', '--json', ...table], {cwd});
  expect(documentOf('status', status)).toMatchObject({pending: 2});
});

it('sends each statement by itself in multi-statement mode, which CONCURRENTLY needs', async () => {
  const {path: cwd, database} = await repository(16, {
    'db/1_a.up.sql': 'CREATE TABLE t (id int);\nCREATE INDEX CONCURRENTLY i ON t (id);\n',
  });
  expect(await cli().run(['up', '--yes', '--multi-statement'], {cwd})).toMatchObject({code: 0});
  expect(await database.sql("SELECT to_regclass('i')::text AS index")).toEqual([{index: 'i'}]);
});

it('applies the timeouts to the run', async () => {
  const {path: cwd} = await repository(16, {'db/1_a.up.sql': 'SELECT pg_sleep(30);'});
  const up = await cli().run(['up', '--yes', '--statement-timeout', '200ms', '--json'], {cwd});
  expect(up.code).toBe(1);
  expect(documentOf('run', up)).toMatchObject({stopped: {failure: {server: {sqlState: '57014'}}}});
});

it('shows the file that a merge brought too late, and that golang-migrate would pass over', async () => {
  const {path: cwd, write} = await repository(16, {
    'db/1_a.up.sql': 'CREATE TABLE a (id int);',
    'db/3_c.up.sql': 'CREATE TABLE c (id int);',
  });
  const git = (...args: readonly string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      cwd,
      stdio: 'ignore',
    });
  const commit = (): void => {
    git('add', 'db');
    git('commit', '-m', 'more');
  };
  git('init');
  commit();
  expect(await cli().run(['up', '--yes'], {cwd})).toMatchObject({code: 0});
  expect(await cli().run(['status', '--check'], {cwd})).toMatchObject({code: 0});
  await write({'db/2_b.up.sql': 'CREATE TABLE b (id int);'});
  commit();
  const status = await cli().run(['status', '--check', '--json'], {cwd});
  expect(status.code).toBe(4);
  expect(documentOf('status', status)).toMatchObject({migrations: [{}, {id: '2', state: 'never-runs'}, {}]});
});

it('refuses a file that is not UTF-8, before anything runs', async () => {
  const {path: cwd, database} = await repository(16);
  await writeFile(join(cwd, 'db/000003_add_status.up.sql'), Buffer.from([0x2d, 0x2d, 0xff, 0xfe]));
  const up = await cli().run(['up', '--yes'], {cwd});
  expect(up).toMatchObject({code: 2, stdout: '', stderr: expect.stringContaining('UTF-8')});
  expect(await database.sql("SELECT to_regclass('users') AS users")).toEqual([{users: null}]);
});

it('points into a file of 50 MB within seconds, and shows the line around the token only', async () => {
  const {path: cwd} = await repository(16, {
    'db/1_a.up.sql': `SELECT '${'x'.repeat(50_000_000)}', nope;`,
  });
  const up = await cli().run(['up', '--yes'], {cwd});
  expect(up.code).toBe(1);
  expect(up.stderr).toContain('at db/1_a.up.sql:1:50000012');
  expect(up.stderr.length).toBeLessThan(2000);
});

it.each(nodes)('runs on the Node at %s', async node => {
  const {path: cwd} = await repository(16);
  expect(await cli().run(['up', '--yes'], {cwd, node})).toMatchObject({code: 0});
});
