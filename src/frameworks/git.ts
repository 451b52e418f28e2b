import {execFile} from 'node:child_process';
import {promisify} from 'node:util';

const run = promisify(execFile);

/** A history of 100,000 commits takes git a few seconds; a hint is not worth more. */
const patience = 10_000;

/** @returns the names of an output that was asked for with `-z`. */
export function namesIn(text: string): readonly string[] {
  return text
    .split('\0')
    .map(name => name.replace(/^\n/, ''))
    .filter(name => name !== '');
}

/**
 * Runs git, so call it only in a workspace that the user trusts.
 * @returns what it writes; rejects without git, without a repository and after ten seconds
 */
export async function git(folder: string, parameters: readonly string[]): Promise<string> {
  const {stdout} = await run(
    'git',
    ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', ...parameters],
    {
      cwd: folder,
      timeout: patience,
      maxBuffer: 64 * 1024 * 1024,
      env: {...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C'},
    },
  );
  return stdout;
}
