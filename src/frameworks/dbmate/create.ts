import {join} from 'node:path';
import {newFileText} from '../../core/dbmate/new-text.ts';
import {timestampBehind} from '../../core/migrations/new-label.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {CreateRequest, DraftedFile} from '../framework.ts';
import {slugOf, untitled} from '../shared/new-files.ts';
import {readHistory} from './history.ts';

/** @returns the version of the next migration */
export async function labelFor(folders: readonly string[], now: Date): Promise<string> {
  return timestampBehind(await lastLabel(folders), now);
}

/** Folders that are not there yet have no files. */
async function lastLabel(folders: readonly string[]): Promise<string | undefined> {
  const history = await readHistory(folders);
  return history.ok ? history.value.migrations.at(-1)?.label : undefined;
}

/** The files of new migrations, each behind the one before it. Writes nothing. Failures: `invalid-input` */
export async function draftFiles(
  folder: string,
  folders: readonly string[],
  requests: readonly CreateRequest[],
): Promise<Outcome<readonly DraftedFile[]>> {
  const drafted: DraftedFile[] = [];
  let last = await lastLabel(folders);
  for (const {title, up, down, now} of requests) {
    const slug = slugOf(title);
    if (slug === '') return untitled();
    last = timestampBehind(last, now);
    drafted.push({path: join(folder, `${last}_${slug}.sql`), text: newFileText(up, down)});
  }
  return ok(drafted);
}
