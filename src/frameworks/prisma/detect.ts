import {readdir} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {Files} from '../../core/files.ts';
import {providerOf} from '../../core/prisma/lock-file.ts';
import {textOf} from '../shared/file-text.ts';

/**
 * Folders with the tool's own `migration_lock.toml` for PostgreSQL, and folders of migrations beside a schema for
 * PostgreSQL where that file is missing.
 * @returns each once, in order of their paths
 */
export async function findFolders(files: Files): Promise<readonly string[]> {
  const [locks, schemas] = await Promise.all(
    ['**/migration_lock.toml', '**/*.prisma'].map(glob => files.find(glob)),
  );
  const locked = await Promise.all(
    (locks ?? []).map(async path => ((await isForPostgres(path)) ? [dirname(path)] : [])),
  );
  const beside = await Promise.all((schemas ?? []).map(besideSchema));
  const known = new Set((locks ?? []).map(path => dirname(path)));
  const others = beside.flat().filter(folder => !known.has(folder));
  return [...new Set([...locked.flat(), ...others])].toSorted();
}

async function isForPostgres(path: string): Promise<boolean> {
  return providerOf((await textOf(path)) ?? '') === 'postgresql';
}

/** The file of the schema, or one of several in a folder of their own. */
async function besideSchema(path: string): Promise<readonly string[]> {
  const text = await textOf(path);
  if (text === undefined || !/^\s*provider\s*=\s*"postgres(?:ql)?"/m.test(text)) return [];
  const places = [dirname(path), dirname(dirname(path))].map(folder => join(folder, 'migrations'));
  const found = await Promise.all(places.map(async place => ((await holdsMigrations(place)) ? [place] : [])));
  return found.flat();
}

async function holdsMigrations(folder: string): Promise<boolean> {
  const entries = await readdir(folder, {withFileTypes: true}).catch(() => []);
  for (const {name} of entries.filter(entry => entry.isDirectory()).slice(0, 3)) {
    if ((await textOf(join(folder, name, 'migration.sql'))) !== undefined) return true;
  }
  return false;
}
