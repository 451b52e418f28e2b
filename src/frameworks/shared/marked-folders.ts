import {basename, dirname} from 'node:path';
import type {Files} from '../../core/files.ts';
import {textOf} from './file-text.ts';

/** How a tool's files are told from those of other tools. */
interface Marks {
  /** Whether a file of this name may be one of the tool's. */
  readonly accepts: (name: string) => boolean;
  /** Whether the text says so. */
  readonly has: (text: string) => boolean;
}

/**
 * @returns the folders with files that bear a tool's marks, in order of their paths. Reads the first, the middle and the
 * last file of each folder, not thousands
 */
export async function findMarkedFolders(files: Files, {accepts, has}: Marks): Promise<readonly string[]> {
  const paths = (await files.find('**/*.sql')).filter(path => accepts(basename(path)));
  const folders = new Map<string, string[]>();
  for (const path of paths.toSorted()) {
    const known = folders.get(dirname(path));
    if (known) known.push(path);
    else folders.set(dirname(path), [path]);
  }
  const marked = await Promise.all(
    [...folders].map(async ([folder, found]) => {
      const texts = await Promise.all(samplesOf(found).map(textOf));
      return texts.some(text => text !== undefined && has(text)) ? [folder] : [];
    }),
  );
  return marked.flat().toSorted();
}

function samplesOf(paths: readonly string[]): readonly string[] {
  const places = [0, Math.floor(paths.length / 2), paths.length - 1];
  return [...new Set(places)].flatMap(place => paths[place] ?? []);
}
