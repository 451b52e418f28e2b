import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {createProject} from '../../src/frameworks/dbmate/project.ts';
import type {Project, ProjectOptions} from '../../src/frameworks/framework.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import type {TestDatabase} from '../rig/databases.ts';
import type {Major} from '../rig/servers.ts';
import type {Fixture} from './fixture.ts';
import {lendDatabase} from './lent-database.ts';
import {openTo} from './sessions.ts';

const parser = createParser();

/** A dbmate project in a folder of its own, with a database of its own. */
export interface DbmateFixture extends Fixture {
  readonly project: Project;
  readonly database: TestDatabase;
  /** Where the tool is run. */
  readonly root: string;
  /** Writes any file, from the root on. */
  file(path: string, content: string | Uint8Array): Promise<string>;
}

/** @param options `no-dump-schema` unless the test is about the schema file */
export async function dbmateFixture(
  major: Major,
  options: ProjectOptions = {'no-dump-schema': 'true'},
  folders: readonly string[] = ['db/migrations'],
): Promise<DbmateFixture> {
  const root = await mkdtemp(join(tmpdir(), 'howdah-dbmate-'));
  const database = await lendDatabase(major);
  const absolute = folders.map(folder => join(root, folder));
  for (const folder of absolute) await mkdir(folder, {recursive: true});
  const file = async (path: string, content: string | Uint8Array): Promise<string> => {
    await mkdir(dirname(join(root, path)), {recursive: true});
    await writeFile(join(root, path), content);
    return join(root, path);
  };
  const nameOf = (number: number): string => `${folders[0]}/2024010100000${number}_make.sql`;
  return {
    traits: {failure: 'undone', forcesAbsent: false},
    brokenLine: 2,
    project: createProject({root, folders: absolute, flags: {}}, parser, 'configuration'),
    options,
    database,
    root,
    file,
    open: () => openTo(database),
    write: async (number, how) => void (await file(nameOf(number), texts[how](number))),
    remove: number => rm(join(root, nameOf(number))),
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

const texts = {
  good: (number: number) =>
    `-- migrate:up\n-- migration ${number} \nCREATE TABLE t${number} (id int);\n\n-- migrate:down\n-- back from migration ${number} \nDROP TABLE t${number};\n`,
  broken: (number: number) =>
    `-- migrate:up\nCREATE TABLE t${number} (id int); -- migration ${number} \nSELECT nothing_there;\n\n-- migrate:down\nDROP TABLE t${number};\n`,
  garbled: () => new Uint8Array([0x53, 0xff, 0xfe, 0x20]),
};
