import {existsSync, readFileSync, statSync} from 'node:fs';
import {setImmediate as pause} from 'node:timers/promises';
import {textOf} from './file-text.ts';

/** Milliseconds after which others get their turn. */
const slice = 8;
/** Bytes; more is read in the background. */
const small = 262_144;

/**
 * Reads many files, most of them small: one after the other takes a tenth of the time that thousands of reads in the
 * background take, and nobody waits for long, because it is done in slices.
 * @returns the text of each; nothing for one that is not there or is not text
 */
export async function readTexts(paths: readonly string[]): Promise<readonly (string | undefined)[]> {
  return inSlices(paths, path => (isSmall(path) ? textNow(path) : textOf(path)));
}

/** @returns for each path whether there is something */
export async function existing(paths: readonly string[]): Promise<readonly boolean[]> {
  return inSlices(paths, path => existsSync(path));
}

async function inSlices<T>(
  paths: readonly string[],
  look: (path: string) => T | Promise<T>,
): Promise<readonly T[]> {
  const seen: T[] = [];
  let since = performance.now();
  for (const path of paths) {
    const found = look(path);
    seen.push(found instanceof Promise ? await found : found);
    if (performance.now() - since < slice) continue;
    await pause();
    since = performance.now();
  }
  return seen;
}

function isSmall(path: string): boolean {
  const size = statSync(path, {throwIfNoEntry: false})?.size;
  return size !== undefined && size <= small;
}

function textNow(path: string): string | undefined {
  try {
    const text = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(readFileSync(path));
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
