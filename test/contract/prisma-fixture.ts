import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import type {Project} from '../../src/frameworks/framework.ts';
import {createProject} from '../../src/frameworks/prisma/project.ts';
import {createParser} from '../../src/parser/libpg-query.ts';
import type {TestDatabase} from '../rig/databases.ts';
import type {Major} from '../rig/servers.ts';
import type {Fixture} from './fixture.ts';
import {lendDatabase} from './lent-database.ts';
import {openTo} from './sessions.ts';

const parser = createParser();

/** A Prisma project in a folder of its own, with a database of its own. */
export interface PrismaFixture extends Fixture {
  readonly project: Project;
  readonly database: TestDatabase;
  readonly folder: string;
  /** Writes the script of a migration. */
  script(name: string, content: string | Uint8Array): Promise<string>;
}

export async function prismaFixture(major: Major): Promise<PrismaFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'howdah-prisma-'));
  const database = await lendDatabase(major);
  await writeFile(join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n');
  const script = async (name: string, content: string | Uint8Array): Promise<string> => {
    const path = join(folder, name, 'migration.sql');
    await mkdir(dirname(path), {recursive: true});
    await writeFile(path, content);
    return path;
  };
  return {
    traits: {failure: 'marked', forcesAbsent: false},
    brokenLine: 1,
    project: createProject(folder, parser),
    options: {},
    database,
    folder,
    script,
    open: () => openTo(database),
    write: async (number, how) => void (await script(nameOf(number), texts[how](number))),
    remove: number => rm(join(folder, nameOf(number)), {recursive: true, force: true}),
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

export function nameOf(number: number): string {
  return `2024010100000${number}_make`;
}

const texts = {
  good: (number: number) => `-- migration ${number} \nCREATE TABLE t${number} (id int);\n`,
  broken: (number: number) =>
    `CREATE TABLE t${number} (id int); -- migration ${number} \nSELECT nothing_there;\n`,
  garbled: () => new Uint8Array([0x53, 0xff, 0xfe, 0x20]),
};
