import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {History} from '../../core/migrations/migration.ts';
import {historyOf} from './history.ts';

/** Reads one folder, not the folders in it. Failures: `unreadable-file`. */
export async function readHistory(folder: string): Promise<Outcome<History>> {
  try {
    const entries = await readdir(folder, {withFileTypes: true});
    return ok(
      historyOf(
        entries.filter(entry => !entry.isDirectory()).map(({name}) => ({name, path: join(folder, name)})),
      ),
    );
  } catch (error) {
    return fail('unreadable-file', `The migrations folder ${folder} cannot be read (${codeOf(error)}).`, {
      advice: 'Check that it exists and that you may read it.',
    });
  }
}

/**
 * Reads a migration as the tool sends it: the bytes unchanged, a byte order mark included.
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
