import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import type {TestDatabase} from '../rig/databases.ts';

const program = join(
  import.meta.dirname,
  `../../node_modules/@dbmate/${process.platform}-${process.arch}/bin/dbmate`,
);

/** Whether dbmate itself is there: its package is one for each platform. */
export const hasDbmate = existsSync(program);

/** How a call ended; the tool writes its errors to the other output. */
export interface Called {
  readonly failed: boolean;
  readonly output: string;
}

/** Runs dbmate itself in a folder against a database. */
export async function dbmate(
  root: string,
  {url}: Pick<TestDatabase, 'url'>,
  parameters: readonly string[],
): Promise<Called> {
  try {
    const {stdout, stderr} = await promisify(execFile)(program, ['--url', url, ...parameters], {cwd: root});
    return {failed: false, output: stdout + stderr};
  } catch (error) {
    return {failed: true, output: error instanceof Error ? error.message : ''};
  }
}
