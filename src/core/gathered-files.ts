import type {Files} from './files.ts';
import {matcherOf} from './glob.ts';

/**
 * Finds files with few searches, each of which goes through a whole folder: what is asked for at the same time is looked
 * for at once, and nothing twice.
 * @param search the files below a root that match any of the globs, as absolute paths
 */
export function gatherSearches(
  roots: readonly string[],
  search: (root: string, globs: readonly string[]) => Promise<readonly string[]>,
): Files {
  const known = new Map<string, Promise<readonly string[]>>();
  let gathered: {readonly globs: string[]; readonly found: Promise<readonly Found[]>} | undefined;
  const searchSoon = (glob: string): Promise<readonly Found[]> => {
    if (gathered) {
      gathered.globs.push(glob);
      return gathered.found;
    }
    const globs = [glob];
    const found = Promise.resolve().then(() => {
      gathered = undefined;
      return searchAll(roots, globs, search);
    });
    gathered = {globs, found};
    return found;
  };
  return {
    roots,
    find: glob => {
      const before = known.get(glob);
      if (before) return before;
      const matches = matcherOf(glob);
      const found = searchSoon(glob).then(all => [
        ...new Set(all.flatMap(({path, below}) => (matches(below) ? [path] : []))),
      ]);
      known.set(glob, found);
      return found;
    },
  };
}

interface Found {
  readonly path: string;
  /** Relative to the root, with slashes. */
  readonly below: string;
}

async function searchAll(
  roots: readonly string[],
  globs: readonly string[],
  search: (root: string, globs: readonly string[]) => Promise<readonly string[]>,
): Promise<readonly Found[]> {
  const found = await Promise.all(
    roots.map(async root =>
      (await search(root, globs)).map(path => ({
        path,
        below: path.slice(root.length).replaceAll('\\', '/').replace(/^\/+/, ''),
      })),
    ),
  );
  return found.flat();
}
