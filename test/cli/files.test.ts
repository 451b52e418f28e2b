import {symlink} from 'node:fs/promises';
import {join, relative} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {filesIn} from '../../src/cli/files.ts';
import {createFolder, type Folder} from './rig.ts';

let folder: Folder;

beforeAll(async () => {
  const names = [
    '.env',
    '.env.test',
    'deep/.env',
    'db/1_a.up.sql',
    'db (old) [x]/1_a.up.sql',
    'node_modules/m/1_a.up.sql',
    'deep/vendor/m/1_a.up.sql',
    '.git/1_a.up.sql',
    '.venv/x/1_a.up.sql',
    'target/1_a.up.sql',
    'vendor/own/2_b.up.sql',
  ];
  folder = await createFolder(Object.fromEntries(names.map(name => [name, ''])));
  await symlink(folder.path, join(folder.path, 'db', 'round'));
});

afterAll(() => folder.remove());

it.each<[string, readonly string[]]>([
  ['.env*', ['.env', '.env.test']],
  ['**/.env', ['.env', 'deep/.env']],
  ['**/*.up.*', ['db (old) [x]/1_a.up.sql', 'db/1_a.up.sql']],
  ['nothing/**', []],
])('%s finds %j', async (glob, expected) => {
  const found = await filesIn([folder.path]).find(glob);
  expect(found.map(path => relative(folder.path, path)).toSorted()).toEqual(expected);
});

it('looks into a folder that is otherwise skipped when it is the root, and finds each file once', async () => {
  const root = join(folder.path, 'vendor/own');
  expect(await filesIn([root, root]).find('**/*.sql')).toEqual([join(root, '2_b.up.sql')]);
});

it('finds nothing where there is no folder', async () => {
  expect(await filesIn([join(folder.path, 'absent')]).find('**/*')).toEqual([]);
});
