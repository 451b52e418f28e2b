import {execFile} from 'node:child_process';
import {mkdir, mkdtemp, realpath, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join, relative} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {findFiles, folderOfGlob} from '../../../src/frameworks/node-pg-migrate/find-files.ts';
import {settingsOf} from '../../../src/frameworks/node-pg-migrate/settings.ts';

const names = [
  '1_top.sql',
  'db/2_two.sql',
  'db/a/10_ten.sql',
  'db/a/b/3_three.ts',
  'db/a/.4_hidden.sql',
  'db/.away/5_away.sql',
  'db/x/6_six.test.ts',
  'db/x/6_six.js',
  'db/readme.md',
];

let root: string;
/** What the tool's own package for patterns finds, for each pair of patterns. */
let theirs: readonly (readonly string[])[];

const cases: readonly (readonly [pattern: string, ignored?: string])[] = [
  ['*.sql'],
  ['./db/*.sql'],
  ['db/*'],
  ['db/**'],
  ['db/**/*'],
  ['**/*.sql'],
  ['db/**/*.sql'],
  ['db/*/*.{sql,ts}'],
  ['db/{a,x}/**/*.ts'],
  ['db/{a/b,x}/*.ts'],
  ['db/a/[0-9]*.sql'],
  ['db/[!a]/*'],
  ['db/?/?_*'],
  ['db/2_two.sql'],
  ['db/a'],
  ['../howdah-glob-*/db/*.sql'],
  ['db/**/*', '**/*.md'],
  ['db/**/*', '*.md'],
  ['db/**/*', 'db/*.md'],
  ['db/**/*', './db/a/**'],
  ['db/**/*', 'db/a'],
  ['db/**/*', '**/*.test.*'],
];

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'howdah-glob-')));
  for (const name of names) {
    await mkdir(dirname(join(root, name)), {recursive: true});
    await writeFile(join(root, name), '');
  }
  const tool = join(import.meta.dirname, '../../../node_modules/node-pg-migrate/dist/bundle/index.js');
  // Its folder is where the package for patterns is found.
  const program = `
    const {createRequire} = await import('node:module');
    const {glob} = createRequire(${JSON.stringify(tool)})('glob');
    const cases = ${JSON.stringify(cases)};
    const found = await Promise.all(cases.map(([pattern, ignore]) => glob(pattern, {ignore, nodir: true, withFileTypes: true})));
    console.log(JSON.stringify(found.map(paths => paths.map(path => path.fullpath()))));`;
  const {stdout} = await promisify(execFile)('node', ['--input-type=module', '-e', program], {cwd: root});
  theirs = JSON.parse(stdout);
});

afterAll(() => rm(root, {recursive: true, force: true}));

it.each(cases.map((each, index) => [...([each[0], each[1]] as const), index] as const))(
  'finds for %s without %s what the tool finds',
  async (glob, ignored, index) => {
    const settings = settingsOf(new Map(ignored === undefined ? [] : [['ignore-pattern', [ignored]]]));
    const source = {root, folder: folderOfGlob(root, glob) ?? '', glob};
    const found = await findFiles(source, settings);
    const ours = found.ok ? found.value.map(({path}) => relative(root, path)) : [];
    expect(ours.toSorted()).toEqual((theirs[index] ?? []).map(path => relative(root, path)).toSorted());
  },
);

it('orders the files of all folders by their numbers', async () => {
  const found = await findFiles({root, folder: root, glob: '**/*.{sql,js}'}, settingsOf(new Map()));
  expect(found.ok && found.value.map(({name}) => name)).toEqual([
    '1_top.sql',
    '2_two.sql',
    '6_six.js',
    '10_ten.sql',
  ]);
});

it.each(['db/!(a)/*.sql', 'db/+(a|x)/*', 'db/.*/*.sql', 'db/{1..3}_*.sql', 'db/[[:alpha:]]/*'])(
  'says of %s that it is not read',
  async glob => {
    const found = await findFiles({root, folder: root, glob}, settingsOf(new Map()));
    expect(found).toMatchObject({
      ok: false,
      failure: {reason: 'invalid-input', message: expect.stringContaining(glob)},
    });
  },
);
