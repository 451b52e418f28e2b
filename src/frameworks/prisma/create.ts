import {join} from 'node:path';
import {lockFileName, lockFileText} from '../../core/prisma/lock-file.ts';
import {nextLabel} from '../../core/prisma/names.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {CreateRequest, DraftedFile} from '../framework.ts';
import {textOf} from '../shared/file-text.ts';
import {slugOf, untitled, writeNewFiles} from '../shared/new-files.ts';
import {namesIn} from './folder.ts';

/** @returns the number of the next migration; nothing where the folder cannot be read */
export async function labelFor(folder: string, now: Date): Promise<string | undefined> {
  const names = await namesIn(folder);
  return names.ok ? nextLabel(names.value, now) : undefined;
}

/**
 * A folder with a script for each, and the tool's lock file where there is none. What undoes a migration has no place in
 * Prisma, so `down` is left out. Failures: `invalid-input`
 */
export async function draftFiles(
  folder: string,
  requests: readonly CreateRequest[],
): Promise<Outcome<readonly DraftedFile[]>> {
  const found = await namesIn(folder);
  const names = found.ok ? [...found.value] : [];
  const drafted: DraftedFile[] = [];
  for (const {title, up, now} of requests) {
    const slug = slugOf(title);
    if (slug === '') return untitled();
    const name = `${nextLabel(names, now)}_${slug}`;
    names.push(name);
    drafted.push({path: join(folder, name, 'migration.sql'), text: up});
  }
  const lockFile = join(folder, lockFileName);
  if ((await textOf(lockFile)) === undefined) drafted.splice(1, 0, {path: lockFile, text: lockFileText});
  return ok(drafted);
}

/** Failures: `invalid-input`, `unwritable-file` */
export async function createFiles(
  folder: string,
  request: CreateRequest,
): Promise<Outcome<readonly string[]>> {
  const drafted = await draftFiles(folder, [request]);
  return drafted.ok ? writeNewFiles(folder, drafted.value) : drafted;
}
