import {fileURLToPath} from 'node:url';
import type {Site} from './job.ts';

/** @returns where in a file a stack was made: its innermost line there */
export function siteIn(stack: string | undefined, path: string): Site | undefined {
  for (const line of (stack ?? '').split('\n')) {
    const [, file, row, column] = /(?:\(|at )((?:file:\/\/)?[^()]*?):(\d+):(\d+)\)?$/.exec(line.trim()) ?? [];
    if (file === undefined || plain(file) !== path) continue;
    return {line: Number(row) - 1, column: Number(column) - 1};
  }
  return undefined;
}

/** A file that cannot be parsed: the compiler names it, the line from 1 and the column from 0. */
export function syntaxSite({
  message,
  stack,
}: Error): {readonly path: string; readonly site: Site} | undefined {
  const [, path, row, column] =
    /^(?:Error loading migration files: )?(?:SyntaxError: )?(\/[^\n]*?|[A-Za-z]:\\[^\n]*?): [^]*?\((\d+):(\d+)\)/.exec(
      `${message}\n${stack ?? ''}`,
    ) ?? [];
  return path === undefined ? undefined : {path, site: {line: Number(row) - 1, column: Number(column)}};
}

function plain(file: string): string {
  const bare = file.replace(/^async /, '').replace(/\?.*$/, '');
  return bare.startsWith('file://') ? fileURLToPath(bare) : bare;
}
