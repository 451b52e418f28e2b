import {join, sep} from 'node:path';
import type {History} from '../../core/migrations/migration.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import {fileNamesIn} from '../shared/file-names.ts';
import {historyOf} from './history.ts';

/** Reads one folder, not the folders in it. Failures: `unreadable-file`. */
export async function readHistory(folder: string): Promise<Outcome<History>> {
  const names = await fileNamesIn(folder);
  if (!names.ok) return names;
  const begin = join(folder, sep);
  return ok(historyOf(names.value.map(name => ({name, path: begin + name}))));
}
