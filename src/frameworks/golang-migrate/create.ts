import {mkdir, readdir, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {CreateRequest, DraftedFile} from '../framework.ts';
import {codeOf} from '../shared/file-text.ts';
import {nextLabel, usualExtension} from './numbering.ts';

/** @returns the title as part of a file name: `Add é-mail!` becomes `add_e_mail`; empty when nothing is left. */
export function slugOf(title: string): string {
  return title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .slice(0, 80)
    .replaceAll(/^_+|_+$/g, '');
}

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
    if (slug === '')
      return fail('invalid-input', 'The title has no letter or digit to make a file name of.', {
        advice: 'Type a few words that say what the migration does.',
      });
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
  if (!drafted.ok) return drafted;
  try {
    await mkdir(folder, {recursive: true});
    await writeAll(drafted.value);
    return ok(drafted.value.map(({path}) => path));
  } catch (error) {
    return fail('unwritable-file', `No migration could be written in ${folder} (${codeOf(error)}).`, {
      advice: 'Check that the folder is yours to write in and that no file has that name already.',
    });
  }
}

/** All or none. */
async function writeAll(files: readonly DraftedFile[]): Promise<void> {
  const written: string[] = [];
  try {
    for (const {path, text} of files) {
      await writeFile(path, text, {flag: 'wx'});
      written.push(path);
    }
  } catch (error) {
    for (const path of written) await rm(path, {force: true});
    throw error;
  }
}
