import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {filesIn} from '../../../src/cli/files.ts';
import {findPlaces} from '../../../src/frameworks/node-pg-migrate/detect.ts';
import {startProject, type Start} from '../../../src/frameworks/node-pg-migrate/start.ts';

const start: Start = {
  folder: 'migrations',
  language: 'sql',
  title: 'create first table',
  now: new Date('2024-05-06T07:08:09.010Z'),
};

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'howdah-start-'));
});

afterEach(() => rm(root, {recursive: true, force: true}));

async function started(changes: Partial<Start> = {}) {
  const outcome = await startProject(root, {...start, ...changes});
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
}

it.each<[Partial<Start>, string, string]>([
  [{}, '1714979289010_create-first-table.sql', 'node-pg-migrate --migration-file-language sql'],
  [
    {language: 'ts', folder: 'db/my steps'},
    '1714979289010_create-first-table.ts',
    'node-pg-migrate --migrations-dir "db/my steps" --migration-file-language ts',
  ],
])(
  'makes all of a new project with %j, which is found, and nothing the second time',
  async (changes, name, script) => {
    const {written, proposed} = await started(changes);
    expect(written.map(path => basename(path))).toEqual([name, 'package.json']);
    expect(proposed).toBeUndefined();
    const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({
      scripts: {migrate: script},
      devDependencies: {'node-pg-migrate': '^9.0.0'},
    });
    const [place, ...others] = await findPlaces(filesIn([root]));
    expect(place).toMatchObject({
      folder: join(root, changes.folder ?? 'migrations'),
      seenBy: 'configuration',
    });
    expect(others).toEqual([]);
    expect(await started(changes)).toEqual({written: []});
  },
);

it('leaves a package.json as it is, and proposes what is missing in its own form', async () => {
  const text =
    '{\r\n\t"name": "shop",\r\n\t"scripts": {"test": "vitest"},\r\n\t"dependencies": {"pg": "8"}\r\n}\r\n';
  await writeFile(join(root, 'package.json'), text);
  const {written, proposed} = await started();
  expect(written).toHaveLength(1);
  expect(await readFile(join(root, 'package.json'), 'utf8')).toBe(text);
  expect(proposed?.text).toMatch(/^\{\r\n\t"name": "shop",\r\n/);
  expect(JSON.parse(proposed?.text ?? '')).toEqual({
    name: 'shop',
    scripts: {migrate: 'node-pg-migrate --migration-file-language sql', test: 'vitest'},
    dependencies: {pg: '8'},
    devDependencies: {'node-pg-migrate': '^9.0.0'},
  });
  await writeFile(join(root, 'package.json'), proposed?.text ?? '');
  expect(await started()).toEqual({written: []});
});

it.each(['{', '[]'])('proposes nothing for a package.json that is %s', async text => {
  await writeFile(join(root, 'package.json'), text);
  expect((await started()).proposed).toBeUndefined();
});

it('refuses a title without a word', async () => {
  expect(await startProject(root, {...start, title: ' ?! '})).toMatchObject({
    failure: {reason: 'invalid-input'},
  });
});
