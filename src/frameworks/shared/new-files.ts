import {mkdir, rm, writeFile} from 'node:fs/promises';
import {dirname} from 'node:path';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {DraftedFile} from '../framework.ts';
import {codeOf} from './file-text.ts';

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

/** What a title is answered with of which `slugOf` leaves nothing. */
export function untitled(): Outcome<never> {
  return fail('invalid-input', 'The title has no letter or digit to make a file name of.', {
    advice: 'Type a few words that say what the migration does.',
  });
}

/**
 * Writes all of the files or none, with the folders that they need, and never over another file.
 * @returns the paths. Failures: `unwritable-file`
 */
export async function writeNewFiles(
  folder: string,
  files: readonly DraftedFile[],
): Promise<Outcome<readonly string[]>> {
  const written: string[] = [];
  try {
    for (const {path, text} of files) {
      await mkdir(dirname(path), {recursive: true});
      await writeFile(path, text, {flag: 'wx'});
      written.push(path);
    }
    return ok(written);
  } catch (error) {
    for (const path of written) await rm(path, {force: true});
    return fail('unwritable-file', `No migration could be written in ${folder} (${codeOf(error)}).`, {
      advice: 'Check that the folder is yours to write in and that no file has that name already.',
    });
  }
}
