import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {CreateRequest, DraftedFile} from '../framework.ts';
import {slugOf, untitled, writeNewFiles} from '../shared/new-files.ts';
import {nextLabel, usualExtension} from './numbering.ts';

/** @returns the version of the next migration; nothing where the folder cannot be read */
export async function labelFor(folder: string, now: Date): Promise<string | undefined> {
  const names = await readdir(folder).catch(() => undefined);
  return names && nextLabel(names, now);
}

/**
 * The files of new migrations, each numbered behind the one before it. Writes nothing.
 * Failures: `invalid-input`
 */
export async function draftFiles(
  folder: string,
  requests: readonly CreateRequest[],
): Promise<Outcome<readonly DraftedFile[]>> {
  const names = [...(await readdir(folder).catch(() => []))];
  const drafted: DraftedFile[] = [];
  for (const {title, up, down, now} of requests) {
    const slug = slugOf(title);
    if (slug === '') return untitled();
    const stem = `${nextLabel(names, now)}_${slug}`;
    const extension = usualExtension(names);
    const pair = [`${stem}.up.${extension}`, `${stem}.down.${extension}`];
    names.push(...pair);
    drafted.push(...pair.map((name, index) => ({path: join(folder, name), text: index === 0 ? up : down})));
  }
  return ok(drafted);
}

/** Writes the up and the down file, never over another file. Failures: `invalid-input`, `unwritable-file`. */
export async function createFiles(
  folder: string,
  request: CreateRequest,
): Promise<Outcome<readonly string[]>> {
  const drafted = await draftFiles(folder, [request]);
  return drafted.ok ? writeNewFiles(folder, drafted.value) : drafted;
}
