import {readdir} from 'node:fs/promises';
import {dirname, join, resolve, sep} from 'node:path';
import type {Files} from '../../core/files.ts';
import {migrationsPathIn} from '../../core/prisma/config.ts';
import {providerOf} from '../../core/prisma/lock-file.ts';
import {textOf} from '../shared/file-text.ts';

/**
 * Folders with the tool's own `migration_lock.toml` for PostgreSQL, and folders of migrations beside a schema for
 * PostgreSQL where that file is missing.
 * @returns each once, in order of their paths
 */
export async function findFolders(files: Files): Promise<readonly string[]> {
  const [locks, schemas, configurations] = await Promise.all(
    [
      '**/migration_lock.toml',
      '**/*.prisma',
      '**/{prisma.config,.config/prisma}.{ts,mts,cts,js,mjs,cjs}',
    ].map(glob => files.find(glob)),
  );
  const locked = await Promise.all(
    (locks ?? []).map(async path => ((await isForPostgres(path)) ? [dirname(path)] : [])),
  );
  const beside = await Promise.all((schemas ?? []).map(besideSchema));
  const known = new Set((locks ?? []).map(path => dirname(path)));
  const named = await Promise.all((configurations ?? []).map(path => namedBy(path, schemas ?? [])));
  const others = [...named.flat(), ...beside.flat()].filter(folder => !known.has(folder));
  return [...new Set([...locked.flat(), ...others])].toSorted();
}

async function isForPostgres(path: string): Promise<boolean> {
  return providerOf((await textOf(path)) ?? '') === 'postgresql';
}

/**
 * Without the lock file only the schema says for which database the migrations are. Executes nothing: a path that is
 * computed names no folder.
 */
async function namedBy(path: string, schemas: readonly string[]): Promise<readonly string[]> {
  const said = migrationsPathIn((await textOf(path)) ?? '');
  if (said?.kind !== 'literal') return [];
  const root = path.includes(`${sep}.config${sep}`) ? dirname(dirname(path)) : dirname(path);
  const folder = resolve(root, said.path);
  const own = schemas.filter(schema => schema.startsWith(root + sep));
  const texts = await Promise.all(own.map(textOf));
  return texts.some(isOfPostgres) && (await holdsMigrations(folder)) ? [folder] : [];
}

/** The file of the schema, or one of several in a folder of their own. */
async function besideSchema(path: string): Promise<readonly string[]> {
  const text = await textOf(path);
  if (!isOfPostgres(text)) return [];
  const places = [dirname(path), dirname(dirname(path))].map(folder => join(folder, 'migrations'));
  const found = await Promise.all(places.map(async place => ((await holdsMigrations(place)) ? [place] : [])));
  return found.flat();
}

function isOfPostgres(schema: string | undefined): boolean {
  return schema !== undefined && /^\s*provider\s*=\s*"postgres(?:ql)?"/m.test(schema);
}

async function holdsMigrations(folder: string): Promise<boolean> {
  const entries = await readdir(folder, {withFileTypes: true}).catch(() => []);
  for (const {name} of entries.filter(entry => entry.isDirectory()).slice(0, 3)) {
    if ((await textOf(join(folder, name, 'migration.sql'))) !== undefined) return true;
  }
  return false;
}
