import {join} from 'node:path';
import {git, namesIn} from './git.ts';

const added =
  'log --first-parent -m --no-renames --diff-filter=A --name-only --relative -z --format=%x01'.split(' ');

/**
 * When the files of a folder arrived on the branch that is checked out, for `StatusHints.arrivals`. A merge counts as
 * one arrival of all that it brought, because that is when this branch got it. A file that was removed and added
 * again counts from the first time.
 * Runs git, so call it only in a workspace that the user trusts.
 * @returns a rank that grows with time, by absolute path; infinite for files not committed yet; empty without git,
 * without a repository or without a commit
 */
export async function readArrivals(folder: string): Promise<ReadonlyMap<string, number>> {
  try {
    const log = await git(folder, [...added, '--', '.']);
    const untracked = await git(folder, ['ls-files', '--others', '--exclude-standard', '-z', '--', '.']);
    const staged = await git(folder, [
      'diff',
      '--cached',
      '--name-only',
      '--diff-filter=A',
      '--relative',
      '-z',
    ]);
    return new Map([
      ...ranksOf(log).map(([name, rank]) => [join(folder, name), rank] as const),
      ...[...namesIn(untracked), ...namesIn(staged)].map(name => [join(folder, name), Infinity] as const),
    ]);
  } catch {
    return new Map();
  }
}

/** The log goes from the newest commit to the oldest, so that for a name that comes twice the first time wins. */
function ranksOf(log: string): readonly (readonly [string, number])[] {
  return log.split('\u0001').flatMap((commit, index) => namesIn(commit).map(name => [name, -index] as const));
}
