import {mkdir, readdir, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {CreateRequest} from '../framework.ts';
import {codeOf} from './folder.ts';
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

/** Writes the up and the down file, never over another file. Failures: `invalid-input`, `unwritable-file`. */
export async function createFiles(
  folder: string,
  request: CreateRequest,
): Promise<Outcome<readonly string[]>> {
  const slug = slugOf(request.title);
  if (slug === '')
    return fail('invalid-input', 'The title has no letter or digit to make a file name of.', {
      advice: 'Type a few words that say what the migration does.',
    });
  try {
    await mkdir(folder, {recursive: true});
    const names = await readdir(folder);
    const stem = join(folder, `${nextLabel(names, request.now)}_${slug}`);
    return ok(await writePair(stem, usualExtension(names), request));
  } catch (error) {
    return fail('unwritable-file', `No migration could be written in ${folder} (${codeOf(error)}).`, {
      advice: 'Check that the folder is yours to write in and that no file has that name already.',
    });
  }
}

async function writePair(stem: string, extension: string, {up, down}: CreateRequest): Promise<string[]> {
  const paths = [`${stem}.up.${extension}`, `${stem}.down.${extension}`];
  const [upPath = '', downPath = ''] = paths;
  await writeFile(upPath, up, {flag: 'wx'});
  try {
    await writeFile(downPath, down, {flag: 'wx'});
  } catch (error) {
    await rm(upPath, {force: true});
    throw error;
  }
  return paths;
}
