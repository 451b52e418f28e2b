import {readFile} from 'node:fs/promises';
import {fail, ok, type Outcome} from '../../core/outcome.ts';

/**
 * Reads a migration as it is: the bytes unchanged, a byte order mark included.
 * Failures: `unreadable-file` (no rights, not UTF-8, a NUL character).
 */
export async function readSql(path: string): Promise<Outcome<string>> {
  try {
    const text = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(await readFile(path));
    return text.includes('\0') ? notText(path) : ok(text);
  } catch (error) {
    return error instanceof TypeError ? notText(path) : unreadable(path, error);
  }
}

/** @returns the text of a file; nothing where there is none that can be read */
export async function textOf(path: string | undefined): Promise<string | undefined> {
  const read = path === undefined ? undefined : await readSql(path);
  return read?.ok === true ? read.value : undefined;
}

function notText(path: string): Outcome<never> {
  return fail('unreadable-file', `${path} is not UTF-8 text, so PostgreSQL would refuse or misread it.`, {
    advice: 'Save the file with the encoding UTF-8 and try again. Nothing has run.',
  });
}

function unreadable(path: string, error: unknown): Outcome<never> {
  return fail('unreadable-file', `${path} cannot be read (${codeOf(error)}).`, {
    advice: 'Check that the file exists and that you may read it. Nothing has run.',
  });
}

/** @returns the code of an error of Node, such as `ENOENT`. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown error';
}
