import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createProject} from '../../src/frameworks/golang-migrate/project.ts';
import type {Project, ProjectOptions} from '../../src/frameworks/framework.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import type {TestDatabase} from '../rig/databases.ts';
import type {Major} from '../rig/servers.ts';
import type {Fixture} from './fixture.ts';
import {lendDatabase} from './lent-database.ts';
import {openTo} from './sessions.ts';

const parser = createParser();

/** A golang-migrate project in a folder of its own, with a database of its own. */
export interface GolangFixture extends Fixture {
  readonly project: Project;
  readonly database: TestDatabase;
  readonly folder: string;
  /** Writes any file of the folder. */
  file(name: string, content: string | Uint8Array): Promise<string>;
}

export async function golangFixture(major: Major, options: ProjectOptions = {}): Promise<GolangFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'howdah-golang-'));
  const database = await lendDatabase(major);
  const file = async (name: string, content: string | Uint8Array): Promise<string> => {
    await mkdir(folder, {recursive: true});
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  return {
    traits: {failure: 'marked', forcesAbsent: true},
    brokenLine: 1,
    project: createProject(folder, parser),
    options,
    database,
    folder,
    file,
    open: () => openTo(database),
    write: async (number, how) => {
      await file(`00000${number}_make.up.sql`, texts[how](number));
      await file(
        `00000${number}_make.down.sql`,
        `-- back from migration ${number} \nDROP TABLE t${number};\n`,
      );
    },
    remove: async number => {
      for (const direction of ['up', 'down'])
        await rm(join(folder, `00000${number}_make.${direction}.sql`), {force: true});
    },
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
  good: (number: number) => `-- migration ${number} \nCREATE TABLE t${number} (id int);\n`,
  broken: (number: number) =>
    `CREATE TABLE t${number} (id int); -- migration ${number} \nSELECT nothing_there;\n`,
  garbled: () => new Uint8Array([0x53, 0xff, 0xfe, 0x20]),
};
