import {readdir} from 'node:fs/promises';
import {fail, ok, type Outcome} from '../../core/outcome.ts';
import {codeOf} from './file-text.ts';

/** @returns the names of the files of one folder, without the folders in it. Failures: `unreadable-file` */
export async function fileNamesIn(folder: string): Promise<Outcome<readonly string[]>> {
  try {
    const entries = await readdir(folder, {withFileTypes: true});
    return ok(entries.filter(entry => !entry.isDirectory()).map(({name}) => name));
  } catch (error) {
    return fail('unreadable-file', `The migrations folder ${folder} cannot be read (${codeOf(error)}).`, {
      advice: 'Check that it exists and that you may read it.',
    });
  }
}
