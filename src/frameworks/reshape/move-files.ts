import {access, mkdir, rename, rmdir} from 'node:fs/promises';
import {dirname} from 'node:path';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {codeOf} from '../shared/file-text.ts';

export interface FileMove {
  /** Absolute. */
  readonly from: string;
  readonly to: string;
}

/**
 * Moves all of the files or none, with the folders that they need, and never over another file.
 * @returns what moves them back. Failures: `unwritable-file`
 */
export async function moveFiles(moves: readonly FileMove[]): Promise<Outcome<() => Promise<void>>> {
  const done: FileMove[] = [];
  const back = async (): Promise<void> => {
    for (const {from, to} of done.toReversed()) await rename(to, from);
  };
  for (const move of moves) {
    const code = await moveFile(move);
    if (code === undefined) {
      done.push(move);
      continue;
    }
    await back();
    return fail('unwritable-file', `${move.from} could not be moved to ${move.to} (${code}).`, {
      advice: 'Check that both folders are yours to write in and that no file has that name there already.',
    });
  }
  return ok(back);
}

/** @returns the code of what went wrong */
async function moveFile({from, to}: FileMove): Promise<string | undefined> {
  try {
    await mkdir(dirname(to), {recursive: true});
    // A rename would replace it without a word.
    if (await isThere(to)) return 'EEXIST';
    await rename(from, to);
    return undefined;
  } catch (error) {
    return codeOf(error);
  }
}

/** Removes the folders in which single migrations were and nothing is left: Prisma stops at an empty one. */
export async function removeEmptied(folder: string, moved: readonly string[]): Promise<void> {
  const folders = new Set(moved.map(path => dirname(path)).filter(path => path !== folder));
  for (const path of folders) await rmdir(path).catch(() => {});
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
