import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** A step of a repository's life: a git command, or a file that is written. */
export type Act = readonly string[] | string;

/** @returns the folder below a new repository in which the acts took place */
export function repository(acts: readonly Act[]): string {
  const root = mkdtempSync(join(tmpdir(), 'howdah-git-'));
  const folder = join(root, 'db', 'größe');
  mkdirSync(folder, {recursive: true});
  for (const act of acts) {
    if (typeof act === 'string') writeFileSync(join(folder, act), `-- ${act}`);
    else
      execFileSync(
        'git',
        ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'init.defaultBranch=main', ...act],
        {
          cwd: folder,
          stdio: 'ignore',
        },
      );
  }
  return folder;
}

export const init = ['init', '..'];
export const commit = (...files: readonly string[]): readonly Act[] => [
  ...files,
  ['add', '-A', '.'],
  ['commit', '-m', 'x'],
];
