import {mkdir, rmdir} from 'node:fs/promises';
import {dirname} from 'node:path';

/**
 * Makes a folder for the time of some work, because tools read none that is not there.
 * @returns what removes it again, and those above it that were made, unless something was written there
 */
export async function borrowFolder(folder: string): Promise<() => Promise<void>> {
  const first = await mkdir(folder, {recursive: true}).catch(() => undefined);
  return async () => {
    if (first === undefined) return;
    for (let path = folder; path.length >= first.length; path = dirname(path)) {
      const gone = await rmdir(path).then(
        () => true,
        () => false,
      );
      if (!gone) return;
    }
  };
}
