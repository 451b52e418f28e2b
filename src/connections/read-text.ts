import {readFile, stat} from 'node:fs/promises';
import {fail, ok, type Outcome} from '../core/outcome.ts';

/** No file that describes connections is near this size (bytes). */
const largest = 1_048_576;

/**
 * @returns the file's text without a byte order mark; undefined when there is no such file; or `unreadable-file`
 *   when it may not be read, is larger than 1 MiB, or is not UTF-8.
 */
export async function readText(path: string): Promise<Outcome<string> | undefined> {
  try {
    const about = await stat(path);
    // ".env" is also what many call the folder of a Python environment.
    if (!about.isFile()) return undefined;
    if (about.size > largest) return tooLarge();
    return ok(new TextDecoder('utf-8', {fatal: true}).decode(await readFile(path)));
  } catch (error) {
    if (error instanceof TypeError) return notUtf8();
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? undefined
      : notReadable(typeof code === 'string' ? code : 'unknown reason');
  }
}

function tooLarge(): Outcome<never> {
  return fail('unreadable-file', 'The file is larger than 1 MiB, so it was not searched for connections.', {
    advice: 'Add the connection by hand.',
  });
}

function notUtf8(): Outcome<never> {
  return fail('unreadable-file', 'The file is not UTF-8, so it was not searched for connections.', {
    advice: 'Save it with the encoding UTF-8.',
  });
}

function notReadable(code: string): Outcome<never> {
  return fail('unreadable-file', `The file cannot be read (${code}).`, {
    advice: 'Check that you may read the file and the folders above it.',
  });
}
