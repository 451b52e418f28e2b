import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import type {TestDatabase} from './databases.ts';

/** A folder that a VS Code window opens. */
export interface Workspace {
  readonly path: string;
  /** Writes a file, as another program would. */
  write(name: string, content: string | Uint8Array): Promise<void>;
  /** Writes the up and the down file of a golang-migrate migration into `migrations/`. */
  migration(name: string, up: string, down: string): Promise<void>;
  read(name: string): Promise<string>;
  remove(name: string): Promise<void>;
  dispose(): Promise<void>;
}

/** Makes a workspace with these files in it, by path. */
export async function createWorkspace(files: Readonly<Record<string, string>> = {}): Promise<Workspace> {
  const path = await mkdtemp(join(tmpdir(), 'howdah-workspace-'));
  const write = async (name: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(join(path, name)), {recursive: true});
    await writeFile(join(path, name), content);
  };
  for (const [name, content] of Object.entries(files)) await write(name, content);
  return {
    path,
    write,
    migration: async (name, up, down) => {
      await write(`migrations/${name}.up.sql`, `${up}\n`);
      await write(`migrations/${name}.down.sql`, `${down}\n`);
    },
    read: name => readFile(join(path, name), 'utf8'),
    remove: name => rm(join(path, name)),
    dispose: () => rm(path, {recursive: true, force: true, maxRetries: 3}),
  };
}

/** @returns what golang-migrate has recorded, as `3`, `3 dirty` or `none`; `no table` before its first run. */
export async function recordedVersion(database: TestDatabase): Promise<string> {
  const [table] = await database.sql(`SELECT to_regclass('schema_migrations') AS name`);
  if (table?.['name'] === null) return 'no table';
  const rows = await database.sql('SELECT version, dirty FROM schema_migrations');
  return (
    rows.map(row => `${String(row['version'])}${row['dirty'] === true ? ' dirty' : ''}`).join() || 'none'
  );
}

/** @returns the sessions of other programs in a database, as `application: query`. */
export async function sessionsIn(database: TestDatabase): Promise<readonly string[]> {
  const rows = await database.sql(`SELECT application_name || ': ' || query AS session FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`);
  return rows.map(row => String(row['session']));
}
