import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import type {Project} from '../../src/frameworks/framework.ts';
import {createProject} from '../../src/frameworks/flyway/project.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import type {TestDatabase} from '../rig/databases.ts';
import type {Major} from '../rig/servers.ts';
import type {Fixture} from './fixture.ts';
import {lendDatabase} from './lent-database.ts';
import {openTo} from './sessions.ts';

const parser = createParser();

/** A Flyway project in a folder of its own, with a database of its own. */
export interface FlywayFixture extends Fixture {
  readonly project: Project;
  readonly database: TestDatabase;
  readonly folder: string;
  /** Writes any file of the folder. */
  file(name: string, content: string | Uint8Array): Promise<string>;
}

export async function flywayFixture(major: Major): Promise<FlywayFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'howdah-flyway-'));
  const database = await lendDatabase(major);
  const file = async (name: string, content: string | Uint8Array): Promise<string> => {
    const path = join(folder, name);
    await mkdir(dirname(path), {recursive: true});
    await writeFile(path, content);
    return path;
  };
  return {
    traits: {failure: 'undone', forcesAbsent: false},
    brokenLine: 1,
    project: createProject(folder, parser),
    options: {},
    database,
    folder,
    file,
    open: () => openTo(database),
    write: async (number, how) => void (await file(nameOf(number), texts[how](number))),
    remove: number => rm(join(folder, nameOf(number)), {force: true}),
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

function nameOf(number: number): string {
  return `V${number}__make.sql`;
}

const texts = {
  good: (number: number) => `-- migration ${number} \nCREATE TABLE t${number} (id int);\n`,
  broken: (number: number) =>
    `CREATE TABLE t${number} (id int); -- migration ${number} \nSELECT nothing_there;\n`,
  garbled: () => new Uint8Array([0x53, 0xff, 0xfe, 0x20]),
};
