import {basename, dirname} from 'node:path';
import type {Files} from '../../core/files.ts';
import {parseName} from '../../core/golang-migrate/grammar.ts';

/** @returns the folders that hold files of the tool's grammar, each once, in order of their paths. */
export async function findFolders(files: Files): Promise<readonly string[]> {
  const found = await Promise.all(['**/*_*.up.*', '**/*_*.down.*'].map(glob => files.find(glob)));
  const folders = found.flat().filter(path => parseName(basename(path)) !== undefined);
  return [...new Set(folders.map(path => dirname(path)))].toSorted();
}
