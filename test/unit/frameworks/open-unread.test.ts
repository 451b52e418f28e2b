import {mkdir, mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, expect, it} from 'vitest';
import type {FrameworkId} from '../../../src/core/migrations/migration.ts';
import {openUnread} from '../../../src/frameworks/open-unread.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';

let root: string;

beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'howdah-unread-'))));
afterEach(() => rm(root, {recursive: true, force: true}));

type Written = Readonly<Record<string, string>>;

const program = `require('node:fs').writeFileSync('executed', '');\n`;
/** What an untrusted folder may bring along. */
const around: Written = {
  '.env': 'DATABASE_URL=postgres://u:p@h/d\nDBMATE_MIGRATIONS_DIR=elsewhere\nGOOSE_MIGRATION_DIR=elsewhere\n',
  'package.json':
    '{"scripts": {"up": "node-pg-migrate up -f config.js"}, "dependencies": {"node-pg-migrate": "9"}}',
  'config.js': program,
  'prisma.config.ts': program,
};

it.each<[FrameworkId, Written, readonly string[]]>([
  ['golang-migrate', {'m/2_b.up.sql': '', 'm/1_a.up.sql': '', 'm/1_a.down.sql': ''}, ['1', '2']],
  ['dbmate', {'m/2_b.sql': '-- migrate:up\n', 'm/1_a.sql': '-- migrate:up\n'}, ['1', '2']],
  ['goose', {'m/10_b.sql': '-- +goose Up\n', 'm/9_a.sql': '-- +goose Up\n'}, ['9', '10']],
  ['flyway', {'m/V10__b.sql': '', 'm/more/V9__a.sql': '', 'm/R__v.sql': ''}, ['9', '10', 'R__v']],
  ['prisma', {'m/2_b/migration.sql': '', 'm/1_a/migration.sql': ''}, ['1_a', '2_b']],
  ['node-pg-migrate', {'m/10_b.sql': '', 'm/9_a.sql': '', 'm/11_c.js': program}, ['9_a', '10_b', '11_c']],
])('lists the migrations of %s, and executes nothing', async (tool, files, expected) => {
  for (const [name, text] of Object.entries({...around, ...files})) {
    await mkdir(dirname(join(root, name)), {recursive: true});
    await writeFile(join(root, name), text);
  }
  const before = await readdir(root);
  const project = openUnread(tool, join(root, 'm'), createParser());
  const listed = await project?.list();
  expect(listed?.ok && listed.value.migrations.map(({id}) => id)).toEqual(expected);
  expect(await project?.nextLabel(new Date())).toMatch(/^\d+/);
  expect(await readdir(root)).toEqual(before);
});

it('leaves Alembic’s history to Alembic', () => {
  expect(openUnread('alembic', root, createParser())).toBeUndefined();
});
