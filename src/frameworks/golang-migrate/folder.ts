import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import type {History} from '../../core/migrations/migration.ts';
import {codeOf} from '../shared/file-text.ts';
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
