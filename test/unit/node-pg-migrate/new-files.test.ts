import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {createNodePgMigrate} from '../../../src/frameworks/node-pg-migrate/node-pg-migrate.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';

let folder: string;

beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'howdah-new-'))));
afterAll(() => rm(folder, {recursive: true}));

const files = {roots: [], find: () => Promise.resolve([])};

it.each([
  ['CREATE TABLE t (id int);', /\.sql$/, /^-- Up Migration\nCREATE TABLE/],
  // A file of SQL has no way out of the transaction.
  [
    'CREATE INDEX CONCURRENTLY i ON t (id);',
    /\.cjs$/,
    /exports\.up = pgm => \{\n {2}pgm\.noTransaction\(\);\n {2}pgm\.sql\(/,
  ],
  ['DO $$\nBEGIN\n  COMMIT;\nEND\n$$;', /\.cjs$/, /pgm\.noTransaction\(\)/],
])('writes %s in a form that runs', async (up, name, text) => {
  const project = await createNodePgMigrate(createParser()).open(folder, files);
  const drafted = await project.draft([{title: 'make it', up, down: '', now: new Date()}]);
  const [file] = drafted.ok ? drafted.value : [];
  expect(basename(file?.path ?? '')).toMatch(name);
  expect(file?.text).toMatch(text);
});
