import {readFile} from 'node:fs/promises';
import {join} from 'node:path';

/** @returns the variables of the `.env` of a folder, none where there is no such file or it cannot be read */
export async function dotenvIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(join(folder, '.env'), 'utf8').catch(() => undefined);
  if (text === undefined) return {};
  const {default: dotenv} = await import('dotenv');
  return dotenv.parse(text);
}
