import {join} from 'node:path';
import {newFileText} from '../../core/goose/new-text.ts';
import {isTimestamp, numberBehind, timestampBehind} from '../../core/migrations/new-label.ts';
import {ok, type Outcome} from '../../core/outcome.ts';
import type {CreateRequest, DraftedFile} from '../framework.ts';
import {slugOf, untitled} from '../shared/new-files.ts';
import {readHistory} from './history.ts';

/** @returns the version of the next migration */
export async function labelFor(folder: string, now: Date): Promise<string> {
  return labelBehind(await lastLabel(folder), now);
}

/** A folder that is not there yet has no files. */
async function lastLabel(folder: string): Promise<string | undefined> {
  const history = await readHistory(folder);
  return history.ok ? history.value.migrations.at(-1)?.label : undefined;
}

/** A timestamp as the tool's own, or the next number where the folder is numbered, as with `goose -s create`. */
function labelBehind(last: string | undefined, now: Date): string {
  return last === undefined || isTimestamp(last) ? timestampBehind(last, now) : numberBehind(last);
}

/** The files of new migrations, each behind the one before it. Writes nothing. Failures: `invalid-input` */
export async function draftFiles(
  folder: string,
  requests: readonly CreateRequest[],
): Promise<Outcome<readonly DraftedFile[]>> {
  const drafted: DraftedFile[] = [];
  let last = await lastLabel(folder);
  for (const {title, up, down, now} of requests) {
    const slug = slugOf(title);
    if (slug === '') return untitled();
    last = labelBehind(last, now);
    drafted.push({path: join(folder, `${last}_${slug}.sql`), text: newFileText(up, down)});
  }
  return ok(drafted);
}
