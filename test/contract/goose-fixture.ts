import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createProject} from '../../src/frameworks/goose/project.ts';
import type {Project, ProjectOptions} from '../../src/frameworks/framework.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import type {TestDatabase} from '../rig/databases.ts';
import type {Major} from '../rig/servers.ts';
import type {Fixture} from './fixture.ts';
import {lendDatabase} from './lent-database.ts';
import {openTo} from './sessions.ts';

const parser = createParser();

/** A goose project in a folder of its own, with a database of its own. */
export interface GooseFixture extends Fixture {
  readonly project: Project;
  readonly database: TestDatabase;
  readonly folder: string;
  /** Writes any file of the folder. */
  file(name: string, content: string | Uint8Array): Promise<string>;
}

export async function gooseFixture(major: Major, options: ProjectOptions = {}): Promise<GooseFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'howdah-goose-'));
  const database = await lendDatabase(major);
  const file = async (name: string, content: string | Uint8Array): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  const nameOf = (number: number): string => `0000${number}_make.sql`;
  return {
    traits: {failure: 'undone', forcesAbsent: false},
    brokenLine: 2,
    project: createProject({root: folder, folder, flags: {}}, parser, 'configuration'),
    options,
    database,
    folder,
    file,
    open: () => openTo(database),
    write: async (number, how) => void (await file(nameOf(number), texts[how](number))),
    remove: number => rm(join(folder, nameOf(number))),
    made: async session => {
      const tables = await session.query(
        `SELECT substr(relname, 2)::int AS number FROM pg_class WHERE relkind = 'r' AND relname ~ '^t[0-9]+$' ORDER BY 1`,
      );
      return tables.ok ? tables.value.rows.map(row => Number(row['number'])) : [];
    },
    dispose: async () => {
      await database.drop();
      await rm(folder, {recursive: true, force: true});
    },
  };
}

const texts = {
  good: (number: number) =>
    `-- +goose Up\n-- migration ${number} \nCREATE TABLE t${number} (id int);\n\n-- +goose Down\n-- back from migration ${number} \nDROP TABLE t${number};\n`,
  broken: (number: number) =>
    `-- +goose Up\nCREATE TABLE t${number} (id int); -- migration ${number} \nSELECT nothing_there;\n\n-- +goose Down\nDROP TABLE t${number};\n`,
  garbled: () => new Uint8Array([0x53, 0xff, 0xfe, 0x20]),
};
