import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join, relative} from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {filesIn} from '../../../src/cli/files.ts';
import {findPlaces as findDbmate} from '../../../src/frameworks/dbmate/detect.ts';
import {readSettings} from '../../../src/frameworks/dbmate/settings.ts';
import {findPlaces as findGoose} from '../../../src/frameworks/goose/detect.ts';
import {createFrameworks, detectProjects} from '../../../src/frameworks/frameworks.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'howdah-detect-'));
});

afterEach(() => rm(root, {recursive: true, force: true}));

type Written = Readonly<Record<string, string>>;

async function write(files: Written): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), {recursive: true});
    await writeFile(join(root, path), text);
  }
}

const short = (path: string): string => relative(root, path) || '.';
const dbmateFile = '-- migrate:up\nSELECT 1;\n-- migrate:down\n';
const gooseFile = '-- +goose Up\nSELECT 1;\n';
const inDefault: Written = {'db/migrations/1_a.sql': dbmateFile};

describe('projects of dbmate', () => {
  it.each<[string, Written, readonly string[]]>([
    ['the marks in files', {'sql/1_a.sql': dbmateFile}, ['files . sql']],
    [
      'the marks in the default folder',
      {'app/db/migrations/1_a.sql': dbmateFile},
      ['files app app/db/migrations'],
    ],
    ['a file name alone', {'sql/1_a.sql': 'SELECT 1;'}, []],
    [
      'DBMATE_MIGRATIONS_DIR',
      {'app/.env': 'DBMATE_MIGRATIONS_DIR=./sql', 'app/sql/1_a.sql': ''},
      ['configuration app app/sql'],
    ],
    [
      'several folders',
      {'.env': 'DBMATE_MIGRATIONS_DIR="one, two"', 'one/a': '', 'two/1_a.sql': dbmateFile},
      ['configuration . one+two'],
    ],
    [
      'a flag for each folder',
      {Makefile: 'up:\n\tdbmate -d one -d ./two up\n', 'one/a': '', 'two/a': ''},
      ['configuration . one+two'],
    ],
    [
      'a flag for several folders',
      {'package.json': '{"scripts": {"up": "dbmate -d one,two up"}}', 'one/a': '', 'two/a': ''},
      ['configuration . one+two'],
    ],
    [
      'words in a list',
      {
        'compose.yaml': 'services:\n  db:\n    command: ["dbmate", "-d", "one", "-d", "two", "up"]\n',
        'one/a': '',
        'two/a': '',
      },
      ['configuration . one+two'],
    ],
    [
      'words in a list without quotes',
      {'compose.yaml': 'services:\n  db:\n    command: [dbmate, -d, one, up]\n', 'one/a': ''},
      ['configuration . one'],
    ],
    ['a folder that is not there', {'.env': 'DBMATE_MIGRATIONS_DIR=nowhere'}, []],
    [
      'another variable of the tool',
      {'.env': 'DBMATE_MIGRATIONS_TABLE=x', ...inDefault},
      ['configuration . db/migrations'],
    ],
    ['an .env without it', {'.env': 'DATABASE_URL=postgres://h/d', ...inDefault}, ['files . db/migrations']],
    ['a makefile', {Makefile: 'up:\n\tdbmate -d sql up\n', 'sql/1_a.sql': ''}, ['configuration . sql']],
    [
      'a package',
      {'package.json': '{"scripts": {"up": "dbmate --migrations-dir=./sql up"}}', 'sql/1_a.sql': ''},
      ['configuration . sql'],
    ],
    [
      'a dependency',
      {'package.json': '{"devDependencies": {"dbmate": "^2"}}', ...inDefault},
      ['configuration . db/migrations'],
    ],
    [
      'a Compose file',
      {'compose.yaml': 'services:\n  db:\n    image: ghcr.io/amacneil/dbmate:2\n', ...inDefault},
      ['configuration . db/migrations'],
    ],
    [
      'a variable for a folder',
      {Makefile: 'up:\n\tdbmate -d $(DIR) up\n', ...inDefault},
      ['configuration . db/migrations'],
    ],
    [
      'a word that only begins like it',
      {Makefile: 'up:\n\tdbmates up\n', ...inDefault},
      ['files . db/migrations'],
    ],
  ])('are found by %s', async (_name, files, expected) => {
    await write(files);
    const found = await findDbmate(filesIn([root]));
    expect(
      found.map(({place, seenBy}) => `${seenBy} ${short(place.root)} ${place.folders.map(short).join('+')}`),
    ).toEqual(expected);
  });

  it.each<[string, Written, Readonly<Record<string, string>>, unknown]>([
    ['nothing', {}, {}, {table: 'schema_migrations', dumpSchema: true, strict: false}],
    [
      '.env',
      {'.env': 'DBMATE_MIGRATIONS_TABLE=a.b\nDBMATE_STRICT=true\nDBMATE_NO_DUMP_SCHEMA=1'},
      {},
      {table: 'a.b', dumpSchema: false, strict: true},
    ],
    [
      'flags, which come first',
      {'.env': 'DBMATE_MIGRATIONS_TABLE=a', Makefile: 'dbmate --migrations-table b --no-dump-schema up'},
      {},
      {table: 'b', dumpSchema: false},
    ],
    [
      'settings, which come before those',
      {Makefile: 'dbmate --migrations-table b up'},
      {'migrations-table': 'c'},
      {table: 'c'},
    ],
  ])('take their settings from %s', async (_name, files, options, expected) => {
    await write({...files, ...inDefault});
    const [found] = await findDbmate(filesIn([root]));
    if (!found) throw new Error('nothing was found');
    const settings = await readSettings(found.place, options);
    expect(settings).toMatchObject({schemaFile: join(root, 'db/schema.sql'), ...Object(expected)});
  });
});

