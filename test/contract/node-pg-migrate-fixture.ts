import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {programEnvironment} from '../../src/core/connections/program-environment.ts';
import {ok} from '../../src/core/outcome.ts';
import type {OpenEnvironment, ProjectOptions} from '../../src/frameworks/framework.ts';
import {createProject} from '../../src/frameworks/node-pg-migrate/project.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import type {TestDatabase} from '../rig/databases.ts';
import type {Major} from '../rig/servers.ts';
import {settingsFor} from '../rig/sessions.ts';
import type {Fixture} from './fixture.ts';
import {lendDatabase} from './lent-database.ts';
import {openTo} from './sessions.ts';

const parser = createParser();
const modules = join(import.meta.dirname, '../../node_modules');

/** Made by `node-pg-migrate-runner.ts` where a test runs programs. */
export const runner = join(import.meta.dirname, '../../.cache/node-pg-migrate/runner.mjs');

/** A node-pg-migrate project in a folder of its own, with a database of its own. */
export interface NodePgMigrateFixture extends Fixture {
  readonly database: TestDatabase;
  /** The folder of the package.json. */
  readonly root: string;
  readonly environment: OpenEnvironment;
  /** Writes any file of the migrations folder. */
  file(name: string, content: string | Uint8Array): Promise<string>;
}

interface Wanted {
  readonly options?: ProjectOptions;
  /** The project has a copy of the tool and of the driver. */
  readonly installed?: boolean;
}

export async function nodePgMigrateFixture(
  major: Major,
  {options = {}, installed = false}: Wanted = {},
): Promise<NodePgMigrateFixture> {
  const root = await mkdtemp(join(tmpdir(), 'howdah-node-pg-migrate-'));
  const folder = join(root, 'migrations');
  const database = await lendDatabase(major);
  await mkdir(folder);
  if (installed) await install(root);
  const file = async (name: string, content: string | Uint8Array): Promise<string> => {
    const path = join(folder, name);
    await mkdir(dirname(path), {recursive: true});
    await writeFile(path, content);
    return path;
  };
  return {
    traits: {failure: 'run-undone', forcesAbsent: false},
    brokenLine: 2,
    project: createProject({folder, root, raw: new Map(), files: [], problems: [], seenBy: 'files'}, parser, {
      runner,
    }),
    options,
    database,
    root,
    file,
    open: () => openTo(database),
    environment: async () =>
      ok(programEnvironment(settingsFor(database), {password: 'postgres'}, {readOnly: false})),
    write: async (number, how) => void (await file(`000${number}_make.sql`, texts[how](number))),
    remove: number => rm(join(folder, `000${number}_make.sql`), {force: true}),
    made: async session => {
      const tables = await session.query(
        `SELECT substr(relname, 2)::int AS number FROM pg_class WHERE relkind = 'r' AND relname ~ '^t[0-9]+$' ORDER BY 1`,
      );
      return tables.ok ? tables.value.rows.map(row => Number(row['number'])) : [];
    },
    dispose: async () => {
      await database.drop();
      await rm(root, {recursive: true, force: true});
    },
  };
}

async function install(root: string): Promise<void> {
  await mkdir(join(root, 'node_modules'), {recursive: true});
  for (const name of ['node-pg-migrate', 'pg'])
    await symlink(join(modules, name), join(root, 'node_modules', name), 'junction');
  await writeFile(
    join(root, 'package.json'),
    `{"private": true, "type": "module", "dependencies": {"node-pg-migrate": "9.0.0", "pg": "8.23.1"}}\n`,
  );
}

const down = (number: number): string =>
  `\n-- Down Migration\n-- back from migration ${number} \nDROP TABLE t${number};\n`;

const texts = {
  good: (number: number) =>
    `-- Up Migration\nCREATE TABLE t${number} (id int); -- migration ${number} \n${down(number)}`,
  broken: (number: number) =>
    `-- Up Migration\nCREATE TABLE t${number} (id int); -- migration ${number} \nSELECT nothing_there;\n${down(number)}`,
  garbled: () => new Uint8Array([0x53, 0xff, 0xfe, 0x20]),
};
