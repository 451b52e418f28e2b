import type {Files} from './files.ts';
import {matcherOf} from './glob.ts';
import {each, inTurns} from './turns.ts';

/**
 * Finds files with few searches, each of which goes through a whole folder: what is asked for at the same time is looked
 * for at once, and nothing twice.
 * @param search the files below a root that match any of the globs, as absolute paths
 * @param pause gives others their turn while thousands of files are told apart, and between those who asked for them
 */
export function gatherSearches(
  roots: readonly string[],
  search: (root: string, globs: readonly string[]) => Promise<readonly string[]>,
  pause?: () => Promise<void>,
): Files {
  const known = new Map<string, Promise<readonly string[]>>();
  let gathered: {readonly globs: Set<string>; readonly found: Promise<Found>} | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const searchSoon = (glob: string): Promise<Found> => {
    if (gathered) {
      gathered.globs.add(glob);
      return gathered.found;
    }
    const globs = new Set([glob]);
    const found = Promise.resolve().then(() => {
      gathered = undefined;
      return searchAll(roots, [...globs], search, pause);
    });
    gathered = {globs, found};
    return found;
  };
  return {
    roots,
    find: glob => {
      const before = known.get(glob);
      if (before) return before;
      const found = searchSoon(glob).then(async all => {
        turn = turn.then(() => pause?.());
        await turn;
        return [...(all.get(glob) ?? [])];
      });
      known.set(glob, found);
      return found;
    },
  };
}

/** What was found for each glob. */
type Found = ReadonlyMap<string, ReadonlySet<string>>;

async function searchAll(
  roots: readonly string[],
  globs: readonly string[],
  search: (root: string, globs: readonly string[]) => Promise<readonly string[]>,
  pause?: () => Promise<void>,
): Promise<Found> {
  const asked = globs.map(glob => ({glob, matches: matcherOf(glob), paths: new Set<string>()}));
  const sort = (root: string, path: string): void => {
    const below = path.slice(root.length).replaceAll('\\', '/').replace(/^\/+/, '');
    for (const {matches, paths} of asked) if (matches(below)) paths.add(path);
  };
  await Promise.all(
    roots.map(async root =>
      inTurns(
        each(await search(root, globs), path => sort(root, path)),
        pause,
      ),
    ),
  );
  return new Map(asked.map(({glob, paths}) => [glob, paths]));
}
