import {join} from 'node:path';
import {git, namesIn} from './git.ts';

/**
 * Which files of a folder have changed since they arrived on the branch that is checked out: in a later commit, or not
 * committed yet. What nobody has committed at all is no edit.
 * Runs git, so call it only in a workspace that the user trusts.
 * @returns absolute paths; empty without git, without a repository or without a commit
 */
export async function readEdits(folder: string): Promise<ReadonlySet<string>> {
  try {
    const [committed, working] = await Promise.all([
      git(folder, [
        ...'log --first-parent -m --no-renames --diff-filter=M --name-only --relative -z --format='.split(
          ' ',
        ),
        '--',
        '.',
      ]),
      git(folder, [
        ...'diff HEAD --no-renames --diff-filter=M --name-only --relative -z'.split(' '),
        '--',
        '.',
      ]),
    ]);
    return new Set([...namesIn(committed), ...namesIn(working)].map(name => join(folder, name)));
  } catch {
    return new Set();
  }
}
