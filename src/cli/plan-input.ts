import {readFile} from 'node:fs/promises';
import {resolve} from 'node:path';
import {text as readAll} from 'node:stream/consumers';
import {fail, ok, type Outcome} from '../core/outcome.ts';
import {withoutByteOrderMark} from '../core/sql/byte-order-mark.ts';
import type {Invocation} from './runner.ts';

/**
 * @param path relative to the folder the command looks in; `-` is standard input
 * @returns the text without a byte order mark; failures: `unreadable-file`
 */
export async function readInput(path: string, {cwd, showPath}: Invocation): Promise<Outcome<string>> {
  if (path === '-') return ok(withoutByteOrderMark(await readAll(process.stdin)));
  const file = resolve(cwd, path);
  try {
    return ok(withoutByteOrderMark(await readFile(file, 'utf8')));
  } catch {
    return fail('unreadable-file', `${showPath(file)} cannot be read.`, {
      advice: 'Check the path, or give - to read standard input.',
    });
  }
}
