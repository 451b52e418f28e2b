import {readFile} from 'node:fs/promises';
import {resolve} from 'node:path';

/**
 * @param name of a file in the folder, or an absolute path
 * @returns its variables, none where there is no such file or it cannot be read
 */
export async function dotenvIn(folder: string, name = '.env'): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(resolve(folder, name), 'utf8').catch(() => undefined);
  if (text === undefined) return {};
  const {default: dotenv} = await import('dotenv');
  return dotenv.parse(text);
}