describe('projects of goose', () => {
  it.each<[string, Written, readonly string[]]>([
    ['the annotations in files', {'app/sql/1_a.sql': gooseFile}, ['files app/sql table=']],
    ['a file name alone', {'sql/1_a.sql': 'SELECT 1;'}, []],
    [
      'GOOSE_MIGRATION_DIR',
      {'.env': 'GOOSE_MIGRATION_DIR=sql', 'sql/1_a.sql': gooseFile},
      ['configuration sql table='],
    ],
    [
      'a file of variables of another name',
      {
        Makefile: 'up:\n\tgoose -env .env.dev up\n',
        '.env.dev': 'GOOSE_MIGRATION_DIR=sql',
        'sql/1_a.sql': gooseFile,
      },
      ['configuration sql table='],
    ],
    [
      'no file of variables',
      {Makefile: 'up:\n\tgoose -env=none up\n', 'sql/1_a.sql': gooseFile},
      ['files sql table='],
    ],
    [
      'a makefile',
      {
        Makefile: 'up:\n\tgoose -dir sql -table migs -allow-missing postgres "$(DB)" up\n',
        'sql/1_a.sql': gooseFile,
      },
      ['configuration sql table=migs missing'],
    ],
    [
      'a call of the module',
      {
        Makefile: 'up:\n\tgo run github.com/pressly/goose/v3/cmd/goose@latest --dir=sql up\n',
        'sql/1_a.sql': gooseFile,
      },
      ['configuration sql table='],
    ],
    ['a folder of another tool', {Makefile: 'up:\n\tgoose -dir sql up\n', 'sql/1_a.sql': dbmateFile}, []],
  ])('are found by %s', async (_name, files, expected) => {
    await write(files);
    const found = await findGoose(filesIn([root]));
    expect(
      found.map(
        ({place: {folder, flags}, seenBy}) =>
          `${seenBy} ${short(folder)} table=${flags['table'] ?? ''}${flags['allow-missing'] ? ' missing' : ''}`,
      ),
    ).toEqual(expected);
  });
});

it('gives each folder of a repository to its own tool', async () => {
  await write({
    'one/1_a.sql': dbmateFile,
    'two/1_a.sql': gooseFile,
    'three/1_a.up.sql': 'SELECT 1;',
    'three/1_a.down.sql': '',
    '.env': 'DBMATE_MIGRATIONS_DIR=one\nGOOSE_MIGRATION_DIR=two\n',
  });
  const projects = await detectProjects(createFrameworks({parser: createParser()}), filesIn([root]));
  expect(
    projects.map(({framework, folder, seenBy}) => `${framework} ${short(folder)} ${seenBy}`).toSorted(),
  ).toEqual(['dbmate one configuration', 'golang-migrate three files', 'goose two configuration']);
});
