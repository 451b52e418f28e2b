import {existsSync, readFileSync, statSync} from 'node:fs';
import {setImmediate as pause} from 'node:timers/promises';
import {ok, type Outcome} from '../../core/outcome.ts';
import {readSql} from './file-text.ts';

/** Milliseconds after which others get their turn. */
const slice = 8;
/** Bytes; more is read in the background. */
const small = 262_144;

/**
 * Reads many files, most of them small: one after the other takes a tenth of the time that thousands of reads in the
 * background take, and nobody waits for long, because it is done in slices.
 * @param look at each item with its file, as of `readSql`, before the next is read
 * @returns what came of each look
 */
export async function readFiles<Item, T>(
  items: readonly Item[],
  pathOf: (item: Item) => string,
  look: (item: Item, read: Outcome<string>) => T | Promise<T>,
): Promise<readonly T[]> {
  return inSlices(items, item => {
    const text = textNow(pathOf(item));
    return text === undefined ? readSql(pathOf(item)).then(read => look(item, read)) : look(item, ok(text));
  });
}

/** @returns what came of each look, or why the first file that could not be read could not */
export async function readAllFiles<Item, T>(
  items: readonly Item[],
  pathOf: (item: Item) => string,
  look: (item: Item, text: string) => T | Promise<T>,
): Promise<Outcome<readonly T[]>> {
  let failed: Outcome<never> | undefined;
  const seen = await readFiles(items, pathOf, (item, read): readonly T[] | Promise<readonly T[]> => {
    if (!read.ok) failed ??= read;
    if (!read.ok) return [];
    const found = look(item, read.value);
    return found instanceof Promise ? found.then(each => [each]) : [found];
  });
  return failed ?? ok(seen.flat(1));
}

/** @returns for each path whether there is something */
export async function existing(paths: readonly string[]): Promise<readonly boolean[]> {
  return inSlices(paths, path => existsSync(path));
}

async function inSlices<Item, T>(
  items: readonly Item[],
  look: (item: Item) => T | Promise<T>,
): Promise<readonly T[]> {
  const seen: T[] = [];
  let since = performance.now();
  for (const item of items) {
    const found = look(item);
    seen.push(found instanceof Promise ? await found : found);
    if (performance.now() - since < slice) continue;
    await pause();
    since = performance.now();
  }
  return seen;
}

/** @returns nothing for a file that is large, is not there or is not text */
function textNow(path: string): string | undefined {
  const size = statSync(path, {throwIfNoEntry: false})?.size;
  if (size === undefined || size > small) return undefined;
  try {
    const text = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(readFileSync(path));
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
