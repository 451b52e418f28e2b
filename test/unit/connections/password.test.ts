import {chmod} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {filesIn} from '../../../src/cli/files.ts';
import {discoverConnections} from '../../../src/connections/discover.ts';
import {findPassword} from '../../../src/connections/password.ts';
import {parseConnectionUrl} from '../../../src/core/connections/url.ts';
import {machineIn, summary, write, type Folder} from './folder.ts';

async function passwordOf(url: string, files: Folder, env: Readonly<Record<string, string>> = {}) {
  const root = await write(files);
  const parsed = parseConnectionUrl(url.replace('ROOT', root));
  if (!parsed.ok) throw new Error(parsed.failure.message);
  const absolute = Object.entries(env).map(([name, value]) => [name, value.replace('ROOT', root)]);
  return findPassword(parsed.value.settings, machineIn(root, Object.fromEntries(absolute)));
}

const shop = 'postgres://app@db/shop';
const passfile = {'home/.pgpass': 'db:5432:shop:app:file\n'};

it.each<[string, Folder, Readonly<Record<string, string>>, string | undefined]>([
  [shop, {}, {}, undefined],
  [shop, {}, {PGPASSWORD: 'env'}, 'env'],
  [shop, {}, {PGPASSWORD: 'env', PGHOST: 'db', PGUSER: 'app', PGDATABASE: 'shop', PGPORT: '5432'}, 'env'],
  [shop, {}, {PGPASSWORD: 'env', PGHOST: 'other'}, undefined],
  [shop, {}, {PGPASSWORD: 'env', PGUSER: 'other'}, undefined],
  [shop, {}, {PGPASSWORD: 'env', PGDATABASE: 'other'}, undefined],
  [shop, {}, {PGPASSWORD: 'env', PGPORT: '5433'}, undefined],
  [shop, passfile, {}, 'file'],
  [shop, passfile, {PGPASSWORD: 'env'}, 'env'],
  [shop, passfile, {PGPASSWORD: 'env', PGHOST: 'other'}, 'file'],
  ['postgres://app@db/other', passfile, {}, undefined],
  [shop, {'home/mine': 'db:*:*:*:mine'}, {PGPASSFILE: 'ROOT/home/mine'}, 'mine'],
  ['postgres://app@db/shop?passfile=ROOT/home/mine', {...passfile, 'home/mine': 'db:*:*:*:mine'}, {}, 'mine'],
  [shop, {'home/.pgpass': Uint8Array.of(0xff, 0xfe)}, {}, undefined],
])('for %s with %j and %j: %s', async (url, files, env, password) =>
  expect(await passwordOf(url, files, env)).toBe(password),
);

it.each([0o640, 0o604, 0o620, 0o610])(
  'does not use a password file with rights %i for others',
  async mode => {
    const root = await write({'home/.pgpass': 'db:5432:shop:app:s\n'});
    await chmod(join(root, 'home/.pgpass'), mode);
    const parsed = parseConnectionUrl(shop);
    expect(parsed.ok && (await findPassword(parsed.value.settings, machineIn(root)))).toBeUndefined();
    const items = await discoverConnections(filesIn([join(root, 'repo')]), machineIn(root));
    expect(items.map(summary)).toEqual([
      '.pgpass ✗ The password file is not used, because others can read it.',
    ]);
  },
);

it('looks where Windows keeps the files, where rights say nothing', async () => {
  const root = await write({
    'home/Roaming/postgresql/pgpass.conf': 'db:5432:shop:app:s\n',
    'home/Roaming/postgresql/.pg_service.conf': '[mydb]\nhost=pg\nuser=app\n',
  });
  await chmod(join(root, 'home/Roaming/postgresql/pgpass.conf'), 0o644);
  const machine = {...machineIn(root, {APPDATA: join(root, 'home/Roaming')}), platform: 'win32'};
  const items = await discoverConnections(filesIn([join(root, 'repo')]), machine);
  expect(items.map(summary)).toEqual([
    'pg_service.conf mydb → app@pg:5432/app',
    'pgpass.conf app@db/shop → app@db:5432/shop (s)',
  ]);
});
