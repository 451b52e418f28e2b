import {mkdir, mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Files} from '../../../src/core/files.ts';
import type {FrameworkId} from '../../../src/core/migrations/migration.ts';
import type {Framework, RunOptions} from '../../../src/frameworks/framework.ts';
import {createFrameworks} from '../../../src/frameworks/frameworks.ts';
import {createNodePgMigrate} from '../../../src/frameworks/node-pg-migrate/node-pg-migrate.ts';
import {createParser} from '../../../src/parser/libpg-query.ts';
import {runner} from '../../contract/node-pg-migrate-fixture.ts';

export const parser = createParser();
const frameworks = [
  createNodePgMigrate(parser, runner),
  ...createFrameworks({parser}).filter(({id}) => id !== 'node-pg-migrate'),
];

/** Tools whose migrations are files of SQL. */
export const sqlTools = [
  'golang-migrate',
  'node-pg-migrate',
  'dbmate',
  'goose',
  'flyway',
  'prisma',
] as const satisfies readonly FrameworkId[];

export const run: RunOptions = {lockTimeout: 5000, statementTimeout: 0};

export function toolNamed(id: FrameworkId): Framework {
  const found = frameworks.find(framework => framework.id === id);
  if (!found) throw new Error(`no tool ${id}`);
  return found;
}

/** A folder of its own that is gone after the test. */
export interface Home extends AsyncDisposable {
  readonly root: string;
  readonly files: Files;
}

export async function newHome(): Promise<Home> {
  const root = await mkdtemp(join(tmpdir(), 'reshape-'));
  await mkdir(join(root, 'db'));
  return {
    root,
    files: {
      roots: [root],
      find: async () =>
        (await readdir(root, {recursive: true, withFileTypes: true}))
          .filter(entry => entry.isFile())
          .map(entry => join(entry.parentPath, entry.name)),
    },
    [Symbol.asyncDispose]: () => rm(root, {recursive: true, force: true}),
  };
}
