import {mkdir, mkdtemp, realpath, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join, relative} from 'node:path';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {filesIn} from '../../../src/cli/files.ts';
import {findPlaces, placeAt} from '../../../src/frameworks/node-pg-migrate/detect.ts';
import {settingsOf, type Settings} from '../../../src/frameworks/node-pg-migrate/settings.ts';

const sql = '-- Up Migration\nSELECT 1;\n-- Down Migration\nSELECT 2;\n';
const program = 'export const up = pgm => pgm.sql("SELECT 1");\n';
const depends = JSON.stringify({devDependencies: {'node-pg-migrate': '^9.0.0'}});
const scripts = (...lines: readonly string[]): string =>
  JSON.stringify({scripts: Object.fromEntries(lines.map((line, index) => [`s${index}`, line]))});

let root: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'howdah-detect-')));
});

afterEach(() => rm(root, {recursive: true, force: true}));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), {recursive: true});
    await writeFile(join(root, name), text);
  }
}

interface Expected extends Partial<Settings> {
  readonly folder: string;
  readonly root: string;
  readonly seenBy: string;
}

it.each<[string, Readonly<Record<string, string>>, readonly Expected[]]>([
  ['nothing', {'readme.md': ''}, []],
  [
    'a dependency and the tool’s own folder',
    {'package.json': depends, 'migrations/1_a.sql': sql},
    [{folder: 'migrations', root: '', seenBy: 'configuration', table: 'pgmigrations'}],
  ],
  ['a dependency and nothing else', {'package.json': depends}, []],
  [
    'a dependency beside the folder of another tool',
    {'package.json': depends, 'migrations/1_a.up.sql': 'SELECT 1;', 'migrations/1_a.down.sql': 'SELECT 2;'},
    [],
  ],
  [
    'flags in scripts',
    {
      'package.json': scripts(
        'node-pg-migrate up -m db/steps -t done --schema app',
        'node-pg-migrate create -m db/steps -j ts',
      ),
      'db/steps/1_a.ts': program,
    },
    [
      {
        folder: 'db/steps',
        root: '',
        seenBy: 'configuration',
        table: 'done',
        schemas: ['app'],
        language: 'ts',
      },
    ],
  ],
  [
    'a folder that scripts name and that is empty yet',
    {'package.json': scripts('node-pg-migrate -m db up'), 'db/.keep': ''},
    [{folder: 'db', root: '', seenBy: 'configuration'}],
  ],
  [
    'the section db of the package config, which comes before a flag',
    {
      'package.json': JSON.stringify({
        scripts: {up: 'node-pg-migrate up -t flag'},
        dependencies: {config: '4'},
      }),
      'config/default.json': JSON.stringify({db: {'migrations-dir': 'sql', 'migrations-table': 'file'}}),
      'config/local.json': JSON.stringify({db: {'migrations-table': 'mine', lock: false}}),
      'sql/1_a.sql': sql,
    },
    [{folder: 'sql', root: '', seenBy: 'configuration', table: 'mine', lock: true}],
  ],
  [
    'flags alone where the package config is not there, which nobody asks then',
    {
      'package.json': scripts('node-pg-migrate up -t flag'),
      'config/default.json': JSON.stringify({db: {'migrations-dir': 'sql', 'migrations-table': 'file'}}),
      'migrations/1_a.sql': sql,
    },
    [{folder: 'migrations', root: '', seenBy: 'configuration', table: 'flag'}],
  ],
  [
    'only what the tool takes from a file, in the form in which it takes it',
    {
      'package.json': scripts('node-pg-migrate up -f c.json -t flag --no-lock'),
      'c.json': JSON.stringify({
        'migrations-table': 7,
        'create-schema': 'true',
        'single-transaction': false,
        lock: true,
        'lock-value': '12',
        schema: '',
        'check-order': 'no',
        url: 'postgres://nobody@nowhere/none',
      }),
      'migrations/1_a.sql': sql,
    },
    [
      {
        folder: 'migrations',
        root: '',
        seenBy: 'configuration',
        table: 'flag',
        createSchema: false,
        singleTransaction: true,
        lock: false,
        lockValue: 7_241_865_325_823_964n,
        schemas: ['public'],
        checkOrder: true,
      },
    ],
  ],
  [
    'a pattern, whose folder begins no project of its own',
    {
      'package.json': scripts('node-pg-migrate up --use-glob -m "db/**/*.sql"'),
      'db/a/1_a.sql': sql,
      'db/b/2_b.sql': sql,
    },
    [{folder: 'db', root: '', seenBy: 'configuration'}],
  ],
  [
    'the pattern of a config file',
    {
      'package.json': scripts('node-pg-migrate up -f c.json'),
      'c.json': JSON.stringify({'use-glob': true, 'migrations-dir': 'm/*/[0-9]*.{sql,ts}'}),
      'm/a/1_a.sql': sql,
    },
    [{folder: 'm', root: '', seenBy: 'configuration'}],
  ],
  [
    'a file of its own, whole or with a section, of which nothing is executed',
    {
      'a/package.json': scripts('node-pg-migrate -f c.json up'),
      'a/c.json': JSON.stringify({'migrations-dir': 'm', 'check-order': false, schema: ['x', 'y']}),
      'a/m/1_a.sql': sql,
      'b/package.json': scripts('node-pg-migrate -f c.json --config-value pg up'),
      'b/c.json': JSON.stringify({pg: {'migrations-dir': 'm', 'migrations-schema': 'books'}}),
      'b/m/1_a.sql': sql,
      'c/package.json': scripts('node-pg-migrate -f c.js up'),
      'c/c.js': 'throw new Error("executed")',
      'c/migrations/1_a.sql': sql,
    },
    [
      {folder: 'a/m', root: 'a', seenBy: 'configuration', checkOrder: false, schemas: ['x', 'y']},
      {folder: 'b/m', root: 'b', seenBy: 'configuration', migrationsSchema: 'books'},
      {folder: 'c/migrations', root: 'c', seenBy: 'configuration'},
    ],
  ],
  [
    'two folders of one package, and one that it does not name',
    {
      'package.json': scripts('node-pg-migrate -m one up && node-pg-migrate -m two up'),
      'one/1_a.sql': sql,
      'two/1_a.sql': sql,
      'three/1_a.sql': sql,
    },
    [
      {folder: 'one', root: '', seenBy: 'configuration'},
      {folder: 'three', root: '', seenBy: 'configuration'},
      {folder: 'two', root: '', seenBy: 'configuration'},
    ],
  ],
  [
    'files alone',
    {'db/1700000000000_a.js': program, 'knex/20200101_a.js': 'exports.up = knex => knex.raw("SELECT 1");'},
    [{folder: 'db', root: 'db', seenBy: 'files'}],
  ],
  ['no JSON', {'package.json': '{"node-pg-migrate"', 'migrations/1_a.txt': ''}, []],
])('finds by %s', async (_what, files, expected) => {
  await write(files);
  const found = await findPlaces(filesIn([root]));
  const seen = found.map(place => ({
    ...settingsOf(place.raw),
    folder: relative(root, place.folder),
    root: relative(root, place.root),
    seenBy: place.seenBy,
  }));
  expect(seen).toMatchObject(expected);
  expect(seen).toHaveLength(expected.length);
});

it('takes the user’s word for a folder, with the settings of the package around it', async () => {
  await write({'package.json': scripts('node-pg-migrate -t done up'), 'a/b/1_a.sql': sql});
  const place = await placeAt(join(root, 'a/b'), filesIn([root]));
  expect({...place, table: settingsOf(place.raw).table}).toMatchObject({
    folder: join(root, 'a/b'),
    root,
    seenBy: 'setting',
    table: 'done',
  });
});

it('lets the connection’s own settings come first', () => {
  const raw = new Map([['migrations-table', ['file']]]);
  expect(settingsOf(raw, {'node-pg-migrate.migrations-table': 'mine', schema: 'of Prisma'})).toMatchObject({
    table: 'mine',
    schemas: ['public'],
  });
});
