import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {startPrismaEngine, type PrismaEngine} from '../rig/prisma-engine.ts';
import type {PrismaFixture} from './prisma-fixture.ts';

/** One command of the tool: its engine on a connection of its own, which ends with it. */
export async function withPrisma<T>(
  {database, folder}: Pick<PrismaFixture, 'database' | 'folder'>,
  work: (engine: PrismaEngine) => Promise<T>,
): Promise<T> {
  const engine = await startPrismaEngine(database.url, () => listOf(folder));
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

/** What Prisma's command line reads: every folder is a migration, in order of `localeCompare`. */
export async function listOf(folder: string): ReturnType<Parameters<typeof startPrismaEngine>[1]> {
  const entries = await readdir(folder, {withFileTypes: true});
  const names = entries.filter(entry => entry.isDirectory()).map(({name}) => name);
  const content = await readFile(join(folder, 'migration_lock.toml'), 'utf8').catch(() => null);
  return {
    baseDir: folder,
    lockfile: {path: 'migration_lock.toml', content},
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names
        .toSorted((one, other) => one.localeCompare(other))
        .map(async path => ({
          path,
          migrationFile: {path: 'migration.sql', content: await contentOf(folder, path)},
        })),
    ),
  };
}

async function contentOf(
  folder: string,
  name: string,
): Promise<{readonly tag: 'ok' | 'error'; readonly value: string}> {
  return readFile(join(folder, name, 'migration.sql'), 'utf8').then(
    value => ({tag: 'ok', value}),
    (error: Error) => ({tag: 'error', value: error.message}),
  );
}
