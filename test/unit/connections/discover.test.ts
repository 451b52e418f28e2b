import {mkdir, rm, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {filesIn} from '../../../src/cli/files.ts';
import {discoverConnections} from '../../../src/connections/discover.ts';
import {badAddresses} from './bad-addresses.ts';
import {discover, machineIn, summary, write, type Folder} from './folder.ts';

async function found(files: Folder, env = {}) {
  return (await discover(files, env)).map(summary);
}

const url = 'postgres://app:s@db.example.com/shop';
const app = 'app@db.example.com:5432/shop (s)';

describe('alembic.ini', () => {
  it.each([
    [`[alembic]\nsqlalchemy.url = ${url}`, [`alembic.ini → ${app}`]],
    [
      `[alembic]\nscript_location = %(here)s/alembic\nsqlalchemy.url=${url}\n[loggers]\nkeys = root`,
      [`alembic.ini → ${app}`],
    ],
    [
      '[alembic]\nsqlalchemy.url = postgresql+asyncpg://app:p%%40ss@db/shop',
      ['alembic.ini → app@db:5432/shop (p@ss)'],
    ],
    [
      '[DEFAULT]\nname = shop\n[alembic]\nWho = app\nsqlalchemy.url = postgresql://%(who)s:s@db.example.com/%(name)s',
      [`alembic.ini → ${app}`],
    ],
    [
      '[engine1]\nsqlalchemy.url = postgresql://a@one/x\n[engine2]\nsqlalchemy.url = postgresql://a@two/x',
      ['alembic.ini engine1 → a@one:5432/x', 'alembic.ini engine2 → a@two:5432/x'],
    ],
    [`# [alembic]\n[alembic]\n# sqlalchemy.url = ${url}\n; sqlalchemy.url = ${url}`, []],
    ['[alembic]\nsqlalchemy.url =', []],
    ['[alembic]\nsqlalchemy.url = sqlite:///%(here)s/test.db', []],
    ['[alembic]\nsqlalchemy.url = driver://user:pass@localhost/dbname', []],
    [
      '[alembic]\nsqlalchemy.url = postgresql://%(DB_USER)s:%(DB_PASS)s@db/shop',
      ['alembic.ini ✗ sqlalchemy.url names DB_USER, DB_PASS, which the file does not define.'],
    ],
    [
      '[alembic]\nsqlalchemy.url = postgresql://app:p%40ss@db/shop',
      ['alembic.ini ✗ sqlalchemy.url has a single %, which Alembic does not read.'],
    ],
    [
      '[alembic]\na = %(b)s\nb = %(a)s\nsqlalchemy.url = postgresql://%(a)s@db/shop',
      ['alembic.ini ✗ sqlalchemy.url names a, which the file does not define.'],
    ],
  ])('%j', async (text, expected) => expect(await found({'repo/alembic.ini': text})).toEqual(expected));

  it('is reached where Compose publishes its host', async () => {
    const items = await discover({
      'repo/backend/alembic.ini': '\n[alembic]\nsqlalchemy.url = postgresql://app:s@postgres/shop\n',
      'repo/compose.yml': 'services: {postgres: {image: postgres, ports: ["5433:5432"]}}',
    });
    expect(items.find(item => item.kind === 'found' && item.password === 's')).toMatchObject({
      connection: {
        name: 'backend/alembic.ini',
        source: {label: 'backend/alembic.ini (postgres at localhost:5433)', line: 3},
        settings: {endpoints: [{host: 'localhost', port: 5433}]},
      },
    });
  });
});

describe('files in the home directory', () => {
  const service = (user: string) => `[mydb]\nhost=db.example.com\ndbname=shop\nuser=${user}\n`;

  it.each<[string, Folder, Readonly<Record<string, string>>, readonly string[]]>([
    ['the usual service file', {'home/.pg_service.conf': service('app')}, {}, ['app']],
    [
      'the named one',
      {'home/.pg_service.conf': service('loser'), 'home/other': service('app')},
      {
        PGSERVICEFILE: 'home/other',
      },
      ['app'],
    ],
    ["the machine's", {'home/etc/pg_service.conf': service('app')}, {PGSYSCONFDIR: 'home/etc'}, ['app']],
    [
      "the user's first",
      {'home/.pg_service.conf': service('app'), 'home/etc/pg_service.conf': service('loser')},
      {
        PGSYSCONFDIR: 'home/etc',
      },
      ['app'],
    ],
  ])('reads %s', async (_, files, env, users) => {
    const root = await write(files);
    const absolute = Object.fromEntries(Object.entries(env).map(([name, path]) => [name, join(root, path)]));
    const items = await discoverConnections(filesIn([join(root, 'repo')]), machineIn(root, absolute));
    expect(items.map(summary)).toEqual(
      users.map(user => `pg_service.conf mydb → ${user}@db.example.com:5432/shop`),
    );
  });

  it('says which line of a service file is wrong', async () => {
    const [item] = await discover({'home/.pg_service.conf': '\n[mydb]\nhost=db\nwhat\n'});
    expect(item).toMatchObject({
      connection: {source: {label: 'pg_service.conf · mydb', line: 2}},
      notes: [expect.stringMatching(/^Line 4 /)],
    });
  });

  it('makes connections of the lines of .pgpass that say enough', async () => {
    const text = 'db.example.com:*:shop:app:s\n*:*:*:app:no\ndb:5433:shop:app:t\ndb:5432:*:app:no\n';
    expect(await found({'home/.pgpass': text})).toEqual([
      `.pgpass app@db.example.com/shop → ${app}`,
      '.pgpass app@db:5433/shop → app@db:5433/shop (t)',
    ]);
  });

  it('gives a connection the password of the same address in .pgpass', async () => {
    const items = await found({
      'repo/.env': 'DATABASE_URL=postgres://app@db.example.com/shop',
      'home/.pgpass': 'db.example.com:*:shop:app:s\n',
    });
    expect(items).toEqual([`.env DATABASE_URL → ${app}`]);
  });
});

it('names files of several folders by their folder', async () => {
  const root = await write({
    'repo/.env': `DATABASE_URL=${url}`,
    'second/db/.env': 'DATABASE_URL=postgres://app@db/shop',
    'second/compose.yml': 'services: {db: {image: postgres, ports: ["5433:5432"]}}',
    'repo/alembic.ini': '[alembic]\nsqlalchemy.url = postgres://app@db/other',
  });
  const files = filesIn([join(root, 'repo'), join(root, 'second')]);
  const items = await discoverConnections(files, machineIn(root));
  expect(items.map(summary)).toEqual([
    `repo/.env DATABASE_URL → ${app}`,
    'second/db/.env DATABASE_URL → app@localhost:5433/shop',
    'second/compose.yml db → postgres@localhost:5433/postgres',
    // Another folder's container is not meant.
    'repo/alembic.ini → app@db:5432/other',
  ]);
});

it('keeps an id when the password and the line change, and gives each place its own', async () => {
  const root = await write({});
  const ids = async (text: string) => {
    await writeFile(join(root, 'repo/.env'), text);
    const items = await discoverConnections(filesIn([join(root, 'repo')]), machineIn(root));
    return items.map(item => (item.kind === 'found' ? item.connection.id : item.id));
  };
  const before = await ids('A_DB_URL=postgres://app:one@db/a\nB_DB_URL=postgres://app:one@db/b\n');
  const after = await ids('\n\nA_DB_URL=postgres://app:two@db/a\nB_DB_URL=postgres://app:two@db/b\n');
  expect(after).toEqual(before);
  expect(new Set(before).size).toBe(2);
  expect(before[0]).toMatch(/^file-[\da-f]{16}$/);
});

describe('files that cannot be used', () => {
  const latin1 = Uint8Array.from([...Buffer.from('DATABASE_URL=postgres://app:caf'), 0xe9, 0x0a]);
  const utf16 = Buffer.from(`\ufeffDATABASE_URL=${url}\n`, 'utf16le');

  it.each<[string, Folder, string]>([
    [
      'not UTF-8',
      {'repo/.env': latin1},
      '.env ✗ The file is not UTF-8, so it was not searched for connections.',
    ],
    ['UTF-16', {'repo/.env': utf16}, '.env ✗ The file is not UTF-8, so it was not searched for connections.'],
    [
      'too large',
      {'repo/.env': new Uint8Array(50 * 1_048_576)},
      '.env ✗ The file is larger than 1 MiB, so it was not searched for connections.',
    ],
    [
      'a Compose file',
      {'repo/compose.yml': latin1},
      'compose.yml ✗ The file is not UTF-8, so it was not searched for connections.',
    ],
    [
      'alembic.ini',
      {'repo/alembic.ini': latin1},
      'alembic.ini ✗ The file is not UTF-8, so it was not searched for connections.',
    ],
    [
      'a service file',
      {'home/.pg_service.conf': latin1},
      'pg_service.conf ✗ The file is not UTF-8, so it was not searched for connections.',
    ],
    [
      '.pgpass',
      {'home/.pgpass': latin1},
      '.pgpass ✗ The file is not UTF-8, so it was not searched for connections.',
    ],
  ])('%s', async (_, files, problem) => expect(await found(files)).toEqual([problem]));

  it('reads a file with a byte order mark', async () => {
    expect(await found({'repo/.env': `\ufeffDATABASE_URL=${url}`})).toEqual([`.env DATABASE_URL → ${app}`]);
  });

  it('takes the folder of a Python environment for nothing', async () => {
    expect(await found({'repo/.env/bin/activate': 'x', 'repo/.env.d/file': 'x'})).toEqual([]);
  });

  it('names the reason of the system', async () => {
    const root = await write({});
    await symlink(join(root, 'home/loop'), join(root, 'home/loop'));
    const machine = machineIn(root, {PGSERVICEFILE: join(root, 'home/loop')});
    const items = await discoverConnections(filesIn([join(root, 'repo')]), machine);
    expect(items.map(summary)).toEqual(['pg_service.conf ✗ The file cannot be read (ELOOP).']);
  });

  it('tells of a file that is gone when it is read as of one that never was', async () => {
    const root = await write({'repo/.env': `DATABASE_URL=${url}`});
    const files = {
      ...filesIn([join(root, 'repo')]),
      find: async () => [join(root, 'repo/.env'), join(root, 'repo/.env.gone')],
    };
    await rm(join(root, 'repo/.env'));
    await mkdir(join(root, 'repo/.env'));
    expect(await discoverConnections(files, machineIn(root))).toEqual([]);
  });
});

it('never shows a password of an address that it cannot read', async () => {
  const lines = badAddresses.map(([text], index) => `X${index}_DATABASE_URL='${text.replaceAll("'", '')}'`);
  const yaml =
    'services: {db: {image: postgres, ports: ["x:y:z"], environment: {POSTGRES_PASSWORD: hunter2}}}';
  const items = await discover({
    'repo/.env': lines.join('\n'),
    'repo/.env.groups':
      'DB_HOST=db\nDB_PORT=x\nDB_PASSWORD=hunter2\nPGHOST=a,b\nPGPORT=1,2,3\nPGPASSWORD=hunter2',
    'repo/compose.yml': yaml,
    'repo/sub/compose.yml': 'services: {db: [POSTGRES_PASSWORD: hunter2',
    'repo/alembic.ini': '[alembic]\nsqlalchemy.url = postgresql://app:hunter2%@db/shop',
    'repo/sub/alembic.ini': '[alembic]\nsqlalchemy.url = postgresql://app:hunter2@d b/shop',
    'home/.pg_service.conf': '[a]\nport=x\npassword=hunter2\n',
    'home/.pgpass': 'd b:1:c:d:hunter2\n',
  });
  const problems = items.filter(item => item.kind === 'problem');
  expect(problems.length).toBeGreaterThan(40);
  expect(JSON.stringify(problems)).not.toContain('hunter2');
});
